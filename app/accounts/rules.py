"""The rules of accounts: scopes of tokens, where a sign-in may lead."""

from datetime import datetime
from enum import StrEnum

from questionnaires.problems import Problem

LONGEST_TOKEN_NAME = 100
TOKEN_DAYS = (30, 90, 365)
"""How long a token can be made for; a token for ever has no days."""
AFTER_SIGN_IN = "/organiser"


class Scope(StrEnum):
    """What a token may be used for, within what its user may do."""

    READ = "read"
    WRITE = "write"
    TOKENS = "tokens"
    """Lists, makes and revokes tokens of the account: with the others, all that its user may."""


def scopes_of(chosen: Scope) -> frozenset[Scope]:
    """The scopes of a token that is made with one: each holds those before it."""
    order = list(Scope)
    return frozenset(order[: order.index(chosen) + 1])


def check_token_name(name: str) -> list[Problem]:
    """A name by which its owner will know the token again."""
    if name and len(name) <= LONGEST_TOKEN_NAME and name.isprintable():
        return []
    return [
        Problem(
            code="invalid-token-name",
            place="name",
            message=f"A token needs a name of 1 to {LONGEST_TOKEN_NAME} characters on one line.",
            mend="Name what will use it, such as «nightly statistics».",
        )
    ]


def check_token_end(end: datetime | None, at_most: datetime | None) -> list[Problem]:
    """Whether a token ends before the one that makes it does."""
    if at_most is None or (end is not None and end <= at_most):
        return []
    return [
        Problem(
            code="outlasts-its-maker",
            place="days",
            message="A token cannot be valid for longer than the token that makes it.",
            mend="Give fewer days, or none to let both end at the same moment.",
        )
    ]


def where_to(asked: str) -> str:
    """The page to show after signing in: one of the organisers' own, never another site."""
    ours = asked == AFTER_SIGN_IN or asked.startswith(f"{AFTER_SIGN_IN}/")
    if ours and asked.isprintable() and "\\" not in asked:
        return asked
    return AFTER_SIGN_IN
