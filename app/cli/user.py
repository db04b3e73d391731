"""``rapporteur user``."""

import sys
from typing import Annotated, Literal

import typer

from app.cli.terminal import ACTOR, opened_services, say

group = typer.Typer(help="The people who run rounds.", no_args_is_help=True)

# The words of app.accounts.models.Role, which takes a third of a second to load.
RoleWord = Literal["administrator", "organiser", "analyst", "observer"]
Email = Annotated[str, typer.Option(help="Address to sign in with.")]
Ask = Annotated[
    bool,
    typer.Option("--ask-password", help="Ask for the password; piped in, it is the first line."),
]


@group.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="Name as others see it.")],
    role: Annotated[RoleWord, typer.Option(help="What the user may do.")],
    survey: Annotated[
        str | None, typer.Option(help="Slug of the survey the role is for; without: all.")
    ] = None,
    ask_password: Ask = False,
) -> None:
    """Enter a user, and print a password for the first sign-in."""
    from app.accounts.models import Role
    from app.accounts.passwords import make_password
    from app.accounts.service.users import add_user
    from app.audit.service import record
    from app.cli.lookup import find_survey

    password = _asked() if ask_password else make_password()
    with opened_services() as services, services.database.write() as session:
        user = add_user(
            session,
            email=email,
            name=name,
            password=password,
            role=Role(role),
            survey_id=None if survey is None else find_survey(session, survey).id,
            clock=services.clock,
        )
        record(
            session,
            clock=services.clock,
            actor=ACTOR,
            action="user.added",
            subject=f"user:{user.id}",
            details={"role": role, "survey": survey or "all"},
        )
    where = f"in the survey {survey}" if survey else "in all surveys"
    say(f"{user.name} can now sign in as {user.email}: {role} {where}.")
    if not ask_password:
        say(f"Password (shown only now): {password}")


@group.command()
def password(email: Email, ask_password: Ask = False) -> None:
    """Give a user a new password; browsers that are signed in are signed out."""
    from app.accounts.passwords import make_password
    from app.accounts.queries import user_by_email
    from app.accounts.service.users import set_password
    from app.audit.service import record
    from app.errors import NotFound

    chosen = _asked() if ask_password else make_password()
    with opened_services() as services, services.database.write() as session:
        user = user_by_email(session, email)
        if user is None:
            raise NotFound(f"Nobody signs in as {email}.", mend="Run: rapporteur user add")
        set_password(session, user=user, password=chosen)
        record(
            session,
            clock=services.clock,
            actor=ACTOR,
            action="user.password-set",
            subject=f"user:{user.id}",
        )
    say(f"{user.email} has a new password, and must sign in again everywhere.")
    say("API tokens of the account stay valid; they are revoked on its page «API tokens».")
    if not ask_password:
        say(f"Password (shown only now): {chosen}")


@group.command()
def role(
    email: Email,
    role: Annotated[RoleWord, typer.Option(help="What the user may do.")],
    survey: Annotated[
        str | None, typer.Option(help="Slug of the survey the role is for; without: all.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the role away.")] = False,
) -> None:
    """Give a user a further role, or take one away; what the user may do changes at once."""
    from app.accounts.models import Role
    from app.accounts.queries import user_by_email
    from app.accounts.service.users import grant_role, remove_role
    from app.audit.service import record
    from app.cli.lookup import find_survey
    from app.errors import NotFound

    with opened_services() as services, services.database.write() as session:
        user = user_by_email(session, email)
        if user is None:
            raise NotFound(f"Nobody signs in as {email}.", mend="Run: rapporteur user add")
        survey_id = None if survey is None else find_survey(session, survey).id
        if remove:
            remove_role(session, user=user, role=Role(role), survey_id=survey_id)
        else:
            grant_role(
                session, user=user, role=Role(role), survey_id=survey_id, clock=services.clock
            )
        record(
            session,
            clock=services.clock,
            actor=ACTOR,
            action="user.role-removed" if remove else "user.role-given",
            subject=f"user:{user.id}",
            details={"role": role, "survey": survey or "all"},
        )
    where = f"in the survey {survey}" if survey else "in all surveys"
    say(f"{user.email} is {'not ' if remove else ''}{role} {where}{' any more' if remove else ''}.")


def _asked() -> str:
    if not sys.stdin.isatty():
        # Nobody sees what a program hands over, and nobody mistypes it.
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
