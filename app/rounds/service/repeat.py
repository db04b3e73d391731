"""Open the next round of a survey: the newest questionnaire, for those who were invited last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.clock import Clock
from app.errors import Conflict, NotFound
from app.questionnaires.published import newest_published
from app.registry.models import Respondent
from app.rounds.models import Invitation, Round, Survey
from app.rounds.service.open import open_round
from app.web.times import date_in_words, end_of_day
from questionnaires.catalogue import Catalogue
from questionnaires.models import Definition

LONGEST_SLUG = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRound:
    """What the next round of a survey will be if it opens now."""

    last: Round
    """The round whose list of invited is repeated."""
    definition: Definition
    title: str
    due_at: datetime
    invited: tuple[int, ...]
    ineligible: Mapping[int, str]
    """Why some of those in the list are not asked."""

    @property
    def asked(self) -> tuple[int, ...]:
        """Those who are written to."""
        return tuple(one for one in self.invited if one not in self.ineligible)


def plan_next_round(
    session: Session, *, survey: Survey, on: datetime, catalogue: Catalogue, clock: Clock
) -> NextRound:
    """What opens if the next round opens now; ``on`` is the moment that its title names.

    The list is that of the last round, in its order. A respondent that has a successor is followed
    to it; a dormant one without a successor stays, marked ineligible with the reason, so that a
    comparison of the rounds accounts for it. The days for answering are counted from today, not
    from the moment that may have been missed. Raises ``Conflict`` without an earlier round, and
    without a published version.
    """
    last = last_round(session, survey)
    if last is None:
        raise Conflict(
            f"The survey «{survey.slug}» has no round yet, so there is no list to repeat.",
            mend="Whoever runs this service enters its first round, with the list of invited.",
        )
    zone = ZoneInfo(survey.time_zone)
    today = clock.now().astimezone(zone).date()
    invited, ineligible = _list_of(session, last, today=today)
    return NextRound(
        last=last,
        definition=_questionnaire(session, catalogue, survey.questionnaire),
        title=_free_title(session, survey, on.astimezone(zone).date()),
        due_at=end_of_day(today + timedelta(days=survey.answer_days), zone),
        invited=invited,
        ineligible=ineligible,
    )


def open_next_round(
    session: Session,
    *,
    survey: Survey,
    scheduled_for: datetime | None,
    actor: str,
    catalogue: Catalogue,
    clock: Clock,
    secret: bytes,
    mail_domain: str,
) -> Round:
    """Open the round of one moment of the cadence, or by hand: ``None``.

    What it will be, and why it may not be, is told by ``plan_next_round``.
    """
    on = scheduled_for or clock.now()
    plan = plan_next_round(session, survey=survey, on=on, catalogue=catalogue, clock=clock)
    return open_round(
        session,
        survey=survey,
        definition=plan.definition,
        slug=_free_slug(session, survey, on.astimezone(ZoneInfo(survey.time_zone))),
        title=plan.title,
        due_at=plan.due_at,
        invited=plan.invited,
        ineligible=plan.ineligible,
        previous=plan.last,
        scheduled_for=None if scheduled_for is None else scheduled_for.astimezone(UTC),
        notice=plan.last.notice,
        actor=actor,
        clock=clock,
        secret=secret,
        mail_domain=mail_domain,
    )


def _questionnaire(session: Session, catalogue: Catalogue, slug: str) -> Definition:
    try:
        return newest_published(session, catalogue, slug)
    except NotFound as error:
        raise Conflict(
            f"The questionnaire «{slug}» has no published version.",
            mend="Publish a version of it; then the round can open.",
        ) from error


def last_round(session: Session, survey: Survey) -> Round | None:
    """The round of a survey that was opened last."""
    return session.exec(
        select(Round)
        .where(Round.survey_id == survey.id)
        .where(col(Round.opened_at).is_not(None) | col(Round.closed_at).is_not(None))
        # One known from a document alone has no opening: what was really opened comes after it.
        .order_by(col(Round.opened_at).desc().nulls_last(), col(Round.id).desc())
    ).first()


def _list_of(
    session: Session, last: Round, *, today: date
) -> tuple[tuple[int, ...], dict[int, str]]:
    """The respondents to invite now, and why some of them are not asked."""
    respondents = {row.id: row for row in session.exec(select(Respondent))}
    before = session.exec(
        select(Invitation.respondent_id)
        .where(Invitation.round_id == last.id)
        .order_by(col(Invitation.position))
    )
    invited: dict[int, None] = {}
    ineligible: dict[int, str] = {}
    for respondent_id in before:
        now = _follow(respondents[respondent_id], respondents)
        if now.id is None or now.id in invited:
            # Two that merged into one are asked once, at the place of the first.
            continue
        invited[now.id] = None
        if now.dormant_since is not None and now.dormant_since <= today:
            since = date_in_words(now.dormant_since)
            ineligible[now.id] = f"Dormant since {since}, and no successor is known."
    return tuple(invited), ineligible


def _follow(respondent: Respondent, respondents: dict[int | None, Respondent]) -> Respondent:
    """The institution that a respondent has become."""
    seen = {respondent.id}
    while respondent.successor_id is not None and respondent.successor_id not in seen:
        respondent = respondents[respondent.successor_id]
        seen.add(respondent.id)
    return respondent


def _free_title(session: Session, survey: Survey, on: date) -> str:
    """``Survey, 1 March 2027``, with a number where another round of the survey is called so."""
    plain = f"{survey.title}, {date_in_words(on)}"
    titles = select(Round.title).where(Round.survey_id == survey.id)
    taken = set(session.exec(titles.where(col(Round.title).startswith(plain, autoescape=True))))
    if plain not in taken:
        return plain
    return next(title for number in count(2) if (title := f"{plain} ({number})") not in taken)


def _free_slug(session: Session, survey: Survey, on: datetime) -> str:
    """``survey-2027-03-01``, with the time or a number where another round has that name."""
    stem = survey.slug[: LONGEST_SLUG - len("-2027-03-01-0900-99")].rstrip("-")
    wanted = [f"{stem}-{on:%Y-%m-%d}", f"{stem}-{on:%Y-%m-%d-%H%M}"]
    wanted += [f"{wanted[1]}-{number}" for number in range(2, 100)]
    taken = set(session.exec(select(Round.slug).where(col(Round.slug).in_(wanted))))
    return next(slug for slug in wanted if slug not in taken)
