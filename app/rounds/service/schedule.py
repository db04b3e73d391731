"""Keep a survey's cadence: set it, and open the rounds whose moment has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.audit.service import record
from app.clock import Clock
from app.errors import Invalid
from app.rounds.cadence import check_cadence, moments, next_moment
from app.rounds.models import Round, Survey
from app.rounds.service.repeat import last_round, open_next_round
from app.rounds.zones import zone_names
from questionnaires.catalogue import Catalogue
from questionnaires.problems import Problem

WORKER = "worker"
LONGEST_ZONE = 64


@dataclass(frozen=True)
class Opened:
    """A round that was opened because its moment had come, and the moments passed over for it."""

    round: Round
    missed: tuple[datetime, ...]


def set_cadence(
    session: Session,
    *,
    survey: Survey,
    cadence: str | None,
    time_zone: str,
    actor: str,
    clock: Clock,
) -> None:
    """Let a survey's rounds open by themselves from now on; ``None``: by hand."""
    problems = [] if cadence is None else check_cadence(cadence)
    if time_zone not in zone_names():
        named = f"«{time_zone}»" if len(time_zone) <= LONGEST_ZONE else "What was written"
        problems.append(
            Problem(
                code="zone-unknown",
                place="time_zone",
                message=f"{named} is not a time zone.",
                mend="Write the name of a place such as Europe/Brussels.",
            )
        )
    if problems:
        raise Invalid(problems)
    survey.cadence = cadence
    survey.time_zone = time_zone
    survey.next_round_at = (
        None if cadence is None else next_moment(cadence, ZoneInfo(time_zone), after=clock.now())
    )
    session.add(survey)
    session.flush()
    record(
        session,
        clock=clock,
        actor=actor,
        action="survey.cadence-set",
        subject=f"survey:{survey.slug}",
        details={"cadence": cadence or "by hand", "time_zone": time_zone},
    )


def surveys_due(session: Session, *, now: datetime) -> Sequence[int]:
    """Ids of the surveys whose next round should have opened by now."""
    ids = session.exec(
        select(Survey.id).where(col(Survey.next_round_at) <= now).order_by(col(Survey.id))
    )
    return [survey_id for survey_id in ids if survey_id is not None]


def open_due_round(
    session: Session,
    *,
    survey_id: int,
    catalogue: Catalogue,
    clock: Clock,
    secret: bytes,
    mail_domain: str,
) -> Opened | None:
    """Open the round that a survey's cadence asks for; ``None`` when none is due any more.

    After an outage several moments may have passed. One round is opened, for the newest of them:
    institutions that were asked three times on one day would answer none. Every other moment is
    entered in the audit log as missed. The survey then waits for its next moment.
    """
    # Whoever else is sweeping waits here, and then finds that nothing is due.
    survey = session.exec(
        select(Survey).where(Survey.id == survey_id).with_for_update()
    ).one_or_none()
    now = clock.now()
    if survey is None or survey.cadence is None or survey.next_round_at is None:
        return None
    if survey.next_round_at > now:
        return None
    zone = ZoneInfo(survey.time_zone)
    later = takewhile(
        lambda moment: moment <= now, moments(survey.cadence, zone, after=survey.next_round_at)
    )
    due = [survey.next_round_at, *later]
    survey.next_round_at = next_moment(survey.cadence, zone, after=due[-1])
    session.add(survey)
    if last_round(session, survey) is None:
        reason = "The survey has no earlier round whose list of invited could be repeated."
        _account_for(session, survey, due, reason, clock=clock)
        return None
    opened = open_next_round(
        session,
        survey=survey,
        scheduled_for=due[-1],
        actor=WORKER,
        catalogue=catalogue,
        clock=clock,
        secret=secret,
        mail_domain=mail_domain,
    )
    reason = "The service was not running. One round was opened for the newest moment missed."
    _account_for(session, survey, due[:-1], reason, clock=clock)
    return Opened(opened, tuple(due[:-1]))


def _account_for(
    session: Session,
    survey: Survey,
    missed: Sequence[datetime],
    reason: str,
    *,
    clock: Clock,
) -> None:
    for moment in missed:
        record(
            session,
            clock=clock,
            actor=WORKER,
            action="round.missed",
            subject=f"survey:{survey.slug}",
            details={"scheduled_for": moment.isoformat(), "reason": reason},
        )
