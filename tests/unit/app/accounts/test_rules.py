"""Where a sign-in leads, what a token is called, how many tries there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.attempts import SignInAttempts
from app.accounts.rules import AFTER_SIGN_IN, check_token_name, where_to
from app.errors import TooManyRequests


@pytest.mark.parametrize(
    "asked",
    ["/organiser", "/organiser/rounds/gfmd-2007", "/organiser/rounds/gfmd-2007?show=completed"],
)
def test_where_to_a_page_of_ours_is_shown(asked: str) -> None:
    assert where_to(asked) == asked


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "//example.org",
        "https://example.org/organiser",
        "/organiserx",
        "/organiser/\r\nSet-Cookie: a=b",
        "/organiser/\\example.org",
        "/r/token",
        "javascript:alert(1)",
    ],
)
def test_where_to_anything_else_leads_to_the_rounds(asked: str) -> None:
    assert where_to(asked) == AFTER_SIGN_IN


@given(st.text())
def test_where_to_never_leaves_the_organisers_pages(asked: str) -> None:
    assert where_to(asked).startswith("/organiser")


@pytest.mark.parametrize("name", ["", "x" * 101, "two\nlines"])
def test_check_token_name_unusable_is_refused(name: str) -> None:
    assert [problem.code for problem in check_token_name(name)] == ["invalid-token-name"]


def test_attempts_at_one_account_end() -> None:
    attempts = SignInAttempts(3)

    for _ in range(3):
        attempts.begin(email="a@example.org", address="192.0.2.1")

    with pytest.raises(TooManyRequests):
        attempts.begin(email=" A@EXAMPLE.ORG ", address="192.0.2.2")


def test_attempts_after_a_success_begin_anew() -> None:
    attempts = SignInAttempts(3)
    for _ in range(3):
        attempts.begin(email="a@example.org", address="192.0.2.1")

    attempts.succeeded(email="a@example.org")

    attempts.begin(email="a@example.org", address="192.0.2.1")


def test_attempts_from_one_address_end_whatever_the_account() -> None:
    attempts = SignInAttempts(3)
    for number in range(3):
        attempts.begin(email=f"{number}@example.org", address="192.0.2.1")
        attempts.failed(address="192.0.2.1")

    with pytest.raises(TooManyRequests):
        attempts.begin(email="new@example.org", address="192.0.2.1")
    attempts.begin(email="new@example.org", address="192.0.2.2")


def test_attempts_successes_of_an_office_do_not_count_against_its_address() -> None:
    attempts = SignInAttempts(3)

    for number in range(20):
        attempts.begin(email=f"{number}@example.org", address="192.0.2.1")
        attempts.succeeded(email=f"{number}@example.org")
