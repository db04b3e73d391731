"""Drafts of questionnaires: upload, read the faults, compare, publish, discard."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi import Path as InPath
from sqlmodel import Session

from app.accounts.policy import Action, Identity
from app.api.v1.callers import AnyUser
from app.api.v1.draft_models import (
    FILE_FORM,
    ComparisonOut,
    DraftOut,
    DraftWithFaults,
    PublicationIn,
    show_comparison,
    show_faults,
)
from app.api.v1.models import Page
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.api.v1.questionnaires import VersionOut, find_version
from app.errors import PreconditionRequired
from app.questionnaires.access import (
    DraftAccess,
    check_may_publish,
    check_slug,
    enter_draft,
    enter_questionnaires,
)
from app.questionnaires.changed import compare_versions
from app.questionnaires.form_files import FormFormat, form_file, uploaded_file
from app.questionnaires.forms import upload_of
from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.pages.preview import definition_to_preview
from app.questionnaires.pictures import draft_pictures
from app.questionnaires.published import published_definitions, version_before
from app.questionnaires.queries import (
    DraftEntry,
    definition_of_draft,
    drafts_of,
    entry_of,
    not_kept_of_draft,
    problems_of_draft,
)
from app.questionnaires.service.keep import discard_draft, keep_draft, replace_draft
from app.questionnaires.service.publish import publish_draft
from app.questionnaires.standing import in_the_way
from app.questionnaires.uploads import Uploaded
from app.responses.forms import PostedForm
from app.services import Services
from app.web.access import permission
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from questionnaires.problems import Problem

router = APIRouter(prefix="/questionnaire-drafts", tags=["questionnaire drafts"])
Key = Annotated[str, InPath(description="Random key of the draft.")]
IfMatch = Annotated[
    str | None,
    Header(description="Revision of the draft that the change is based on.", examples=['"1"']),
]


@permission(f"{Action.WRITE_QUESTIONNAIRES} somewhere")
def writer(user: AnyUser) -> Identity:
    """A user who may write questionnaires; raises ``Forbidden``."""
    return enter_questionnaires(user.identity)


@permission(Action.WRITE_QUESTIONNAIRES.value)
def draft_of(draft: Key, user: AnyUser, session: ReadSession) -> DraftAccess:
    """The draft of the address, for a user who may write it."""
    return enter_draft(session, draft, user.identity)


def read_file(user: AnyUser, form: PostedForm) -> Uploaded:
    """The questionnaire that is sent, read before anybody waits for the database."""
    enter_questionnaires(user.identity)
    return upload_of(form)


Sent = Annotated[Uploaded, Depends(read_file)]
Writer = Annotated[Identity, Depends(writer)]
Draft = Annotated[DraftAccess, Depends(draft_of)]


@router.get("", summary="List the drafts", responses=refusals())
def list_drafts(identity: Writer, paging: Paging, session: ReadSession) -> Page[DraftOut]:
    """The drafts that the token's owner may write, the newest first."""
    return paging.page(drafts_of(session, identity), key=lambda one: one.key, show=_show)


@router.post(
    "",
    status_code=201,
    summary="Upload a questionnaire",
    openapi_extra=FILE_FORM,
    responses=refusals(409, 413, 415),
)
def create_draft(
    identity: Writer,
    uploaded: Sent,
    services: ServicesDep,
    response: Response,
    session: WriteSession,
) -> DraftWithFaults:
    """It is kept as a draft, with every fault that was found in it."""
    if uploaded.definition is not None:
        check_slug(session, uploaded.definition.slug, identity)
    draft = keep_draft(
        session,
        uploaded=uploaded,
        user_id=identity.user_id,
        actor=identity.actor,
        clock=services.clock,
    )
    response.headers["Location"] = f"/api/v1/questionnaire-drafts/{draft.key}"
    return _whole(session, enter_draft(session, draft.key, identity), services, response)


@router.get("/{draft}", summary="Read a draft with its faults", responses=refusals(404))
def get_draft(
    access: Draft, services: ServicesDep, response: Response, session: ReadSession
) -> DraftWithFaults:
    """What was found in its file, and what stands in the way of publishing it."""
    return _whole(session, access, services, response)


@router.put(
    "/{draft}/file",
    summary="Upload a mended file",
    openapi_extra=FILE_FORM,
    responses=refusals(404, 409, 413, 415, 428),
)
def put_draft_file(
    access: Draft,
    uploaded: Sent,
    services: ServicesDep,
    response: Response,
    *,
    session: WriteSession,
    if_match: IfMatch = None,
) -> DraftWithFaults:
    """It takes the place of the draft's file. Test answers stay where they still fit."""
    seen = seen_revision(if_match)
    if uploaded.definition is not None:
        check_slug(session, uploaded.definition.slug, access.identity)
    replace_draft(
        session,
        draft_id=access.draft_id,
        uploaded=uploaded,
        seen=seen,
        actor=access.identity.actor,
        clock=services.clock,
    )
    entered = enter_draft(session, access.draft.key, access.identity)
    return _whole(session, entered, services, response)


@router.delete(
    "/{draft}", status_code=204, summary="Discard a draft", responses=refusals(404, 409, 428)
)
def delete_draft(
    access: Draft, services: ServicesDep, session: WriteSession, if_match: IfMatch = None
) -> Response:
    """The file and all test answers are removed for good."""
    discard_draft(
        session,
        draft_id=access.draft_id,
        seen=seen_revision(if_match),
        actor=access.identity.actor,
        clock=services.clock,
    )
    return Response(status_code=204)


@router.get(
    "/{draft}/file",
    summary="Download a draft's definition",
    response_class=Response,
    responses={
        200: {"description": "The definition as a file.", "content": {"*/*": {}}},
        **refusals(404, 409),
    },
)
def get_draft_file(
    access: Draft,
    kind: Annotated[FormFormat, Query(alias="format", description="Kind of file.")] = (
        FormFormat.YAML
    ),
) -> Response:
    """What was read of the uploaded file, in its canonical form."""
    return form_file(definition_to_preview(access), kind)


@router.get(
    "/{draft}/upload",
    summary="Download a draft's file as it was uploaded",
    response_class=Response,
    responses={
        200: {"description": "The file, byte for byte.", "content": {"*/*": {}}},
        **refusals(404),
    },
)
def get_draft_upload(access: Draft) -> Response:
    """What somebody uploaded last, also while it has faults; always as an attachment."""
    return uploaded_file(access.draft)


@router.get(
    "/{draft}/comparison",
    summary="Compare a draft with a published version",
    responses=refusals(404, 409),
)
def get_draft_comparison(
    access: Draft,
    services: ServicesDep,
    session: ReadSession,
    to: Annotated[
        str, Query(max_length=32, description="A version; empty for the one before.")
    ] = "",
) -> ComparisonOut:
    """What became of each question, and whether answers can be compared."""
    new = definition_to_preview(access)
    old = version_before(session, services.catalogue, new, named=to)
    return show_comparison(compare_versions(old, new))


@router.post(
    "/{draft}/publication",
    status_code=201,
    summary="Publish a draft",
    responses=refusals(404, 409, 428),
)
def create_publication(
    given: PublicationIn,
    access: Draft,
    services: ServicesDep,
    session: WriteSession,
    if_match: IfMatch = None,
) -> VersionOut:
    """From then on it never changes. The draft goes, and all test answers with it."""
    check_may_publish(access)
    version = publish_draft(
        session,
        draft_id=access.draft_id,
        seen=seen_revision(if_match),
        notes=given.notes,
        catalogue=services.catalogue,
        user_id=access.identity.user_id,
        actor=access.identity.actor,
        clock=services.clock,
        storage=services.storage,
    )
    return find_version(session, services.catalogue, access.identity, version.slug, version.version)


def seen_revision(if_match: str | None) -> int:
    """The revision that a change is based on; raises ``PreconditionRequired`` without one."""
    text = (if_match or "").strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 7):  # noqa: PLR2004 - fits
        raise PreconditionRequired(
            "The revision of the draft is missing.",
            mend='Send the header If-Match with the revision that you have read, such as "1".',
        )
    return int(text)


def _whole(
    session: Session, access: DraftAccess, services: Services, response: Response
) -> DraftWithFaults:
    draft: QuestionnaireDraft = access.draft
    definition = definition_of_draft(draft)
    standing: list[Problem] = []
    if definition is not None:
        published = published_definitions(session, services.catalogue, definition.slug)
        pictures = draft_pictures(session, services.catalogue, access.draft_id, definition)
        standing = in_the_way(draft, definition, published, pictures)
    response.headers["ETag"] = f'"{draft.revision}"'
    return DraftWithFaults(
        **_show(entry_of(draft)).model_dump(),
        problems=show_faults(problems_of_draft(draft)),
        not_kept=show_faults(not_kept_of_draft(draft)),
        in_the_way=show_faults(standing),
        may_publish=access.may_publish,
    )


def _show(entry: DraftEntry) -> DraftOut:
    return DraftOut(
        key=entry.key,
        slug=entry.slug,
        version=entry.version,
        title=entry.title,
        file_name=entry.file_name,
        revision=entry.revision,
        errors=entry.errors,
        warnings=entry.warnings,
        updated_at=entry.updated_at,
    )
