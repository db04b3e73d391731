"""Surveys: their cadence, and the closing of a round."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from app.accounts.policy import Action
from app.api.v1.callers import AnyUser, surveys_visible
from app.api.v1.doors import round_for, survey_for
from app.api.v1.draft_models import MoveIn, MoveOut
from app.api.v1.models import ApiInput, ApiModel, Page
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.rounds.access import RoundAccess, SurveyAccess
from app.rounds.models import Round, Survey
from app.rounds.queries import SurveyEntry, surveys_with_rounds
from app.rounds.service.close import close_round
from app.rounds.service.move import move_to_patch
from app.rounds.service.schedule import set_cadence
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(tags=["surveys"])


class SurveyOut(ApiModel):
    """A series of rounds."""

    slug: str = Field(examples=["gfmd-rcp-survey"])
    title: str
    organiser: str
    fictional: bool
    cadence: str | None = Field(
        description="Cron expression of the moments at which rounds open; null for by hand.",
        examples=["0 9 1 3 *"],
    )
    time_zone: str = Field(description="IANA zone it is read in.", examples=["Europe/Brussels"])
    next_round_at: datetime | None
    rounds: list[str] = Field(description="Slugs of its rounds, the newest first.")


class CadenceIn(ApiInput):
    """When the rounds of a survey open by themselves."""

    cadence: str | None = Field(
        description="Minute, hour, day of month, month, day of week; null for by hand.",
        examples=["0 9 1 3 *"],
    )
    time_zone: str = Field(examples=["Europe/Brussels"])


class CadenceOut(ApiModel):
    """The cadence that holds now."""

    cadence: str | None
    time_zone: str
    next_round_at: datetime | None


class ClosingOut(ApiModel):
    """When the round was closed."""

    closed_at: datetime


@router.get("/surveys", summary="List the surveys", responses=refusals())
def list_surveys(user: AnyUser, paging: Paging, session: ReadSession) -> Page[SurveyOut]:
    """The surveys that the user has a role in."""
    found = surveys_with_rounds(session, surveys_visible(user))
    return paging.page(found, key=lambda survey: survey.slug, show=_show)


@router.get("/surveys/{slug}", summary="Read a survey", responses=refusals(404))
def get_survey(
    access: Annotated[SurveyAccess, survey_for(Action.VIEW_BOARD)], session: ReadSession
) -> SurveyOut:
    """A survey with its rounds and the moment at which the next one opens."""
    (survey,) = surveys_with_rounds(session, {access.survey.id or 0})
    return _show(survey)


@router.put("/surveys/{slug}/cadence", summary="Set the cadence", responses=refusals(404))
def put_cadence(
    cadence: CadenceIn,
    access: Annotated[SurveyAccess, survey_for(Action.RUN_ROUNDS)],
    services: ServicesDep,
    session: WriteSession,
) -> CadenceOut:
    """Let rounds open by themselves, each on the newest published version of the questionnaire."""
    survey: Survey = session.merge(access.survey)
    set_cadence(
        session,
        survey=survey,
        cadence=cadence.cadence,
        time_zone=cadence.time_zone,
        actor=access.identity.actor,
        clock=services.clock,
    )
    return CadenceOut(
        cadence=survey.cadence, time_zone=survey.time_zone, next_round_at=survey.next_round_at
    )


@router.post(
    "/rounds/{slug}/closing",
    status_code=201,
    summary="Close the round",
    responses=refusals(404, 409),
)
def create_closing(
    access: Annotated[RoundAccess, round_for(Action.RUN_ROUNDS)],
    services: ServicesDep,
    session: WriteSession,
) -> ClosingOut:
    """Links stop working, and what was not returned has its final outcome. Cannot be undone."""
    close_round(
        session,
        round_=session.merge(access.round),
        actor=access.identity.actor,
        clock=services.clock,
    )
    return ClosingOut(closed_at=services.clock.now())


@router.post(
    "/rounds/{slug}/move",
    status_code=201,
    summary="Move the round to a patch",
    responses=refusals(404, 409),
)
def create_move(
    given: MoveIn,
    access: Annotated[RoundAccess, round_for(Action.RUN_ROUNDS)],
    services: ServicesDep,
    session: WriteSession,
) -> MoveOut:
    """It goes on with corrected words; answers keep the words they were given to. For good."""
    begun = move_to_patch(
        session,
        round_=session.get_one(Round, access.round_id, with_for_update=True),
        version=given.version,
        catalogue=services.catalogue,
        actor=access.identity.actor,
        clock=services.clock,
    )
    return MoveOut(version=given.version, begun=begun)


def _show(survey: SurveyEntry) -> SurveyOut:
    return SurveyOut(
        **survey.model_dump(exclude={"id", "rounds"}),
        rounds=[one.slug for one in survey.rounds],
    )
