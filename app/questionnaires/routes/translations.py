"""The routes of translations: how far each language is, workbooks out, and a workbook back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.accounts.access import ViewsABoard
from app.errors import AppError, Invalid
from app.questionnaires.access import WritesDraft
from app.questionnaires.forms import CheckedForm, checked_form, seen_of
from app.questionnaires.pages.preview import definition_to_preview
from app.questionnaires.pages.translation import translation_page
from app.questionnaires.published import any_version
from app.questionnaires.queries import draft_by_key
from app.questionnaires.service.keep import check_revision, replace_draft
from app.questionnaires.translations import (
    LONGEST_TAG,
    TakenTranslation,
    earlier_version,
    take_translation,
    translation_file,
)
from app.questionnaires.uploads import MOST_BYTES
from app.responses.forms import file_of
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from questionnaires.problems import Problem

router = APIRouter(prefix="/organiser/questionnaires")
VERSION = "/versions/{questionnaire}/{version}/translations"
DRAFT = "/drafts/{draft_key}/translations"
Language = Annotated[str, Query(max_length=LONGEST_TAG)]


@router.get(VERSION)
def version_translations(
    request: Request,
    questionnaire: str,
    version: str,
    session: ReadSession,
    identity: ViewsABoard,
    *,
    services: ServicesDep,
) -> Response:
    del identity  # who views a board may read what is asked
    found = any_version(session, services.catalogue, questionnaire, version)
    return translation_page(request, found, earlier_version(session, services.catalogue, found))


@router.get(VERSION + "/file")
def version_translation_file(
    questionnaire: str,
    version: str,
    session: ReadSession,
    identity: ViewsABoard,
    services: ServicesDep,
    *,
    language: Language = "",
) -> Response:
    del identity  # as above
    found = any_version(session, services.catalogue, questionnaire, version)
    since = earlier_version(session, services.catalogue, found)
    return translation_file(found, language, since=since, as_of=services.clock.now())


@router.get(DRAFT)
def draft_translations(
    request: Request,
    access: WritesDraft,
    session: ReadSession,
    services: ServicesDep,
    *,
    done: Annotated[str, Query(max_length=LONGEST_TAG)] = "",
) -> Response:
    found = definition_to_preview(access)
    since = earlier_version(session, services.catalogue, found)
    return translation_page(request, found, since, draft=access.draft, done=done)


@router.get(DRAFT + "/file")
def draft_translation_file(
    access: WritesDraft, session: ReadSession, services: ServicesDep, *, language: Language = ""
) -> Response:
    found = definition_to_preview(access)
    since = earlier_version(session, services.catalogue, found)
    return translation_file(found, language, since=since, as_of=services.clock.now())


def tried_translation(form: CheckedForm, access: WritesDraft) -> TakenTranslation | AppError:
    """The translator's workbook in a form, or why there is none, for a page that says so.

    Read before anybody waits for the database, as a workbook takes a while.
    """
    file = file_of(form, "file")
    try:
        if file is None or file.filename is None:
            problem = Problem(
                code="no-file",
                message="No file was chosen.",
                mend="Choose the workbook of the translator, then upload it.",
                place="file",
            )
            raise Invalid([problem])
        content = file.file.read(MOST_BYTES + 1)
        return take_translation(access.draft, definition_to_preview(access), file.filename, content)
    except AppError as error:
        return error


@router.post(DRAFT, dependencies=[Depends(checked_form)])
def take(
    request: Request,
    access: WritesDraft,
    form: CheckedForm,
    tried: Annotated[TakenTranslation | AppError, Depends(tried_translation)],
    *,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    draft = draft_by_key(session, access.draft.key)
    try:
        if isinstance(tried, AppError):
            raise tried
        # The workbook was read against the file that the request found.
        check_revision(draft, access.draft.revision)
        if tried.uploaded is not None:
            replace_draft(
                session,
                draft_id=access.draft_id,
                uploaded=tried.uploaded,
                seen=seen_of(form),
                actor=access.identity.actor,
                clock=services.clock,
            )
    except AppError as error:
        problems = error.problems if isinstance(error, Invalid) else []
        problems = problems or [Problem(code=error.code, message=error.message, mend=error.mend)]
        found = definition_to_preview(access)
        since = earlier_version(session, services.catalogue, found)
        return translation_page(
            request, found, since, draft=draft, problems=problems, status=error.status
        )
    language = tried.returned.language
    if language is not None and not (tried.returned.problems or tried.returned.remarks):
        here = f"/organiser/questionnaires/drafts/{draft.key}/translations"
        return RedirectResponse(f"{here}?done={language}", status_code=303)
    before = definition_to_preview(access)
    found = tried.returned.applied(before)
    since = earlier_version(session, services.catalogue, found)
    return translation_page(
        request,
        found,
        since,
        draft=draft,
        taken=tried,
        status=200 if language is not None else 422,
    )
