"""The routes of a survey: when its rounds open, and the end of one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from app.accounts.policy import Action
from app.errors import Conflict, Invalid
from app.mail.message import domain_of
from app.rounds.access import RoundAccess, SurveyAccess, may, may_in_survey
from app.rounds.opening_page import opening_page
from app.rounds.pages import board_page
from app.rounds.service.close import close_round
from app.rounds.service.open_now import OpenedLately, OpenedMeanwhile, open_now
from app.rounds.service.schedule import set_cadence
from app.rounds.survey_page import survey_page
from app.web.csrf import check_csrf
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from app.web.typed import Typed
from questionnaires.problems import Problem

router = APIRouter(prefix="/organiser", include_in_schema=False)
Csrf = Depends(check_csrf)


class CadenceForm(BaseModel):
    """When rounds open; an empty expression means by hand."""

    cadence: Typed = ""
    time_zone: Typed = ""


class OpeningForm(BaseModel):
    """The newest round that was on the screen, and the box about one that was opened lately."""

    after: Typed = ""
    sure: Typed = ""


class CloseForm(BaseModel):
    """The box that says one knows what closing means."""

    sure: Typed = ""


@router.get("/surveys/{slug}")
def survey(
    request: Request,
    session: ReadSession,
    access: Annotated[SurveyAccess, may_in_survey(Action.VIEW_BOARD)],
    *,
    saved: bool = False,
) -> Response:
    return survey_page(request, session, access, saved=saved)


@router.post("/surveys/{slug}/cadence", dependencies=[Csrf])
def cadence(
    request: Request,
    form: Annotated[CadenceForm, Form()],
    services: ServicesDep,
    access: Annotated[SurveyAccess, may_in_survey(Action.RUN_ROUNDS)],
    session: WriteSession,
) -> Response:
    try:
        set_cadence(
            session,
            survey=session.merge(access.survey),
            cadence=form.cadence.strip() or None,
            time_zone=form.time_zone.strip(),
            actor=access.identity.actor,
            clock=services.clock,
        )
    except Invalid as fault:
        return survey_page(
            request, session, access, typed=form.model_dump(), problems=fault.problems
        )
    return RedirectResponse(f"/organiser/surveys/{access.survey.slug}?saved=1", status_code=303)


@router.get("/surveys/{slug}/open")
def confirm_opening(
    request: Request,
    session: ReadSession,
    access: Annotated[SurveyAccess, may_in_survey(Action.RUN_ROUNDS)],
) -> Response:
    return opening_page(request, session, access)


@router.post("/surveys/{slug}/open", dependencies=[Csrf])
def open_next(
    request: Request,
    form: Annotated[OpeningForm, Form()],
    services: ServicesDep,
    access: Annotated[SurveyAccess, may_in_survey(Action.RUN_ROUNDS)],
    session: WriteSession,
) -> Response:
    try:
        opened = open_now(
            session,
            survey_id=access.survey.id or 0,
            after=form.after,
            so_soon=bool(form.sure),
            actor=access.identity.actor,
            catalogue=services.catalogue,
            clock=services.clock,
            secret=services.secret,
            mail_domain=domain_of(services.settings.mail_from),
        ).slug
    except OpenedMeanwhile as error:
        # Who pressed twice, or just after a colleague, is shown the round that was opened.
        return RedirectResponse(f"/organiser/rounds/{error.newest}?done=before", status_code=303)
    except OpenedLately as fault:
        return opening_page(request, session, access, problems=fault.problems)
    except Conflict:
        # What stands in the way stands there still, so the page says it.
        return opening_page(request, session, access)
    return RedirectResponse(f"/organiser/rounds/{opened}?done=opened", status_code=303)


@router.post("/rounds/{slug}/close", dependencies=[Csrf])
def close(
    request: Request,
    form: Annotated[CloseForm, Form()],
    services: ServicesDep,
    access: Annotated[RoundAccess, may(Action.RUN_ROUNDS)],
    session: WriteSession,
) -> Response:
    if not form.sure:
        problem = Problem(
            code="not-sure",
            place="sure",
            message="The box that says you are sure was not ticked, so the round is still open.",
            mend="Tick it and press the button again.",
        )
        return board_page(request, session, access, unsure=[problem])
    close_round(
        session,
        round_=session.merge(access.round),
        actor=access.identity.actor,
        clock=services.clock,
    )
    return RedirectResponse(f"/organiser/rounds/{access.round.slug}", status_code=303)
