"""The routes of a draft's pictures: hand one out, upload one, take one out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from app.errors import AppError
from app.questionnaires.access import WritesDraft
from app.questionnaires.forms import CheckedForm, PictureInput, checked_form, picture_of, seen_of
from app.questionnaires.pages.draft import draft_page
from app.questionnaires.pages.preview import definition_to_preview
from app.questionnaires.pictures import Picture, draft_picture
from app.questionnaires.routes.drafts import problems_of
from app.questionnaires.service.illustrate import add_picture, check_shown, remove_picture
from app.responses.forms import text_of
from app.web.csrf import check_csrf
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/organiser/questionnaires/drafts/{draft_key}")


@router.get("/media/{name}")
def picture(
    name: str, access: WritesDraft, services: ServicesDep, session: ReadSession
) -> Response:
    definition = definition_to_preview(access)
    return draft_picture(services, session, access.draft_id, definition, name)


def tried_picture(
    form: CheckedForm, access: WritesDraft, services: ServicesDep
) -> Picture | AppError:
    """The picture in a form, kept before anybody waits for the database; or why there is none."""
    name = text_of(form, "name")
    try:
        check_shown(definition_to_preview(access), name)
        return picture_of(form, services.storage, name=name)
    except AppError as error:
        return error


@router.post("/pictures", dependencies=[Depends(checked_form)])
def add(
    request: Request,
    access: WritesDraft,
    form: CheckedForm,
    tried: Annotated[Picture | AppError, Depends(tried_picture)],
    *,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    try:
        if isinstance(tried, AppError):
            raise tried
        add_picture(
            session,
            draft_id=access.draft_id,
            seen=seen_of(form),
            picture=tried,
            actor=access.identity.actor,
            clock=services.clock,
        )
    except AppError as error:
        problems = problems_of(error)
        return draft_page(request, session, access, unillustrated=problems, status=error.status)
    return RedirectResponse(f"{_here(access)}?done=picture#pictures", status_code=303)


@router.post("/pictures/remove", dependencies=[Depends(check_csrf)])
def remove(
    form: PictureInput, access: WritesDraft, services: ServicesDep, session: WriteSession
) -> Response:
    remove_picture(
        session,
        draft_id=access.draft_id,
        seen=form.revision,
        name=form.name,
        actor=access.identity.actor,
        clock=services.clock,
    )
    return RedirectResponse(f"{_here(access)}?done=no-picture#pictures", status_code=303)


def _here(access: WritesDraft) -> str:
    return f"/organiser/questionnaires/drafts/{access.draft.key}"
