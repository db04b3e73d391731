"""Receipts: short codes that a respondent keeps and can read out over the telephone."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which are taken for one another."""


def new_receipt() -> str:
    """Three groups of four: sixty random bits, so that two are never the same."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
