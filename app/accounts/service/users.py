"""Enter users and give them roles."""

from sqlmodel import Session, col, select

from app.accounts.models import Grant, Role, User, UserSession
from app.accounts.passwords import check_password, hash_password
from app.clock import Clock
from app.errors import Conflict, Invalid, NotFound
from app.registry.rules import check_email, check_name
from app.rounds.models import Survey


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
            mend="Give the account that is there a further role: rapporteur user role.",
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
    held = _held(session, user, role, survey_id)
    if held is not None:
        return held
    grant = Grant(user_id=user.id, role=role, survey_id=survey_id, granted_at=clock.now())
    session.add(grant)
    session.flush()
    return grant


def remove_role(session: Session, *, user: User, role: Role, survey_id: int | None = None) -> None:
    """Take a role from a user; raises ``NotFound`` where it is not held just so.

    A role in all surveys is not that in one of them: to take the one leaves the other.
    """
    held = _held(session, user, role, survey_id)
    if held is None:
        where = "in all surveys" if survey_id is None else "in this survey"
        raise NotFound(
            f"{user.email} is not {role.value} {where}.",
            mend=f"The account is: {_roles_in_words(session, user)}.",
        )
    session.delete(held)
    session.flush()


def _held(session: Session, user: User, role: Role, survey_id: int | None) -> Grant | None:
    in_survey = (
        col(Grant.survey_id).is_(None) if survey_id is None else col(Grant.survey_id) == survey_id
    )
    return session.exec(
        select(Grant).where(Grant.user_id == user.id).where(col(Grant.role) == role, in_survey)
    ).first()


def _roles_in_words(session: Session, user: User) -> str:
    rows = session.exec(
        select(Grant, Survey.slug)
        .join(Survey, col(Survey.id) == col(Grant.survey_id), isouter=True)
        .where(Grant.user_id == user.id)
        .order_by(col(Grant.id))
    )
    held = [
        f"{grant.role.value} in {f'the survey {slug}' if slug else 'all surveys'}"
        for grant, slug in rows
    ]
    return ", ".join(held) or "nothing"


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
