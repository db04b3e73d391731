"""Enter users and give them roles."""

from sqlmodel import Session, col, select

from app.accounts.models import Grant, Role, User, UserSession
from app.accounts.passwords import check_password, hash_password
from app.clock import Clock
from app.errors import Conflict, Invalid
from app.registry.rules import check_email, check_name


def add_user(
    session: Session,
    *,
    email: str,
    name: str,
    password: str,
    role: Role,
    survey_id: int | None = None,
    clock: Clock,
) -> User:
    """Enter a user with a role in one survey, or in all of them.

    Raises ``Conflict`` when the address has an account already.
    """
    email, name = email.strip().lower(), name.strip()
    problems = [*check_email(email), *check_name(name), *check_password(password)]
    if problems:
        raise Invalid(problems)
    if session.exec(select(User.id).where(User.email == email)).first() is not None:
        raise Conflict(
            f"There is already an account for {email}.",
            mend="Give the account that is there a further role, or use another address.",
        )
    user = User(
        email=email, name=name, password_hash=hash_password(password), created_at=clock.now()
    )
    session.add(user)
    session.flush()
    grant_role(session, user=user, role=role, survey_id=survey_id, clock=clock)
    return user


def grant_role(
    session: Session, *, user: User, role: Role, survey_id: int | None = None, clock: Clock
) -> Grant:
    """Give a user a role; one that is held already is left as it is."""
    if user.id is None:
        message = "The user is not in the database yet."
        raise ValueError(message)
    held = session.exec(
        select(Grant)
        .where(Grant.user_id == user.id)
        .where(col(Grant.role) == role)
        .where(
            col(Grant.survey_id).is_(None)
            if survey_id is None
            else col(Grant.survey_id) == survey_id
        )
    ).first()
    if held is not None:
        return held
    grant = Grant(user_id=user.id, role=role, survey_id=survey_id, granted_at=clock.now())
    session.add(grant)
    session.flush()
    return grant


def set_password(session: Session, *, user: User, password: str) -> None:
    """Give a user a new password; every browser that was signed in is signed out."""
    problems = check_password(password)
    if problems:
        raise Invalid(problems)
    user.password_hash = hash_password(password)
    session.add(user)
    for signed_in in session.exec(select(UserSession).where(UserSession.user_id == user.id)):
        session.delete(signed_in)
    session.flush()
