"""The page of one respondent in a round."""

from fastapi import Request, Response
from sqlmodel import Session

from app.rounds.access import InvitationAccess
from app.rounds.invitation_forms import Fault
from app.rounds.respondent_view import view_respondent
from app.rounds.service.note import LONGEST_REASON
from app.synthesis.rules import LONGEST_DOCUMENT, LONGEST_LOCATOR, LONGEST_STATEMENT
from app.synthesis.words import BASIS_WORDS, OFFERED
from app.web.pages import page

DONE = {
    "reopened": "The return was reopened. The respondent can correct it with its personal link.",
    "revoked": "The personal link was revoked. Browsers in which it was opened are shut out.",
    "extended": "The deadline was extended.",
    "undelivered": "It was noted that the invitation did not arrive.",
    "ineligible": "It was noted that the respondent is not eligible.",
    "coded": "The group was saved. Earlier ones are kept.",
    "written": "The statement was added.",
}

LONGEST = {
    "text": LONGEST_STATEMENT,
    "document": LONGEST_DOCUMENT,
    "locator": LONGEST_LOCATOR,
    "reason": LONGEST_REASON,
}


def respondent_page(
    request: Request,
    session: Session,
    door: InvitationAccess,
    *,
    fault: Fault | None = None,
    link: str = "",
) -> Response:
    """Everything about one respondent; ``link`` is a new personal link, shown this once."""
    now = request.app.state.services.clock.now()
    access = door.within
    view = view_respondent(session, door, now=now)
    return page(
        request,
        "rounds/respondent.html",
        {
            "notice": access.round.notice,
            "round": access.round,
            "survey": access.survey,
            "zone": access.round.time_zone,
            "view": view,
            "at": view.standing,
            "here": f"/organiser/rounds/{access.round.slug}/respondents/{door.key}",
            "fault": fault,
            "link": link,
            "done": DONE.get(request.query_params.get("done", ""), ""),
            "basis_words": BASIS_WORDS,
            "bases": OFFERED,
            "longest": LONGEST,
            "now": now,
        },
        status=422 if fault is not None else 200,
    )
