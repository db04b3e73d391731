"""Files, links and notes: add, take back, download, send alone."""

from collections.abc import Iterator, Sequence
from typing import Annotated, TypedDict

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.audit.service import record
from app.clock import Clock
from app.errors import Invalid, NotFound, TooLarge, UnsupportedFile
from app.responses.access import Reading, RespondentIdentity, Writing, session_token
from app.responses.drafts import Editor
from app.responses.forms import (
    MEGABYTE,
    PostedForm,
    clearance_of,
    file_of,
    posted_form,
    text_of,
    texts_of,
)
from app.responses.models import Material
from app.responses.pages.filled import read_form
from app.responses.pages.materials import Tried, materials_page
from app.responses.pages.panel import MATERIALS
from app.responses.queries import material_by_key
from app.responses.routes.submit import DONE, note_return
from app.responses.service.materials import add_file, add_link, add_note, remove_material
from app.responses.service.receive import ReceivedFile, receive_file
from app.responses.service.submit import submit_materials
from app.rounds.definitions import definition_of
from app.web.attachments import attachment
from app.web.csrf import check_csrf
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from questionnaires.models import Definition
from questionnaires.problems import Problem

router = APIRouter(prefix="/form/materials", include_in_schema=False)
EITHER = Problem(
    code="file-and-link",
    message="There is a file and also a link.",
    mend="Add them one after the other.",
    place="url",
)


class Common(TypedDict):
    """What every kind of material is given."""

    invitation_id: int
    definition: Definition
    title: str
    note: str
    questions: Sequence[str]
    editor: Editor
    clock: Clock


ReadBody = [Depends(session_token), Depends(posted_form), Depends(check_csrf)]


@router.get("")
def materials(
    request: Request,
    identity: Reading,
    session: ReadSession,
    *,
    question: Annotated[str, Query(max_length=64)] = "",
    added: Annotated[str, Query(max_length=64)] = "",
    removed: bool = False,
) -> Response:
    filled = read_form(session, identity)
    title = next((row.title for row in filled.materials if row.key == added), "")
    return materials_page(request, filled, question=question, added=title, removed=removed)


def received(
    identity: Reading, form: PostedForm, services: ServicesDep
) -> Iterator[ReceivedFile | Problem | None]:
    """The upload, stored before the writing transaction begins; deleted if that fails."""
    del identity  # whoever sends is known, and the round is open
    upload = file_of(form, "file")
    if upload is None:
        yield None
        return
    try:
        file = receive_file(
            services.storage,
            file_name=upload.filename or "",
            stream=upload.file,
            max_bytes=services.settings.max_upload_mb * MEGABYTE,
        )
    except (UnsupportedFile, TooLarge) as fault:
        yield Problem(code=fault.code, message=fault.message, mend=fault.mend, place="file")
        return
    try:
        yield file
    except BaseException:
        services.storage.delete(file.storage_key)
        raise


Received = Annotated[ReceivedFile | Problem | None, Depends(received, scope="function")]


@router.post("", dependencies=ReadBody)
def add(
    request: Request,
    form: PostedForm,
    file: Received,
    identity: Writing,
    *,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    try:
        material = _add(session, identity, form, file, clock=services.clock)
    except Invalid as fault:
        if isinstance(file, ReceivedFile):
            services.storage.delete(file.storage_key)
        return _again(request, session, identity, form, name="add", fault=fault)
    _note(session, identity, material, "material.added", clock=services.clock)
    question = f"&question={material.questions[0]}" if material.questions else ""
    return RedirectResponse(f"/form/materials?added={material.key}{question}", 303)


def _add(
    session: Session,
    identity: RespondentIdentity,
    form: PostedForm,
    file: ReceivedFile | Problem | None,
    *,
    clock: Clock,
) -> Material:
    """Add what the form holds: a file or a link, either with a note, or a note by itself."""
    url = text_of(form, "url").strip()
    if isinstance(file, Problem):
        raise Invalid([file])
    if file is not None and url:
        raise Invalid([EITHER])
    common = Common(
        invitation_id=identity.invitation_id,
        definition=definition_of(session, identity.response.version_id),
        title=text_of(form, "title"),
        note=text_of(form, "note"),
        questions=texts_of(form).get("questions", ()),
        editor=identity.editor,
        clock=clock,
    )
    if file is not None:
        return add_file(session, file=file, **common)
    return add_link(session, url=url, **common) if url else add_note(session, **common)


@router.post("/send", dependencies=ReadBody)
def send_alone(
    request: Request,
    form: PostedForm,
    identity: Writing,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    clearance, _ = clearance_of(form)
    try:
        submission = submit_materials(
            session,
            invitation_id=identity.invitation_id,
            definition=definition_of(session, identity.response.version_id),
            clearance=clearance,
            clock=services.clock,
        )
    except Invalid as fault:
        return _again(request, session, identity, form, name="send", fault=fault)
    note_return(session, identity, submission, services)
    return RedirectResponse(DONE, 303)


@router.post("/{key}/remove", dependencies=ReadBody)
def take_back(
    key: str, identity: Writing, services: ServicesDep, session: WriteSession
) -> Response:
    material = remove_material(
        session,
        invitation_id=identity.invitation_id,
        definition=definition_of(session, identity.response.version_id),
        key=key,
        editor=identity.editor,
        clock=services.clock,
    )
    _note(session, identity, material, "material.removed", clock=services.clock)
    return RedirectResponse("/form/materials?removed=1", 303)


@router.get("/{key}")
def download(key: str, identity: Reading, services: ServicesDep, session: ReadSession) -> Response:
    material = material_by_key(session, invitation_id=identity.invitation_id, key=key)
    if material is None or material.storage_key is None:
        raise NotFound("There is no such file in your return.", mend="Load the page again.")
    return attachment(
        services.storage.open(material.storage_key),
        file_name=material.file_name,
        media_type=material.media_type,
        size=material.size,
    )


def _note(
    session: Session,
    identity: RespondentIdentity,
    material: Material,
    action: str,
    *,
    clock: Clock,
) -> None:
    record(
        session,
        clock=clock,
        actor=identity.actor,
        action=action,
        subject=f"invitation:{identity.invitation_id}",
        details={"material": material.key, "kind": material.kind.value},
    )


def _again(
    request: Request,
    session: Session,
    identity: RespondentIdentity,
    form: PostedForm,
    *,
    name: str,
    fault: Invalid,
) -> Response:
    names = ("title", "url", "note", *MATERIALS)
    tried = Tried(
        form=name,
        fields={each: text_of(form, each) for each in names},
        questions=texts_of(form).get("questions", ()),
        problems=fault.problems,
    )
    return materials_page(request, read_form(session, identity), tried=tried)
