"""Give one respondent more time."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.audit.service import record
from app.clock import Clock
from app.errors import Conflict, Invalid
from app.rounds.models import EventKind, Invitation, InvitationEvent, Round
from app.rounds.service.note import check_reason
from app.web.calendar import check_year
from app.web.times import deadline_in_words, end_of_day
from questionnaires.problems import Problem


def extend_deadline(
    session: Session,
    *,
    invitation_id: int,
    last_day: date,
    reason: str = "",
    actor: str,
    clock: Clock,
) -> None:
    """Let a respondent answer until the end of a day in the round's zone.

    Raises ``Conflict`` when the round is not open, ``Invalid`` for a day that gives no more time.
    """
    invitation = session.get_one(Invitation, invitation_id)
    round_ = session.get_one(Round, invitation.round_id)
    if round_.opened_at is None or round_.closed_at is not None:
        raise Conflict(
            "The round is not open, so there is no deadline to extend.",
            mend="What comes in now can be noted by hand.",
        )
    check_year(last_day, place="last_day")
    now = clock.now()
    zone = ZoneInfo(round_.time_zone)
    until = end_of_day(last_day, zone)
    present = invitation.extended_until or round_.due_at
    problems = check_reason(reason) if reason else []
    if until <= now or (present is not None and until <= present):
        held = "" if present is None else f" It is now the {deadline_in_words(present, zone)}."
        problems.append(
            Problem(
                code="no-extension",
                place="last_day",
                message=f"This day would give no more time.{held}",
                mend="Choose a later day.",
            )
        )
    if problems:
        raise Invalid(problems)
    words = deadline_in_words(until, zone)
    invitation.extended_until = until
    session.add(invitation)
    session.add(
        InvitationEvent(
            invitation_id=invitation_id,
            kind=EventKind.EXTENDED,
            at=now,
            note=f"to the {words}" + (f": {reason}" if reason else ""),
        )
    )
    session.flush()
    record(
        session,
        clock=clock,
        actor=actor,
        action="invitation.extended",
        subject=f"invitation:{invitation_id}",
        details={"until": until.isoformat()},
    )
