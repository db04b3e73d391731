"""The personal links into an invitation: which there are, and taking one back."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Path as InPath
from pydantic import Field

from app.accounts.policy import Action
from app.api.v1.doors import Door, invitation_for
from app.api.v1.models import ApiModel, Page
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.rounds.links import list_links as links_of
from app.rounds.service.revoke import revoke_link
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/rounds/{slug}/invitations/{key}/links", tags=["invitations"])
Managing = Annotated[Door, invitation_for(Action.MANAGE_INVITATIONS)]
Number = Annotated[
    int, InPath(description="Number of the link.", examples=[12], ge=1, le=2**31 - 1)
]


class IssuedLinkOut(ApiModel):
    """A personal link that was given out. Its address is told once, when it is issued."""

    number: int
    contact: str | None = Field(description="E-mail address; null for nobody in particular.")
    issued_at: datetime
    last_opened_at: datetime | None = Field(description="When a browser last began with it.")
    revoked_at: datetime | None


@router.get("", summary="List the personal links", responses=refusals(404))
def list_links(door: Managing, paging: Paging, session: ReadSession) -> Page[IssuedLinkOut]:
    """Every link into the invitation, the newest first."""
    return paging.page(
        links_of(session, door.invitation_id),
        key=lambda one: str(one.number),
        show=lambda one: IssuedLinkOut(
            contact=one.email, **one.model_dump(exclude={"contact", "email"})
        ),
    )


@router.delete("/{link}", status_code=204, summary="Revoke a link", responses=refusals(404))
def delete_link(
    link: Number, door: Managing, services: ServicesDep, session: WriteSession
) -> Response:
    """It opens nothing any more, and sessions that came by it end at once. Answers stay."""
    revoke_link(
        session,
        invitation_id=door.invitation_id,
        link_id=link,
        actor=door.actor,
        clock=services.clock,
    )
    return Response(status_code=204)
