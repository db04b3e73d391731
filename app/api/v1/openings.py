"""Opening the next round of a survey by hand."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from app.accounts.policy import Action
from app.api.v1.doors import survey_for
from app.api.v1.models import ApiInput, ApiModel
from app.api.v1.problems import refusals
from app.mail.message import domain_of
from app.rounds.access import SurveyAccess
from app.rounds.service.open_now import open_now
from app.web.transactions import ServicesDep, WriteSession

router = APIRouter(prefix="/surveys/{slug}/rounds", tags=["surveys"])


class OpeningIn(ApiInput):
    """After which round the next one is to open."""

    after: str = Field(
        description="Slug of the newest round of the survey. Where another one has opened since, "
        "nothing is done: sent twice, one round opens.",
        examples=["rcp-demo"],
        max_length=64,
    )


class OpeningOut(ApiModel):
    """The round that was opened."""

    slug: str = Field(examples=["rcp-demo-2027-03-01"])
    title: str
    opened_at: datetime
    due_at: datetime | None
    time_zone: str = Field(examples=["Europe/Brussels"])


@router.post("", status_code=201, summary="Open the next round", responses=refusals(404, 409))
def create_round(
    opening: OpeningIn,
    access: Annotated[SurveyAccess, survey_for(Action.RUN_ROUNDS)],
    services: ServicesDep,
    session: WriteSession,
) -> OpeningOut:
    """At once, on the newest published version, for those who were invited last.

    Every contact is written to. Earlier rounds stay open until they are closed.
    """
    round_ = open_now(
        session,
        survey_id=access.survey.id or 0,
        after=opening.after,
        so_soon=True,  # a program names the round that it has seen; that is thought enough
        actor=access.identity.actor,
        catalogue=services.catalogue,
        clock=services.clock,
        secret=services.secret,
        mail_domain=domain_of(services.settings.mail_from),
    )
    return OpeningOut(
        slug=round_.slug,
        title=round_.title,
        opened_at=round_.opened_at or services.clock.now(),
        due_at=round_.due_at,
        time_zone=round_.time_zone,
    )
