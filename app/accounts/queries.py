"""What can be asked of accounts: who a token belongs to, and what was granted to them."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.accounts.models import ApiToken, Grant, User, UserSession
from app.accounts.policy import Granted, Identity
from app.accounts.rules import Scope
from app.accounts.tokens import hash_of


def user_by_email(session: Session, email: str) -> User | None:
    """The account of an address."""
    return session.exec(select(User).where(User.email == email.strip().lower())).one_or_none()


def identity_of_session(session: Session, token: str, *, now: datetime) -> Identity | None:
    """Who is signed in with the token of a cookie."""
    user = session.exec(
        select(User)
        .join(UserSession)
        .where(UserSession.token_hash == hash_of(token))
        .where(UserSession.expires_at > now)
        .where(col(User.disabled_at).is_(None))
    ).one_or_none()
    return None if user is None else _identity(session, user)


class TokenHolder(NamedTuple):
    """Whose an API token is, and what it may be used for."""

    identity: Identity
    scopes: frozenset[Scope]
    token_id: int
    expires_at: datetime | None


def identity_of_api_token(session: Session, token: str, *, now: datetime) -> TokenHolder | None:
    """Whose API token it is, while it is valid."""
    row = session.exec(
        select(User, ApiToken)
        .join(ApiToken)
        .where(ApiToken.token_hash == hash_of(token))
        .where(col(ApiToken.revoked_at).is_(None))
        .where(col(User.disabled_at).is_(None))
    ).one_or_none()
    if row is None:
        return None
    user, kept = row
    if kept.expires_at is not None and kept.expires_at <= now:
        return None
    return TokenHolder(
        identity=_identity(session, user),
        scopes=frozenset(Scope(scope) for scope in kept.scopes),
        token_id=kept.id or 0,
        expires_at=kept.expires_at,
    )


def _identity(session: Session, user: User) -> Identity:
    if user.id is None:
        message = "The user is not in the database yet."
        raise ValueError(message)
    grants = session.exec(
        select(Grant).where(Grant.user_id == user.id).order_by(col(Grant.id))
    ).all()
    return Identity(
        user_id=user.id,
        name=user.name,
        email=user.email,
        grants=tuple(Granted(role=grant.role, survey_id=grant.survey_id) for grant in grants),
    )


def tokens_of(session: Session, user_id: int) -> tuple[ApiToken, ...]:
    """A user's API tokens, the newest first."""
    return tuple(
        session.exec(
            select(ApiToken).where(ApiToken.user_id == user_id).order_by(col(ApiToken.id).desc())
        )
    )
