"""Passwords: made so that they can be read aloud, kept as argon2 hashes."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from questionnaires.problems import Problem

SHORTEST = 12
LONGEST = 256
"""Longer input would only cost time."""

# Neither letters that look alike in print nor those that sound alike on a telephone.
CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
DIGITS = "23456789"
GROUPS = 4

_hasher = PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))


def make_password() -> str:
    """A random password of four spoken groups, ``zodi4-rupa7-…``: 60 bits."""
    return "-".join(_group() for _ in range(GROUPS))


def _group() -> str:
    syllables = (secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(2))
    return "".join(syllables) + secrets.choice(DIGITS)


def check_password(password: str) -> list[Problem]:
    """Long enough to be hard to guess; what it is made of is its owner's business."""
    if SHORTEST <= len(password) <= LONGEST:
        return []
    return [
        Problem(
            code="weak-password",
            place="password",
            message=f"A password has {SHORTEST} to {LONGEST} characters.",
            mend="Take a few words that only you would put together.",
        )
    ]


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return _hasher.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept; as much work where none was."""
    # Made in every case, so that the first wrong address does not take longer than the next.
    nobodys = _nobodys_hash()
    try:
        _hasher.verify(kept or nobodys, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None and len(password) <= LONGEST


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)
