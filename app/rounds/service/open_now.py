"""Open the next round of a survey by hand: at once, and once however often it is asked for."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.clock import Clock
from app.errors import Conflict, Invalid
from app.rounds.cadence import LEAST_APART
from app.rounds.models import Round, Survey
from app.rounds.service.open import contacts_to_ask
from app.rounds.service.repeat import NextRound, last_round, open_next_round, plan_next_round
from app.web.times import moment_in_words
from questionnaires.catalogue import Catalogue
from questionnaires.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """All that somebody should know before the next round opens."""

    plan: NextRound
    mails: int
    """Contacts who are written to."""
    unreachable: int
    """Respondents to be asked of whom no contact is known."""
    still_open: tuple[Round, ...]
    """Rounds of the survey that stay open beside it."""
    lately: Round | None
    """A round that was opened so lately that another one is likely to be a mistake."""


class OpenedMeanwhile(Conflict):
    """Another round has opened since somebody looked: theirs, sent twice, or a colleague's."""

    code = "opened-meanwhile"

    def __init__(self, newest: Round, *, opened_at: datetime) -> None:
        when = moment_in_words(opened_at, ZoneInfo(newest.time_zone))
        super().__init__(
            f"The round «{newest.slug}» was opened on {when}, so no other was opened.",
            mend="Look at that round first. Another one can be opened after it.",
        )
        self.newest = newest.slug


class OpenedLately(Invalid):
    """A round was opened so lately that another one takes a second thought."""

    def __init__(self) -> None:
        super().__init__(
            [
                Problem(
                    code="not-sure",
                    place="sure",
                    message="The box that says you want another round so soon was not ticked, so "
                    "no round was opened.",
                    mend="Tick it and press the button again, or leave it at the round before.",
                )
            ]
        )


def foresee(session: Session, *, survey: Survey, catalogue: Catalogue, clock: Clock) -> Prospect:
    """What happens if the next round opens now; raises ``Conflict`` where it cannot."""
    plan = plan_next_round(session, survey=survey, on=clock.now(), catalogue=catalogue, clock=clock)
    people = contacts_to_ask(session, plan.asked)
    still_open = session.exec(
        select(Round)
        .where(Round.survey_id == survey.id)
        .where(col(Round.opened_at).is_not(None))
        .where(col(Round.closed_at).is_(None))
        .order_by(col(Round.opened_at).desc(), col(Round.id).desc())
    )
    return Prospect(
        plan=plan,
        mails=sum(map(len, people.values())),
        unreachable=len(plan.asked) - len(people),
        still_open=tuple(still_open),
        lately=_opened_lately(plan.last, clock),
    )


def open_now(
    session: Session,
    *,
    survey_id: int,
    after: str,
    so_soon: bool,
    actor: str,
    catalogue: Catalogue,
    clock: Clock,
    secret: bytes,
    mail_domain: str,
) -> Round:
    """Open the next round by hand, as the cadence would.

    ``after`` is the slug of the survey's newest round that was known when this was decided. Where
    another one has opened since, ``OpenedMeanwhile`` is raised: asked twice, one round opens.
    Where that round was opened less than seven days ago, ``OpenedLately`` is raised unless
    ``so_soon``. The moments of the cadence stay as they are.
    """
    # Whoever else is opening a round waits here, and then finds that one has opened.
    survey = session.exec(select(Survey).where(Survey.id == survey_id).with_for_update()).one()
    newest = last_round(session, survey)
    if newest is not None and newest.slug != after:
        raise OpenedMeanwhile(newest, opened_at=newest.opened_at or newest.created_at)
    if newest is not None and not so_soon and _opened_lately(newest, clock):
        raise OpenedLately
    return open_next_round(
        session,
        survey=survey,
        scheduled_for=None,
        actor=actor,
        catalogue=catalogue,
        clock=clock,
        secret=secret,
        mail_domain=mail_domain,
    )


def _opened_lately(last: Round, clock: Clock) -> Round | None:
    """The last round, where a cadence would not open another one so soon after it."""
    opened = last.opened_at
    return last if opened is not None and abs(clock.now() - opened) < LEAST_APART else None
