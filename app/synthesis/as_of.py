"""The moment of which a file shows the state: read as it is typed, and whether it can be shown."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from app.errors import Invalid
from app.responses.models import Material, Response, Submission
from app.rounds.models import Invitation, InvitationEvent, Round
from app.synthesis.models import Coding, Statement
from app.web.calendar import check_year
from app.web.times import moment_in_words
from questionnaires.problems import Problem

PLACE = "as_of"
DATED = (
    (InvitationEvent.invitation_id, InvitationEvent.at),
    (Response.invitation_id, Response.started_at),
    (Submission.invitation_id, Submission.at),
    (Material.invitation_id, Material.added_at),
    (Statement.invitation_id, Statement.written_at),
    (Coding.invitation_id, Coding.coded_at),
)
"""What can be known besides: of which invitation, and since when."""


def read_as_of(text: str, *, zone: ZoneInfo, place: str = PLACE) -> datetime:
    """The moment that somebody has typed, in a zone where it names none; raises ``Invalid``."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        problem = Problem(
            code="not-a-time",
            place=place,
            message=f"«{text[:60]}» is not a day with a time.",
            mend="Write it as 2027-03-31T18:00, or leave it out for now.",
        )
        raise Invalid([problem]) from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def check_as_of(moment: datetime, *, now: datetime, place: str = PLACE) -> None:
    """Raise ``Invalid`` for a moment beyond the calendar, or in the future."""
    check_year(moment, place=place)
    if moment > now:
        problem = Problem(
            code="as-of-in-future",
            place=place,
            message="The state asked for lies in the future.",
            mend="Choose a moment up to now.",
        )
        raise Invalid([problem])


def check_is_known(session: Session, round_: Round, moment: datetime) -> None:
    """Raise ``Invalid`` for a moment before anything is known of a round."""
    since = known_since(session, round_)
    if moment < since:
        zone = ZoneInfo(round_.time_zone)
        opened = "opened on" if round_.opened_at is not None else "is known of since"
        problem = Problem(
            code="as-of-before-round",
            place=PLACE,
            message=f"The round «{round_.slug}» {opened} {moment_in_words(since, zone)}; the state "
            "asked for is older.",
            mend="Choose a later moment.",
        )
        raise Invalid([problem])


def known_since(session: Session, round_: Round) -> datetime:
    """When a round opened. One taken from a document may not say: then its first dated fact."""
    if round_.opened_at is not None:
        return round_.opened_at
    found: list[datetime | None] = [
        session.exec(
            select(func.min(col(at)))
            .join(Invitation, col(Invitation.id) == col(whose))
            .where(Invitation.round_id == round_.id)
        ).one()
        for whose, at in DATED
    ]
    found += [
        session.exec(
            select(func.min(col(Invitation.invited_at))).where(Invitation.round_id == round_.id)
        ).one(),
        round_.closed_at,
    ]
    return min((at for at in found if at is not None), default=round_.created_at)
