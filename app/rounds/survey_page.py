"""The page of a survey: its rounds, when the next one opens, and what was missed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from sqlmodel import Session

from app.accounts.policy import Action
from app.audit.queries import list_entries
from app.rounds.access import SurveyAccess
from app.rounds.cadence import next_moment
from app.rounds.models import Survey
from app.rounds.notices import notice_of
from app.rounds.queries import surveys_with_rounds
from app.rounds.rates import rates_of_rounds
from app.web.pages import page
from questionnaires.problems import Problem

HISTORY = {
    "survey.cadence-set": "Cadence set",
    "round.opened": "Round opened",
    "round.missed": "Moment missed",
}


def survey_page(
    request: Request,
    session: Session,
    access: SurveyAccess,
    *,
    saved: bool = False,
    typed: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> Response:
    """A survey with the form of its cadence, for those who may set it."""
    (survey,) = surveys_with_rounds(session, {access.survey.id or 0})
    entries = [
        entry
        for entry in list_entries(session, subject=f"survey:{survey.slug}")
        if entry.action in HISTORY
    ]
    shown = {"cadence": survey.cadence or "", "time_zone": survey.time_zone}
    now = request.app.state.services.clock.now()
    context = {
        "survey": survey,
        "rates": rates_of_rounds(session, {survey.id}, now=now),
        "notice": notice_of(session, access.survey),
        "entries": entries,
        "history": HISTORY,
        "may_run": access.can(Action.RUN_ROUNDS),
        "saved": saved,
        "typed": typed or shown,
        "upcoming": _upcoming(access.survey),
        "problems": problems,
        "places": {problem.place for problem in problems},
    }
    return page(request, "rounds/survey.html", context, status=422 if problems else 200)


def _upcoming(survey: Survey) -> list[datetime]:
    """The next two moments at which rounds open by themselves; none where they open by hand."""
    if survey.cadence is None or survey.next_round_at is None:
        return []
    zone = ZoneInfo(survey.time_zone)
    return [
        survey.next_round_at,
        next_moment(survey.cadence, zone, after=survey.next_round_at),
    ]
