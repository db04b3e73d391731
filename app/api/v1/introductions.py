"""What the invited are told on arrival: who asks what of whom, and by when."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from app.accounts.policy import Action
from app.api.v1.doors import Door, invitation_for
from app.api.v1.models import ApiModel
from app.api.v1.open_response import open_response
from app.api.v1.papers import BlankFormOut, blank_forms
from app.api.v1.problems import refusals
from app.registry.queries import respondent_names
from app.responses.language import LONGEST
from app.responses.pages.overview import attribution_code
from app.responses.rules import effective_due, today_in
from app.rounds.models import Invitation
from app.web.transactions import ReadSession, ServicesDep
from questionnaires.languages import form_language

router = APIRouter(prefix="/rounds/{slug}/invitations/{key}/introduction", tags=["invitations"])


class IntroductionOut(ApiModel):
    """What stands on the page to which a personal link leads."""

    organiser: str = Field(description="Who asks; empty where that is not said.")
    institution: str = Field(description="Who is asked: the official name.")
    round: str = Field(description="Title of the round.")
    notice: str = Field(description="What every reader must know: a demonstration, fictional.")
    disclaimer: str
    questionnaire: str = Field(examples=["rcp-migration-development"])
    version: str = Field(examples=["2007"])
    language: str = Field(description="In which title and introduction are.", examples=["en"])
    languages: list[str] = Field(examples=[["en", "fr"]])
    title: str = Field(description="Title of the questionnaire.")
    introduction: str
    questions: int = Field(description="Numbered questions.", examples=[34])
    core: int = Field(description="Core questions (★) among them.")
    sections: int
    attribution: str = Field(
        description="Code of the question that decides whether answers may be attributed; empty "
        "where none does.",
        examples=["A4"],
    )
    due_at: datetime | None = Field(description="The deadline that holds for this invitation.")
    time_zone: str = Field(
        description="IANA zone of the deadline, and of days and times that are typed.",
        examples=["Europe/Brussels"],
    )
    closed_at: datetime | None
    definition: str = Field(description="Address of the questionnaire itself.")
    blank_forms: list[BlankFormOut]


@router.get("", summary="Read who asks, what and by when", responses=refusals(404, 409))
def get_introduction(
    door: Annotated[Door, invitation_for(Action.VIEW_BOARD, respondents=True)],
    session: ReadSession,
    services: ServicesDep,
    language: Annotated[
        str, Query(max_length=LONGEST, description="A language tag; empty for the form's own.")
    ] = "",
) -> IntroductionOut:
    """As the page to which a personal link leads says it."""
    opened = open_response(session, door, clock=services.clock)
    definition = opened.definition
    settings = definition.settings
    spoken = form_language(definition, language or None)
    zone = door.round.time_zone
    names = respondent_names(session, [door.respondent_id], on=today_in(zone, services.clock.now()))
    invitation = session.get_one(Invitation, door.invitation_id)
    return IntroductionOut(
        organiser=door.survey.organiser,
        institution=names[door.respondent_id].official,
        round=door.round.title,
        notice=door.round.notice,
        disclaimer=door.survey.disclaimer,
        questionnaire=definition.slug,
        version=definition.version,
        language=spoken,
        languages=list(settings.languages),
        title=definition.words(settings.form_title, spoken),
        introduction=definition.words(settings.introduction, spoken),
        questions=len(definition.items),
        core=sum(item.core for item in definition.items),
        sections=len(definition.survey),
        attribution=attribution_code(definition),
        due_at=effective_due(door.round.due_at, invitation.extended_until),
        time_zone=zone,
        closed_at=door.round.closed_at,
        definition=f"/api/v1/questionnaires/{definition.slug}/versions/{definition.version}",
        blank_forms=blank_forms(definition.slug, definition.version, settings.languages),
    )
