"""Materials: files, links and notes that a respondent sends as evidence."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Path as InPath
from python_multipart.multipart import parse_options_header
from sqlmodel import Session, col, select

from app.accounts.policy import Action
from app.api.v1.callers import RespondentCaller
from app.api.v1.doors import Door, invitation_for
from app.api.v1.material_models import FORM, MaterialOut, SentMaterial, in_form, in_json
from app.api.v1.models import Page
from app.api.v1.open_response import open_response
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.audit.service import record
from app.errors import NotFound
from app.responses.forms import MEGABYTE, PostedForm, file_of
from app.responses.models import Material
from app.responses.service.materials import add_file, add_link, add_note, remove_material
from app.responses.service.receive import ReceivedFile, receive_file
from app.web.attachments import attachment
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/rounds/{slug}/invitations/{key}/materials", tags=["materials"])
Reading = Annotated[Door, invitation_for(Action.READ_ANSWERS, respondents=True)]
Writing = Annotated[Door, invitation_for(Action.ANSWER_ON_BEHALF, respondents=True)]
MaterialKey = Annotated[str, InPath(description="Random key of the material.")]


@router.get("", summary="List the materials", responses=refusals(404))
def list_materials(door: Reading, paging: Paging, session: ReadSession) -> Page[MaterialOut]:
    """In the order in which they were added."""
    return paging.page(
        _visible(session, door), key=lambda one: one.key, show=lambda one: _show(one, door)
    )


def received(
    door: Writing, form: PostedForm, services: ServicesDep
) -> Iterator[ReceivedFile | None]:
    """The upload, stored before the writing transaction begins; deleted if that fails."""
    del door  # whoever sends is known and may
    upload = file_of(form, "file")
    if upload is None:
        yield None
        return
    file = receive_file(
        services.storage,
        file_name=upload.filename or "",
        stream=upload.file,
        max_bytes=services.settings.max_upload_mb * MEGABYTE,
    )
    try:
        yield file
    except BaseException:
        services.storage.delete(file.storage_key)
        raise


Received = Annotated[ReceivedFile | None, Depends(received, scope="function")]


async def sent(request: Request, door: Writing, form: PostedForm) -> SentMaterial:
    """What is said of the material, as JSON or as a form."""
    del door  # whoever sends is known and may
    kind, _ = parse_options_header(request.headers.get("content-type"))
    return in_json(await request.body()) if kind == b"application/json" else in_form(form)


@router.post(
    "",
    status_code=201,
    summary="Add a material",
    openapi_extra=FORM,
    responses=refusals(404, 409, 413, 415),
)
def create_material(
    door: Writing,
    said: Annotated[SentMaterial, Depends(sent)],
    file: Received,
    services: ServicesDep,
    session: WriteSession,
) -> MaterialOut:
    """Add a file, a link or a note as evidence. Types of file are checked by their content."""
    given = {
        "invitation_id": door.invitation_id,
        "definition": open_response(session, door, clock=services.clock).definition,
        "title": said.title,
        "note": said.note,
        "questions": said.questions,
        "editor": door.editor(said.channel),
        "clock": services.clock,
    }
    material = _add(session, file, said.url, given)
    _note(session, door, material, "material.added", services=services)
    return _show(material, door)


def _add(session: Session, file: ReceivedFile | None, url: str, given: dict[str, Any]) -> Material:
    if file is not None:
        return add_file(session, file=file, **given)
    return add_link(session, url=url, **given) if url else add_note(session, **given)


@router.get("/{material}", summary="Read a material", responses=refusals(404))
def get_material(material: MaterialKey, door: Reading, session: ReadSession) -> MaterialOut:
    """What is known of a file, or a link or note itself."""
    return _show(_find(session, door, material), door)


@router.get(
    "/{material}/file",
    summary="Download a file",
    response_class=Response,
    responses={
        200: {"description": "The file, as it was sent.", "content": {"*/*": {}}},
        **refusals(404),
    },
)
def get_material_file(
    material: MaterialKey, door: Reading, session: ReadSession, services: ServicesDep
) -> Response:
    """The bytes of a file, always as an attachment."""
    found = _find(session, door, material)
    if found.storage_key is None:
        raise NotFound("This material is a link or a note, not a file.")
    return attachment(
        services.storage.open(found.storage_key),
        file_name=found.file_name,
        media_type=found.media_type,
        size=found.size,
    )


@router.delete(
    "/{material}",
    status_code=204,
    summary="Take a material back",
    responses=refusals(404, 409),
)
def delete_material(
    material: MaterialKey, door: Writing, services: ServicesDep, session: WriteSession
) -> Response:
    """It is not part of the return any more. That it was there stays on record."""
    removed = remove_material(
        session,
        invitation_id=door.invitation_id,
        definition=open_response(session, door, clock=services.clock).definition,
        key=material,
        editor=door.editor(None),
        clock=services.clock,
    )
    _note(session, door, removed, "material.removed", services=services)
    return Response(status_code=204)


def _visible(session: Session, door: Door) -> list[Material]:
    """What a caller may see: a respondent sees its own, without what it took back."""
    statement = (
        select(Material)
        .where(Material.invitation_id == door.invitation_id)
        .order_by(col(Material.id))
    )
    if isinstance(door.caller, RespondentCaller):
        statement = statement.where(~col(Material.by_analyst)).where(
            col(Material.removed_at).is_(None)
        )
    return list(session.exec(statement))


def _find(session: Session, door: Door, key: str) -> Material:
    for material in _visible(session, door):
        if material.key == key:
            return material
    raise NotFound("There is no such material in this return.")


def _note(
    session: Session, door: Door, material: Material, action: str, *, services: ServicesDep
) -> None:
    record(
        session,
        clock=services.clock,
        actor=door.actor,
        action=action,
        subject=door.subject,
        details={"material": material.key, "kind": material.kind.value},
    )


def _show(row: Material, door: Door) -> MaterialOut:
    return MaterialOut(
        **row.model_dump(exclude={"id", "invitation_id", "storage_key"}),
        file=f"{door.address}/materials/{row.key}/file" if row.storage_key else None,
    )
