"""Sign in and out: the password is checked outside any transaction, the session made inside one."""

from datetime import timedelta

from sqlmodel import Session, col, delete

from app.accounts.models import User, UserSession
from app.accounts.passwords import hash_password, is_outdated, is_right
from app.accounts.queries import user_by_email
from app.accounts.tokens import hash_of, new_token
from app.clock import Clock


def check_credentials(session: Session, *, email: str, password: str) -> User | None:
    """The user of an address and a password; as much work whether or not there is an account."""
    user = user_by_email(session, email)
    enabled = user is not None and user.disabled_at is None
    right = is_right(password, user.password_hash if user is not None and enabled else None)
    return user if right else None


def open_session(
    session: Session, *, user_id: int, password: str, hours: int, clock: Clock
) -> str | None:
    """Sign a user in who has just given the right password; the token for the browser's cookie.

    ``None`` when the account was disabled meanwhile. A hash made with weaker parameters is renewed.
    """
    user = session.get(User, user_id)
    if user is None or user.disabled_at is not None:
        return None
    if is_outdated(user.password_hash):
        user.password_hash = hash_password(password)
        session.add(user)
    now = clock.now()
    session.exec(delete(UserSession).where(col(UserSession.expires_at) <= now))
    token = new_token()
    session.add(
        UserSession(
            token_hash=hash_of(token),
            user_id=user_id,
            created_at=now,
            expires_at=now + timedelta(hours=hours),
        )
    )
    session.flush()
    return token


def close_session(session: Session, *, token: str) -> None:
    """Sign a browser out; harmless when it was not signed in."""
    session.exec(delete(UserSession).where(col(UserSession.token_hash) == hash_of(token)))
