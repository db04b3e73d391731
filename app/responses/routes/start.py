"""Where a personal link leads, and the way out."""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from app.errors import Gone
from app.responses.access import (
    SessionToken,
    forget_respondent,
    remember_respondent,
    session_token,
)
from app.responses.forms import posted_form
from app.responses.guesses import Guesses, address_of
from app.responses.pages.overview import landing_page
from app.responses.service.start import end_session, start_session
from app.web.access import public
from app.web.csrf import check_csrf
from app.web.pages import page
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(include_in_schema=False)
LINK = "the link itself is the key"


@router.get("/r/{token}", dependencies=[public(LINK)])
def landing(request: Request, token: str, guesses: Guesses, session: ReadSession) -> Response:
    guesses.check(address_of(request))
    try:
        return landing_page(request, session, token)
    except Gone:
        guesses.missed(address_of(request))
        raise


@router.post("/r/{token}", dependencies=[public(LINK), Depends(posted_form), Depends(check_csrf)])
def start(
    request: Request, token: str, guesses: Guesses, services: ServicesDep, session: WriteSession
) -> Response:
    guesses.check(address_of(request))
    try:
        started = start_session(session, token=token, clock=services.clock)
    except Gone:
        guesses.missed(address_of(request))
        raise
    response = RedirectResponse("/form", status_code=303)
    remember_respondent(
        response,
        started.token,
        until=started.expires_at,
        now=services.clock.now(),
        settings=services.settings,
    )
    return response


@router.post(
    "/form/leave",
    dependencies=[
        public("ends the own session alone"),
        Depends(session_token),
        Depends(posted_form),
        Depends(check_csrf),
    ],
)
def leave(token: SessionToken, services: ServicesDep, session: WriteSession) -> Response:
    end_session(session, token=token)
    response = RedirectResponse("/left", status_code=303)
    forget_respondent(response, settings=services.settings)
    return response


@router.get("/left", dependencies=[public("says that the session has ended")])
def left(request: Request) -> Response:
    return page(request, "responses/left.html")
