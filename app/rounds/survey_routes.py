"""The routes of a survey: when its rounds open, and the end of one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from app.accounts.policy import Action
from app.errors import Invalid
from app.rounds.access import RoundAccess, SurveyAccess, may, may_in_survey
from app.rounds.service.close import close_round
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


@router.post("/rounds/{slug}/close", dependencies=[Csrf])
def close(
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
            mend="Go back, tick it and close the round again.",
        )
        raise Invalid([problem])
    close_round(
        session,
        round_=session.merge(access.round),
        actor=access.identity.actor,
        clock=services.clock,
    )
    return RedirectResponse(f"/organiser/rounds/{access.round.slug}", status_code=303)
