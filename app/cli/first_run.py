"""What ``serve --prepare`` does beside serving: tables, a sample, an organiser, and ways in."""

from typing import TYPE_CHECKING

from app.cli.terminal import ACTOR, busy, own_name

if TYPE_CHECKING:
    from app.bootstrap import Services
    from app.settings import Settings

ORGANISER = "organiser@example.org"


def migrate_quietly(settings: "Settings") -> None:
    """Bring the database to the newest revision; nothing is said when it is there."""
    from app.database import schema

    before = schema.current_revision(settings.database_url)
    if before == schema.newest_revision():
        return
    if before is not None:
        schema.require_known(before)
    with busy("Preparing the database"):
        schema.migrate(settings.database_url)


def load_where_empty(services: "Services") -> None:
    """Load the sample where there is no survey."""
    from app.cli.sample import is_empty

    if is_empty(services):
        from app.sample import load_gfmd_2007

        with busy("Loading the sample of 2007"):
            load_gfmd_2007(services)


def ways_in(services: "Services") -> list[str]:
    """How to come in as a respondent and as an organiser; makes an organiser where nobody is one.

    The link to try is the same each time: its token comes out again from what is stored. The
    password of an organiser can be told but once.
    """
    return [*_ways_in_for_respondents(services), *_ways_in_for_organisers(services)]


def _ways_in_for_respondents(services: "Services") -> list[str]:
    from app.rounds.service.link import address_of
    from app.sample.demonstration import link_to_try

    with services.database.read() as session:
        found = link_to_try(session, secret=services.secret)
    if found is None:
        return _how_to_get_a_link(services)
    key, token = found
    address = address_of(token, public_url=services.settings.public_url)
    return [f"Answer as the respondent {key}: {address}"]


def _how_to_get_a_link(services: "Services") -> list[str]:
    from sqlmodel import col, select

    from app.registry.models import Respondent
    from app.rounds.models import Invitation, Round

    with services.database.read() as session:
        found = session.exec(
            select(Round.slug, Respondent.key)
            .join(Invitation, col(Invitation.round_id) == col(Round.id))
            .join(Respondent, col(Respondent.id) == col(Invitation.respondent_id))
            .where(col(Round.opened_at).is_not(None), col(Round.closed_at).is_(None))
            .order_by(col(Round.opened_at).desc(), col(Invitation.position))
            .limit(1)
        ).first()
    if found is None:
        return []
    round_slug, key = found
    command = f"{own_name()} link --round {round_slug} --respondent {key}"
    return ["Respondents come by their personal links. A new one:", f"  {command}"]


def _ways_in_for_organisers(services: "Services") -> list[str]:
    from sqlmodel import select

    from app.accounts.access import SIGN_IN
    from app.accounts.models import Role, User
    from app.accounts.passwords import make_password
    from app.accounts.service.users import add_user
    from app.audit.service import record

    sign_in = f"{services.settings.public_url}{SIGN_IN}"
    with services.database.read() as session:
        users = session.exec(select(User.id).limit(1)).first() is not None
    if users:
        return [
            f"Organisers sign in at {sign_in}",
            f"  A new password: {own_name()} user password --email {ORGANISER}",
        ]
    password = make_password()
    with services.database.write() as session:
        user = add_user(
            session,
            email=ORGANISER,
            name="Organiser",
            password=password,
            role=Role.ADMINISTRATOR,
            clock=services.clock,
        )
        record(
            session,
            clock=services.clock,
            actor=ACTOR,
            action="user.added",
            subject=f"user:{user.id}",
            details={"role": Role.ADMINISTRATOR.value, "survey": "all"},
        )
    return [
        f"Sign in as {ORGANISER} at {sign_in}",
        f"  Password (shown only now): {password}",
    ]
