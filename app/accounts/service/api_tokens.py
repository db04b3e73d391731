"""Make and revoke the tokens that programs use."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from app.accounts.models import ApiToken
from app.accounts.rules import Scope, check_token_end, check_token_name
from app.accounts.tokens import API_PREFIX, hash_of, new_token
from app.clock import Clock
from app.errors import Invalid, NotFound


def create_token(
    session: Session,
    *,
    user_id: int,
    name: str,
    scopes: Collection[Scope],
    days: int | None,
    at_most_until: datetime | None = None,
    clock: Clock,
) -> tuple[ApiToken, str]:
    """A token with the rights of its user, within its scopes; its text is told this once.

    ``at_most_until`` is the end of the token that makes it, which it may not outlast. Raises
    ``Invalid``.
    """
    name = name.strip()
    now = clock.now()
    expires_at = at_most_until if days is None else now + timedelta(days=days)
    problems = check_token_name(name) + check_token_end(expires_at, at_most_until)
    if problems:
        raise Invalid(problems)
    text = new_token(API_PREFIX)
    token = ApiToken(
        user_id=user_id,
        name=name,
        token_hash=hash_of(text),
        scopes=[scope.value for scope in Scope if scope in scopes],
        created_at=now,
        expires_at=expires_at,
    )
    session.add(token)
    session.flush()
    return token, text


def revoke_token(session: Session, *, token_id: int, user_id: int, clock: Clock) -> ApiToken:
    """Make a token of a user useless; harmless when it is so already."""
    token = session.get(ApiToken, token_id)
    if token is None or token.user_id != user_id:
        raise NotFound("There is no such token among yours.")
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        session.add(token)
        session.flush()
    return token
