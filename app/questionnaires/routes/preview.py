"""The routes of trying a draft out: read it in a language, answer it, begin anew."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.questionnaires.access import DraftAccess, WritesDraft
from app.questionnaires.forms import CheckedForm, checked_form
from app.questionnaires.pages.preview import (
    definition_to_preview,
    preview_decline_page,
    preview_page,
    preview_section_page,
    preview_submit_page,
    read_preview,
)
from app.questionnaires.service.try_out import save_posted_tests, wipe_tests
from app.responses.drafts import Refused
from app.responses.fields import read_posted, without_row
from app.responses.forms import text_of, texts_of
from app.responses.pages.fields import Attempt
from app.responses.pages.section import neighbours, section_named
from app.web.csrf import check_csrf
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/organiser/questionnaires/drafts/{draft_key}")
Language = Annotated[str, Query(max_length=35)]


@router.get("/preview")
def overview(
    request: Request,
    access: WritesDraft,
    session: ReadSession,
    *,
    language: Language = "",
    done: Annotated[str, Query(max_length=32)] = "",
) -> Response:
    return preview_page(request, session, access, language=language, done=done)


# No section can be called so: these are pages of the form itself.
@router.get("/preview/submit")
def submission(
    request: Request, access: WritesDraft, session: ReadSession, *, language: Language = ""
) -> Response:
    return preview_submit_page(request, session, access, language=language)


@router.post("/preview/submit", dependencies=[Depends(checked_form)])
def try_submission(
    request: Request, access: WritesDraft, form: CheckedForm, session: ReadSession
) -> Response:
    language = text_of(form, "language")
    return preview_submit_page(request, session, access, language=language, tried=form)


@router.get("/preview/decline")
def refusal(
    request: Request, access: WritesDraft, session: ReadSession, *, language: Language = ""
) -> Response:
    return preview_decline_page(request, session, access, language=language)


@router.post("/preview/decline", dependencies=[Depends(checked_form)])
def try_refusal(
    request: Request, access: WritesDraft, form: CheckedForm, session: ReadSession
) -> Response:
    language = text_of(form, "language")
    return preview_decline_page(request, session, access, language=language, tried=form)


@router.get("/preview/{section}")
def section_(
    request: Request,
    section: str,
    access: WritesDraft,
    session: ReadSession,
    *,
    language: Language = "",
    saved: Annotated[bool, Query()] = False,
    table: Annotated[str, Query(max_length=64)] = "",
    rows: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> Response:
    return preview_section_page(
        request, session, access, section, language=language, rows={table: rows}, saved=saved
    )


@router.post("/preview/{section}", dependencies=[Depends(checked_form)])
def answer(
    request: Request,
    section: str,
    access: WritesDraft,
    form: CheckedForm,
    *,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    definition = definition_to_preview(access)
    fields: Mapping[str, Sequence[str]] = texts_of(form)
    language = text_of(form, "language")
    removed = text_of(form, "remove_row")
    if removed:
        table, _, row = removed.partition(".")
        fields = without_row(fields, table, row)
    posted = read_posted(section_named(definition, section).questions(), fields)
    results = save_posted_tests(
        session,
        draft_id=access.draft_id,
        user_id=access.identity.user_id,
        definition=definition,
        posted=posted,
        clock=services.clock,
    )
    attempts = {each.question: Attempt(each, results[each.question]) for each in posted}
    if any(isinstance(result, Refused) for result in results.values()):
        return preview_section_page(
            request, session, access, section, language=language, attempts=attempts
        )
    table = text_of(form, "add_row")
    if table and table in attempts:
        shown = len({name.split(".")[1] for name in attempts[table].posted.fields})
        query = f"saved=1&table={table}&rows={shown + 1}&language={language}#q-{table}"
        return RedirectResponse(f"{_here(access)}/{section}?{query}", status_code=303)
    following = section
    if text_of(form, "do") == "continue":
        following = _after(session, access, section, services)
    return RedirectResponse(
        f"{_here(access)}{'/' if following else ''}{following}?saved=1&language={language}",
        status_code=303,
    )


@router.post("/wipe", dependencies=[Depends(check_csrf)])
def wipe(access: WritesDraft, session: WriteSession) -> Response:
    wipe_tests(session, draft_id=access.draft_id, user_id=access.identity.user_id)
    return RedirectResponse(f"{_here(access)}?done=wiped", status_code=303)


def _here(access: DraftAccess) -> str:
    return f"/organiser/questionnaires/drafts/{access.draft.key}/preview"


def _after(session: Session, access: DraftAccess, section: str, services: ServicesDep) -> str:
    """The section that follows on the way the answers lead; empty at the end."""
    filled = read_preview(session, access, language="", now=services.clock.now())
    found = [one for one in filled.sections if one.name == section]
    return neighbours(filled.sections, found[0])[1] if found else ""
