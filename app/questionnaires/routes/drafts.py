"""The routes of drafts: upload, report, compare, publish, discard."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.accounts.policy import Identity
from app.errors import AppError, Invalid, NotFound
from app.questionnaires.access import (
    Writes,
    WritesDraft,
    check_may_publish,
    check_slug,
    enter_draft,
)
from app.questionnaires.changed import compare_versions
from app.questionnaires.form_files import FormFormat, form_file, uploaded_file
from app.questionnaires.forms import (
    CheckedForm,
    PublishInput,
    SeenInput,
    TriedUpload,
    checked_form,
    seen_of,
)
from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.pages.draft import draft_page, publish_page
from app.questionnaires.pages.lists import upload_page
from app.questionnaires.pages.preview import definition_to_preview
from app.questionnaires.pages.version import comparison_page
from app.questionnaires.published import version_before
from app.questionnaires.service.keep import (
    DraftExists,
    discard_draft,
    keep_draft,
    replace_draft,
)
from app.questionnaires.service.publish import publish_draft
from app.questionnaires.uploads import Uploaded
from app.web.csrf import check_csrf
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from questionnaires.problems import Problem

router = APIRouter(prefix="/organiser/questionnaires")
Csrf = Depends(check_csrf)
CsrfOfLongForm = Depends(checked_form)
HERE = "/organiser/questionnaires"
DRAFT = "/drafts/{draft_key}"


@router.get("/new")
def new(request: Request, identity: Writes) -> Response:
    del identity  # it is for everybody who writes questionnaires
    return upload_page(request)


@router.post("/drafts", dependencies=[CsrfOfLongForm])
def upload(
    request: Request,
    identity: Writes,
    tried: TriedUpload,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    try:
        uploaded = check_uploaded(session, tried, identity)
        draft = keep_draft(
            session,
            uploaded=uploaded,
            user_id=identity.user_id,
            actor=identity.actor,
            clock=services.clock,
        )
    except AppError as error:
        return upload_page(
            request,
            problems=problems_of(error),
            existing=_existing(session, error, identity),
            status=error.status,
        )
    return RedirectResponse(f"{HERE}/drafts/{draft.key}?done=uploaded", status_code=303)


@router.get(DRAFT)
def draft(
    request: Request,
    access: WritesDraft,
    session: ReadSession,
    *,
    done: Annotated[str, Query(max_length=32)] = "",
) -> Response:
    return draft_page(request, session, access, done=done)


@router.post(DRAFT + "/file", dependencies=[CsrfOfLongForm])
def replace(
    request: Request,
    access: WritesDraft,
    form: CheckedForm,
    tried: TriedUpload,
    *,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    try:
        uploaded = check_uploaded(session, tried, access.identity)
        replace_draft(
            session,
            draft_id=access.draft_id,
            uploaded=uploaded,
            seen=seen_of(form),
            actor=access.identity.actor,
            clock=services.clock,
        )
    except AppError as error:
        return draft_page(
            request,
            session,
            access,
            problems=problems_of(error),
            existing=_existing(session, error, access.identity),
            status=error.status,
        )
    return RedirectResponse(f"{HERE}/drafts/{access.draft.key}?done=replaced", status_code=303)


@router.get(DRAFT + "/upload")
def upload_again(access: WritesDraft) -> Response:
    return uploaded_file(access.draft)


@router.get(DRAFT + "/file")
def definition_file(
    access: WritesDraft,
    *,
    kind: Annotated[FormFormat, Query(alias="format")] = FormFormat.YAML,
) -> Response:
    return form_file(definition_to_preview(access), kind)


@router.get(DRAFT + "/comparison")
def comparison(
    request: Request,
    access: WritesDraft,
    services: ServicesDep,
    session: ReadSession,
    *,
    to: Annotated[str, Query(max_length=32)] = "",
) -> Response:
    new = definition_to_preview(access)
    old = version_before(session, services.catalogue, new, named=to)
    return comparison_page(request, session, compare_versions(old, new), draft=access.draft)


@router.get(DRAFT + "/publish")
def confirm(request: Request, access: WritesDraft, session: ReadSession) -> Response:
    return publish_page(request, session, access)


@router.post(DRAFT + "/publish", dependencies=[Csrf])
def publish(
    request: Request,
    form: PublishInput,
    access: WritesDraft,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    check_may_publish(access)
    try:
        version = publish_draft(
            session,
            draft_id=access.draft_id,
            seen=form.revision,
            notes=form.notes,
            catalogue=services.catalogue,
            user_id=access.identity.user_id,
            actor=access.identity.actor,
            clock=services.clock,
            storage=services.storage,
        )
    except Invalid as fault:
        return publish_page(request, session, access, notes=form.notes, problems=fault.problems)
    return RedirectResponse(
        f"{HERE}/versions/{version.slug}/{version.version}?done=published", status_code=303
    )


@router.post(DRAFT + "/discard", dependencies=[Csrf])
def discard(
    request: Request,
    form: SeenInput,
    access: WritesDraft,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    if not form.sure:
        problem = Problem(
            code="not-sure",
            place="sure",
            message="The box that says you are sure was not ticked, so the draft is still here.",
            mend="Tick it and press the button again.",
        )
        return draft_page(request, session, access, unsure=[problem], status=422)
    discard_draft(
        session,
        draft_id=access.draft_id,
        seen=form.revision,
        actor=access.identity.actor,
        clock=services.clock,
    )
    return RedirectResponse(f"{HERE}?done=discarded", status_code=303)


def check_uploaded(session: Session, tried: Uploaded | AppError, identity: Identity) -> Uploaded:
    """What was uploaded; raises why nothing was, or ``Forbidden`` for a questionnaire of others."""
    if isinstance(tried, AppError):
        raise tried
    if tried.definition is not None:
        check_slug(session, tried.definition.slug, identity)
    return tried


def _existing(session: Session, error: AppError, identity: Identity) -> QuestionnaireDraft | None:
    """The draft that is there already, for who may write it."""
    if not isinstance(error, DraftExists):
        return None
    try:
        return enter_draft(session, error.key, identity).draft
    except NotFound:
        return None


def problems_of(error: AppError) -> list[Problem]:
    """What a page says of an upload that was refused."""
    if isinstance(error, Invalid):
        return error.problems
    return [Problem(code=error.code, message=error.message, mend=error.mend, place="file")]
