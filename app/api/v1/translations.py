"""Translations of questionnaires: how far each language is, workbooks out, and one back."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi import Path as InPath

from app.api.v1.callers import AnyCaller
from app.api.v1.draft_models import FILE_FORM
from app.api.v1.drafts import Draft, IfMatch, seen_revision
from app.api.v1.models import Page
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.api.v1.questionnaires import Slug, Version
from app.api.v1.translation_models import ReturnedOut, TranslationOut, show_language, show_returned
from app.errors import Invalid
from app.questionnaires.pages.preview import definition_to_preview
from app.questionnaires.published import any_version
from app.questionnaires.service.keep import check_revision, hold_draft, replace_draft
from app.questionnaires.translations import (
    LONGEST_TAG,
    TakenTranslation,
    earlier_version,
    language_states,
    take_translation,
    translation_file,
)
from app.questionnaires.uploads import MOST_BYTES
from app.responses.forms import PostedForm, file_of
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from questionnaires.problems import Problem

router = APIRouter(tags=["translations"])
Language = Annotated[
    str, InPath(max_length=LONGEST_TAG, description="A language tag.", examples=["fr"])
]
OF_VERSION = "/questionnaires/{slug}/versions/{version}/translations"
OF_DRAFT = "/questionnaire-drafts/{draft}/translations"
WORKBOOK: dict[int | str, dict[str, Any]] = {
    200: {"description": "The workbook for a translator.", "content": {"*/*": {}}}
}


@router.get(OF_VERSION, summary="List the translations of a version", responses=refusals(404, 409))
def list_translations(
    slug: Slug,
    version: Version,
    caller: AnyCaller,
    paging: Paging,
    session: ReadSession,
    *,
    services: ServicesDep,
) -> Page[TranslationOut]:
    """How far each language is, and what differs from the source."""
    del caller  # anybody with a token may read what is asked
    found = any_version(session, services.catalogue, slug, version)
    since = earlier_version(session, services.catalogue, found)
    states = language_states(found, since)
    return paging.page(states, key=lambda one: one.language, show=show_language)


@router.get(
    OF_VERSION + "/{language}/file",
    summary="Download the workbook for a translator",
    response_class=Response,
    responses={**WORKBOOK, **refusals(404, 409)},
)
def get_translation_file(
    slug: Slug,
    version: Version,
    language: Language,
    caller: AnyCaller,
    session: ReadSession,
    *,
    services: ServicesDep,
) -> Response:
    """A row for each text. The language need not be one of the questionnaire's yet."""
    del caller  # as above
    found = any_version(session, services.catalogue, slug, version)
    since = earlier_version(session, services.catalogue, found)
    return translation_file(found, language, since=since, as_of=services.clock.now())


@router.get(OF_DRAFT, summary="List the translations of a draft", responses=refusals(404, 409))
def list_draft_translations(
    access: Draft, paging: Paging, session: ReadSession, services: ServicesDep
) -> Page[TranslationOut]:
    """How far each language is, and what differs from the source."""
    found = definition_to_preview(access)
    since = earlier_version(session, services.catalogue, found)
    states = language_states(found, since)
    return paging.page(states, key=lambda one: one.language, show=show_language)


@router.get(
    OF_DRAFT + "/{language}/file",
    summary="Download the workbook of a draft for a translator",
    response_class=Response,
    responses={**WORKBOOK, **refusals(404, 409)},
)
def get_draft_translation_file(
    access: Draft, language: Language, session: ReadSession, services: ServicesDep
) -> Response:
    """A row for each text. The language need not be one of the questionnaire's yet."""
    found = definition_to_preview(access)
    since = earlier_version(session, services.catalogue, found)
    return translation_file(found, language, since=since, as_of=services.clock.now())


def read_workbook(access: Draft, form: PostedForm) -> TakenTranslation:
    """The translator's workbook that is sent, read before anybody waits for the database."""
    file = file_of(form, "file")
    if file is None or file.filename is None:
        problem = Problem(
            code="no-file",
            message="No file was sent.",
            mend="Send the workbook of the translator in the field «file».",
            place="file",
        )
        raise Invalid([problem])
    content = file.file.read(MOST_BYTES + 1)
    return take_translation(access.draft, definition_to_preview(access), file.filename, content)


@router.post(
    OF_DRAFT,
    summary="Take a translation back",
    openapi_extra=FILE_FORM,
    responses=refusals(404, 409, 413, 428),
)
def create_draft_translation(
    access: Draft,
    taken: Annotated[TakenTranslation, Depends(read_workbook)],
    services: ServicesDep,
    response: Response,
    *,
    session: WriteSession,
    if_match: IfMatch = None,
) -> ReturnedOut:
    """Rows with a fault are listed and not taken; all others are put into the draft."""
    seen = seen_revision(if_match)
    draft = hold_draft(session, access.draft_id, seen=seen)
    # The workbook was read against the file that the request found.
    check_revision(draft, access.draft.revision)
    if taken.uploaded is not None:
        replace_draft(
            session,
            draft_id=access.draft_id,
            uploaded=taken.uploaded,
            seen=seen,
            actor=access.identity.actor,
            clock=services.clock,
        )
    response.headers["ETag"] = f'"{draft.revision}"'
    return show_returned(taken, draft.revision)
