"""The overview of a form, and its sections, one a page."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from app.responses.access import OWN_INVITATION, Reading, identity_of
from app.responses.desk import Desk
from app.responses.fields import Posted, noticed_in, questions_in, read_posted, without_row
from app.responses.language import chosen_language
from app.responses.pages.autosave import saved_as_json
from app.responses.pages.fields import Attempt
from app.responses.pages.filled import asked_sections, read_form
from app.responses.pages.overview import overview_page
from app.responses.pages.saved import SavedFields
from app.responses.pages.section import find_section, neighbours, section_named, section_page
from app.responses.queries import answers_of, kept_answers
from app.responses.saving import sent_form
from app.responses.service.section import save_posted
from app.rounds.definitions import definition_of
from app.web.access import permission
from app.web.refusals import wants_json
from app.web.transactions import ReadSession

router = APIRouter(include_in_schema=False)


@router.get("/form")
def overview(request: Request, identity: Reading, session: ReadSession) -> Response:
    return overview_page(request, session, read_form(session, identity))


@router.get("/form/{name}")
def section(
    request: Request,
    name: str,
    identity: Reading,
    *,
    session: ReadSession,
    saved: Annotated[bool, Query()] = False,
    appeared: Annotated[int, Query(ge=0, le=1000)] = 0,
    table: Annotated[str, Query(max_length=64)] = "",
    rows: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> Response:
    filled = read_form(session, identity)
    return section_page(
        request,
        filled,
        find_section(filled, name),
        rows={table: rows},
        saved=saved,
        appeared=appeared,
    )


@router.post("/form/{name}")
@permission(OWN_INVITATION)
async def save(request: Request, name: str) -> Response:
    sent = await sent_form(request)
    fields = sent.fields
    button, table, row = _button(fields)
    if button == "remove_row":
        fields = without_row(fields, table, row)

    def save_fields(session: Session, desk: Desk) -> SavedFields:
        return _save(session, desk, name, fields)

    saved = await sent.submit(save_fields, names=questions_in(fields))
    by_script = wants_json(request)
    if by_script and saved.is_plain:
        return saved_as_json(request, saved)

    def answer(session: Session) -> Response:
        if not by_script and saved.status_code == HTTPStatus.OK:
            following = _next(session, saved, button=button, table=table)
            return RedirectResponse(following, status_code=HTTPStatus.SEE_OTHER)
        chosen = chosen_language(request)
        identity = identity_of(session, sent.token, clock=sent.services.clock, chosen=chosen)
        filled = read_form(session, identity)
        if by_script:
            return saved_as_json(request, saved, filled)
        asked = find_section(filled, name)
        return section_page(request, filled, asked, saved.attempts, status=saved.status_code)

    # After the writer's turn: the page is made while others save.
    async with sent.services.database.read_async() as session:
        return await run_in_threadpool(answer, session)


def _save(
    session: Session, desk: Desk, section: str, fields: Mapping[str, Sequence[str]]
) -> SavedFields:
    definition = definition_of(session, desk.response.version_id, sha256=desk.version_sha256)
    asked = section_named(definition, section)
    posted = read_posted(asked.questions(), fields)
    results = save_posted(
        session,
        held=desk.held,
        response_id=desk.response.id,
        definition=definition,
        kept=desk.kept,
        posted=posted,
        editor=desk.editor,
    )
    return SavedFields(
        desk=desk,
        definition=definition,
        section=asked,
        attempts={each.question: Attempt(each, results[each.question]) for each in posted},
        noticed=noticed_in(fields),
    )


def _button(fields: Mapping[str, object]) -> tuple[str, str, str]:
    """Which button sent the form, and the table and row it belongs to."""
    for name in ("add_row", "remove_row", "do"):
        raw = fields.get(name)
        if isinstance(raw, list) and raw:
            table, _, row = raw[0].partition(".")
            return (raw[0], "", "") if name == "do" else (name, table, row)
    return "save", "", ""


def _next(session: Session, saved: SavedFields, *, button: str, table: str) -> str:
    """Where to go on.

    Stay where rows are being added, where questions have appeared, and, once, where an answer must
    be corrected: who goes on all the same has seen it.
    """
    here = f"/form/{saved.section.name}"
    if button == "add_row":
        attempt = saved.attempts.get(table)
        rows = _rows_of(attempt.posted) if attempt is not None else 0
        return f"{here}?saved=1&table={table}&rows={rows + 1}#q-{table}"
    if button == "remove_row":
        return f"{here}?saved=1#q-{table}"
    if button != "continue" and not saved.dependents:
        return f"{here}?saved=1"
    definition = saved.definition
    kept = kept_answers(session, saved.desk.response.id)
    answers = answers_of(definition, kept)
    path = saved.route(answers)
    appeared = saved.appeared(kept, path) if saved.dependents else 0
    if appeared > 0:
        return f"{here}?saved=1&appeared={appeared}"
    if button == "continue":
        if saved.unnoticed(kept, answers, path):
            return f"{here}?saved=1#to-correct"
        sections = asked_sections(definition, path)
        if saved.section not in sections:
            return "/form"
        _, following = neighbours(sections, saved.section)
        return f"/form/{following}" if following else "/form/review"
    return f"{here}?saved=1"


def _rows_of(posted: Posted) -> int:
    """How many rows of a table were on the screen."""
    return len({name.split(".")[1] for name in posted.fields})
