"""The route that hands a respondent's file to an organiser."""

from typing import Annotated

from fastapi import APIRouter, Response
from sqlmodel import select

from app.accounts.policy import Action
from app.errors import NotFound
from app.responses.models import Material
from app.rounds.access import InvitationAccess, may_with_invitation
from app.web.attachments import attachment
from app.web.transactions import ReadSession, ServicesDep

router = APIRouter(prefix="/organiser/rounds/{slug}/respondents/{key}", include_in_schema=False)


@router.get("/materials/{material_key}")
def material(
    material_key: str,
    session: ReadSession,
    services: ServicesDep,
    door: Annotated[InvitationAccess, may_with_invitation(Action.READ_ANSWERS)],
) -> Response:
    found = session.exec(
        select(Material)
        .where(Material.invitation_id == door.invitation_id)
        .where(Material.key == material_key)
    ).one_or_none()
    if found is None or found.storage_key is None:
        raise NotFound("This respondent has no such file.")
    return attachment(
        services.storage.open(found.storage_key),
        file_name=found.file_name,
        media_type=found.media_type,
        size=found.size,
    )
