"""Where a personal link leads, and the way out."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from app.responses.access import (
    SessionToken,
    forget_respondent,
    remember_respondent,
    session_token,
)
from app.responses.forms import PostedForm, posted_form, text_of
from app.responses.guesses import Guesses, address_of
from app.responses.language import LONGEST, acceptable, remember_language
from app.responses.pages.overview import landing_page
from app.responses.service.start import end_session, start_session
from app.services import Services
from app.web.access import public
from app.web.csrf import check_csrf
from app.web.pages import page
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(include_in_schema=False)
LINK = "the link itself is the key"
PAGE = re.compile("/form(?:/[a-z0-9_]{1,64})?")
"""A page of the form, to go back to."""


@router.get("/r/{token}", dependencies=[public(LINK)])
def landing(
    request: Request,
    token: str,
    guesses: Guesses,
    *,
    session: ReadSession,
    language: Annotated[str, Query(max_length=LONGEST)] = "",
) -> Response:
    with guesses.counted(address_of(request)):
        return landing_page(request, session, token, chosen=acceptable(language))


@router.post("/r/{token}", dependencies=[public(LINK), Depends(posted_form), Depends(check_csrf)])
def start(
    request: Request,
    token: str,
    guesses: Guesses,
    *,
    form: PostedForm,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    with guesses.counted(address_of(request)):
        started = start_session(session, token=token, clock=services.clock)
    response = RedirectResponse("/form", status_code=303)
    remember_respondent(
        response,
        started.token,
        until=started.expires_at,
        now=services.clock.now(),
        settings=services.settings,
    )
    _remember(response, form, services)
    return response


@router.post(
    "/form/language",
    dependencies=[
        public("chooses the language of the form in the own browser alone"),
        Depends(posted_form),
        Depends(check_csrf),
    ],
)
def choose_language(form: PostedForm, services: ServicesDep) -> Response:
    back = text_of(form, "back")
    response = RedirectResponse(back if PAGE.fullmatch(back) else "/form", status_code=303)
    _remember(response, form, services)
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


def _remember(response: Response, form: FormData, services: Services) -> None:
    """Keep the language that a form asks for, if it does."""
    language = acceptable(text_of(form, "language"))
    if language is not None:
        remember_language(response, language, settings=services.settings)
