"""The pictures that a draft's form shows beside its labels: list, upload, read, take out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi import Path as InPath

from app.api.v1.draft_models import PICTURE_FORM, DraftPictureOut
from app.api.v1.drafts import Draft, IfMatch, seen_revision
from app.api.v1.models import Page
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.questionnaires.forms import picture_of
from app.questionnaires.pages.draft import ShownPicture, shown_pictures
from app.questionnaires.pages.preview import definition_to_preview
from app.questionnaires.pictures import Picture, draft_picture, draft_pictures
from app.questionnaires.service.illustrate import add_picture, check_shown, remove_picture
from app.responses.forms import PostedForm
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/questionnaire-drafts/{draft}/pictures", tags=["questionnaire drafts"])
Name = Annotated[str, InPath(description="As the form names it.", examples=["map.png"])]


@router.get("", summary="List the pictures of a draft", responses=refusals(404, 409))
def list_draft_pictures(
    access: Draft, paging: Paging, session: ReadSession, services: ServicesDep
) -> Page[DraftPictureOut]:
    """Every picture that the form shows, with those that are still to be uploaded."""
    definition = definition_to_preview(access)
    there = draft_pictures(session, services.catalogue, access.draft_id, definition)
    return paging.page(shown_pictures(definition, there), key=lambda one: one.name, show=_show)


@router.get(
    "/{name}",
    summary="Download a picture of a draft",
    response_class=Response,
    responses={
        200: {"description": "The picture.", "content": {"image/*": {}}},
        **refusals(404, 409),
    },
)
def get_draft_picture(
    access: Draft, name: Name, session: ReadSession, services: ServicesDep
) -> Response:
    """The one that was uploaded, else that of the version before."""
    definition = definition_to_preview(access)
    return draft_picture(services, session, access.draft_id, definition, name)


def read_picture(access: Draft, name: Name, form: PostedForm, services: ServicesDep) -> Picture:
    """The picture that is sent, kept before anybody waits for the database."""
    check_shown(definition_to_preview(access), name)
    return picture_of(form, services.storage, name=name)


@router.put(
    "/{name}",
    summary="Upload a picture",
    openapi_extra=PICTURE_FORM,
    responses=refusals(404, 409, 413, 415, 428),
)
def put_draft_picture(
    access: Draft,
    picture: Annotated[Picture, Depends(read_picture)],
    services: ServicesDep,
    response: Response,
    session: WriteSession,
    *,
    if_match: IfMatch = None,
) -> DraftPictureOut:
    """It takes the place of the one of this name. Its type is checked by its content."""
    draft = add_picture(
        session,
        draft_id=access.draft_id,
        seen=seen_revision(if_match),
        picture=picture,
        actor=access.identity.actor,
        clock=services.clock,
    )
    response.headers["ETag"] = f'"{draft.revision}"'
    definition = definition_to_preview(access)
    shown = shown_pictures(definition, {picture.name: picture})
    return next(_show(one) for one in shown if one.name == picture.name)


@router.delete(
    "/{name}",
    status_code=204,
    summary="Take a picture out of a draft",
    responses=refusals(404, 409, 428),
)
def delete_draft_picture(
    access: Draft,
    name: Name,
    services: ServicesDep,
    session: WriteSession,
    *,
    if_match: IfMatch = None,
) -> Response:
    """The form goes on with that of the version before, or waits for another."""
    draft = remove_picture(
        session,
        draft_id=access.draft_id,
        seen=seen_revision(if_match),
        name=name,
        actor=access.identity.actor,
        clock=services.clock,
    )
    return Response(status_code=204, headers={"ETag": f'"{draft.revision}"'})


def _show(one: ShownPicture) -> DraftPictureOut:
    there = one.there
    return DraftPictureOut(
        name=one.name,
        beside=list(one.labels),
        media_type=there.media_type if there else None,
        size=there.size if there else None,
        sha256=there.sha256 if there else None,
        taken_over_from=(there.version or None) if there else None,
    )
