"""The page that says what happens if the next round of a survey opens now."""

from fastapi import Request, Response
from sqlmodel import Session

from app.errors import Conflict
from app.rounds.access import SurveyAccess
from app.rounds.notices import notice_of
from app.rounds.service.open_now import foresee
from app.web.pages import page


def opening_page(request: Request, session: Session, access: SurveyAccess) -> Response:
    """Everything that follows from opening, before it is done; or why it cannot be done."""
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
        "zone": access.survey.time_zone,
    }
    return page(request, "rounds/open.html", context, status=refused.status if refused else 200)
