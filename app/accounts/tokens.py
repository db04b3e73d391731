"""Secrets that stand in cookies and headers: 256 random bits, kept as a hash."""

import hashlib
import secrets

API_PREFIX = "rap_"
"""So that a token left in a file is recognised as one."""


def new_token(prefix: str = "") -> str:
    """A token to hand out once."""
    return prefix + secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so neither salt nor slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
