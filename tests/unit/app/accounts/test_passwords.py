"""Passwords: made, checked and kept."""

import re
from hashlib import sha256

import pytest
from argon2 import PasswordHasher

from app.accounts.passwords import (
    LONGEST,
    check_password,
    hash_password,
    is_outdated,
    is_right,
    make_password,
)
from app.accounts.tokens import hash_of, new_token

LONGEST_PASSWORD = "three calm grey herons".ljust(LONGEST, "x")


def test_make_password_can_be_read_aloud() -> None:
    password = make_password()

    assert re.fullmatch(r"([b-z][aiou][b-z][aiou][2-9]-){3}[b-z][aiou][b-z][aiou][2-9]", password)
    assert check_password(password) == []


def test_make_password_is_another_each_time() -> None:
    assert len({make_password() for _ in range(50)}) == 50


def test_check_password_short_is_refused() -> None:
    (problem,) = check_password("elevenchars")

    assert problem.code == "weak-password"


def test_check_password_endless_is_refused() -> None:
    assert [problem.code for problem in check_password("x" * 257)] == ["weak-password"]


@pytest.fixture(scope="module")
def kept() -> str:
    """What is kept of the longest password; to make and to check it takes long on purpose."""
    return hash_password(LONGEST_PASSWORD)


def test_hash_password_does_not_tell_the_password(kept: str) -> None:
    assert kept.startswith("$argon2id$")
    assert is_right(LONGEST_PASSWORD, kept)
    assert not is_right(LONGEST_PASSWORD[:-1], kept)


def test_is_right_no_account_is_never_right() -> None:
    assert not is_right("three calm grey herons", None)


def test_is_right_damaged_hash_is_never_right() -> None:
    assert not is_right("three calm grey herons", "no hash at all")


def test_is_right_longer_than_any_password_is_wrong(kept: str) -> None:
    assert not is_right(f"{LONGEST_PASSWORD}x", kept)


def test_is_outdated_weaker_parameters_are(kept: str) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("secret")

    assert is_outdated(weak)
    assert not is_outdated(kept)


def test_new_token_has_256_bits_and_its_hash_is_kept() -> None:
    token = new_token("rap_")

    assert re.fullmatch(r"rap_[\w-]{43}", token)
    assert hash_of(token) == sha256(token.encode()).hexdigest()
