"""The overview of a form, and its sections, one a page."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.responses.access import Reading, Writing, session_token
from app.responses.drafts import Refused, Result, Stale
from app.responses.fields import Posted, read_posted, without_row
from app.responses.forms import PostedForm, posted_form, texts_of
from app.responses.pages.autosave import saved_as_json
from app.responses.pages.fields import Attempt
from app.responses.pages.filled import Filled, read_form
from app.responses.pages.items import hidden_fields
from app.responses.pages.overview import overview_page
from app.responses.pages.section import find_section, neighbours, section_named, section_page
from app.responses.service.section import save_posted
from app.rounds.definitions import definition_of
from app.web.csrf import check_csrf
from app.web.refusals import wants_json
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from questionnaires.models import Group

router = APIRouter()
ReadBody = [Depends(session_token), Depends(posted_form), Depends(check_csrf)]


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


@router.post("/form/{name}", dependencies=ReadBody)
def save(
    request: Request,
    name: str,
    form: PostedForm,
    identity: Writing,
    *,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    definition = definition_of(session, identity.response.version_id)
    asked = section_named(definition, name)
    fields = texts_of(form)
    button, table, row = _button(fields)
    if button == "remove_row":
        fields = without_row(fields, table, row)
    by_script = wants_json(request)
    before = None if by_script else read_form(session, identity)
    posted = read_posted(asked.questions(), fields)
    results = save_posted(
        session,
        response=identity.response,
        definition=definition,
        posted=posted,
        editor=identity.editor,
        clock=services.clock,
    )
    attempts = _attempts(posted, results)
    if before is None:
        return saved_as_json(
            request,
            session,
            identity,
            definition=definition,
            section=asked,
            attempts=attempts,
        )
    after = read_form(session, identity)
    if any(isinstance(result, Refused | Stale) for result in results.values()):
        stale = any(isinstance(result, Stale) for result in results.values())
        return section_page(request, after, asked, attempts, status=409 if stale else 422)
    following = _next(before, after, asked, button=button, table=table, posted=posted)
    return RedirectResponse(following, status_code=303)


def _attempts(posted: list[Posted], results: Mapping[str, Result]) -> dict[str, Attempt]:
    return {each.question: Attempt(each, results[each.question]) for each in posted}


def _button(fields: Mapping[str, object]) -> tuple[str, str, str]:
    """Which button sent the form, and the table and row it belongs to."""
    for name in ("add_row", "remove_row", "do"):
        raw = fields.get(name)
        if isinstance(raw, list) and raw:
            table, _, row = raw[0].partition(".")
            return (raw[0], "", "") if name == "do" else (name, table, row)
    return "save", "", ""


def _next(
    before: Filled,
    after: Filled,
    asked: Group,
    *,
    button: str,
    table: str,
    posted: list[Posted],
) -> str:
    """Where to go on: stay where questions have appeared, or where rows are being added."""
    here = f"/form/{asked.name}"
    if button == "add_row":
        rows = next((_rows_of(each) for each in posted if each.question == table), 0)
        return f"{here}?saved=1&table={table}&rows={rows + 1}#q-{table}"
    if button == "remove_row":
        return f"{here}?saved=1#q-{table}"
    appeared = hidden_fields(before, asked) - hidden_fields(after, asked)
    if appeared > 0:
        return f"{here}?saved=1&appeared={appeared}"
    if button == "continue":
        _, following = neighbours(after, asked)
        return f"/form/{following}" if following else "/form/review"
    return f"{here}?saved=1"


def _rows_of(posted: Posted) -> int:
    """How many rows of a table were on the screen."""
    return len({name.split(".")[1] for name in posted.fields})
