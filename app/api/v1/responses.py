"""The response to an invitation as a whole: how far it is, and what stands in its way."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from app.accounts.policy import Action
from app.api.v1.doors import Door, invitation_for
from app.api.v1.models import ApiModel, Fault
from app.api.v1.open_response import open_response
from app.api.v1.problems import refusals
from app.responses.queries import answers_of, kept_answers
from app.web.transactions import ReadSession, ServicesDep
from questionnaires.completeness import progress
from questionnaires.validation import check_submission

router = APIRouter(prefix="/rounds/{slug}/invitations/{key}/response", tags=["answers"])


class SectionOut(ApiModel):
    """How far a section of the form is filled."""

    name: str
    label: str
    asked: int
    answered: int
    required_missing: list[str]


class ResponseOut(ApiModel):
    """How far a response is, and what would stand in the way of submitting it now."""

    questionnaire: str = Field(examples=["rcp-migration-development"])
    version: str = Field(examples=["2007"])
    started_at: datetime | None = Field(description="null before anybody has begun.")
    returned: bool
    asked: int
    answered: int
    sections: list[SectionOut]
    problems: list[Fault] = Field(description="What is required and missing, or not acceptable.")


@router.get("", summary="Read how far a response is", responses=refusals(404))
def get_response(
    door: Annotated[Door, invitation_for(Action.READ_ANSWERS, respondents=True)],
    session: ReadSession,
    services: ServicesDep,
) -> ResponseOut:
    """Progress by section, and what is missing. Answers are read one by one or as a list."""
    opened = open_response(session, door, clock=services.clock)
    definition = opened.definition
    answers = answers_of(definition, kept_answers(session, opened.response_id))
    path = opened.route(answers)
    form = progress(definition, answers, today=path.today, path=path)
    labels = {section.name: definition.words(section.label) for section in definition.survey}
    problems = check_submission(definition, answers, today=path.today, path=path)
    return ResponseOut(
        questionnaire=definition.slug,
        version=definition.version,
        started_at=None if opened.row is None else opened.row.started_at,
        returned=opened.returned,
        asked=form.asked,
        answered=form.answered,
        sections=[
            SectionOut(
                name=section.name,
                label=labels[section.name],
                asked=section.asked,
                answered=section.answered,
                required_missing=list(section.required_missing),
            )
            for section in form.sections
        ],
        problems=[Fault(**problem.model_dump()) for problem in problems],
    )
