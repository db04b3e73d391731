"""The page that says what happens if the next round of a survey opens now."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from sqlmodel import Session

from app.errors import Conflict
from app.rounds.access import SurveyAccess
from app.rounds.models import Round
from app.rounds.notices import notice_of
from app.rounds.service.open_now import foresee
from app.web.pages import page
from questionnaires.problems import Problem


def opening_page(
    request: Request,
    session: Session,
    access: SurveyAccess,
    *,
    problems: Sequence[Problem] = (),
) -> Response:
    """Everything that follows from opening, before it is done; or why it cannot be done.

    ``problems`` are of a form that was sent.
    """
    services = request.app.state.services
    refused, prospect = None, None
    try:
        prospect = foresee(
            session, survey=access.survey, catalogue=services.catalogue, clock=services.clock
        )
    except Conflict as error:
        refused = error
    context = {
        "survey": access.survey,
        "notice": notice_of(session, access.survey),
        "refused": refused,
        "plan": prospect.plan if prospect else None,
        "prospect": prospect,
        "lately": _when(prospect.lately, services.clock.now()) if prospect else "",
        "problems": problems,
        "zone": access.survey.time_zone,
    }
    status = refused.status if refused else 422 if problems else 200
    return page(request, "rounds/open.html", context, status=status)


def _when(round_: Round | None, now: datetime) -> str:
    """How long ago a round was opened, by the days of its calendar: ``today``."""
    if round_ is None or round_.opened_at is None:
        return ""
    zone = ZoneInfo(round_.time_zone)
    days = (now.astimezone(zone).date() - round_.opened_at.astimezone(zone).date()).days
    return {0: "today", 1: "yesterday"}.get(max(days, 0), f"{days} days ago")
