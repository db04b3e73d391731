"""Questionnaires and their published versions."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi import Path as InPath
from fastapi.responses import JSONResponse
from pydantic import Field
from sqlmodel import Session

from app.accounts.policy import Action, Identity, surveys_where
from app.api.v1.callers import AnyCaller, UserCaller, surveys_visible
from app.api.v1.draft_models import ComparisonOut, show_comparison, show_faults
from app.api.v1.etags import IfNoneMatch, etag_of, is_known
from app.api.v1.models import ApiModel, Fault, Page
from app.api.v1.paging import Paging
from app.api.v1.papers import BlankFormOut, blank_forms, codebook_address
from app.api.v1.problems import refusals
from app.errors import NotFound
from app.questionnaires.changed import compare_versions
from app.questionnaires.form_files import FormFormat, form_file
from app.questionnaires.pictures import version_picture
from app.questionnaires.published import any_version, version_before
from app.questionnaires.states import VersionState
from app.questionnaires.versions import VersionEntry, versions
from app.web.transactions import ReadSession, ServicesDep
from questionnaires.canonical import canonical_json, checksum
from questionnaires.catalogue import Catalogue

router = APIRouter(prefix="/questionnaires", tags=["questionnaires"])
Slug = Annotated[str, InPath(examples=["rcp-migration-development"])]
Version = Annotated[str, InPath(examples=["2007"])]


class VersionOut(ApiModel):
    """A published version of a questionnaire. It never changes."""

    slug: str = Field(examples=["rcp-migration-development"])
    version: str = Field(examples=["2007"])
    title: str
    questions: int = Field(description="Numbered questions.", examples=[34])
    core: int = Field(description="Core questions (★) among them.")
    sections: int
    languages: list[str] = Field(examples=[["en"]])
    sha256: str = Field(description="Checksum of the canonical JSON; also the ETag.")
    rounds: list[str] = Field(description="Slugs of the rounds that used it and may be seen.")
    state: VersionState = Field(description="Whether rounds can open with it, and still do.")
    corrects: str | None = Field(description="The version of which it is a patch.")
    is_newest_patch: bool = Field(
        description="Whether it is the newest patch of a version that is not the newest."
    )
    notes: str = Field(description="What was said when it was published.")
    published_at: datetime | None = Field(description="null for what came with the service.")
    problem: Fault | None = Field(description="Why it is refused, where it is.")
    definition: str = Field(description="Address of the definition itself.")
    blank_forms: list[BlankFormOut] = Field(description="In each of its languages; for anybody.")
    codebook: str | None = Field(
        description="Address of the codebook, HTML for anybody: names, options, rules, sources. "
        "null where the version is refused.",
        examples=["/questionnaires/rcp-migration-development/2007/codebook"],
    )


@router.get("", summary="List the versions of all questionnaires", responses=refusals())
def list_questionnaires(
    caller: AnyCaller, paging: Paging, session: ReadSession, services: ServicesDep
) -> Page[VersionOut]:
    """Every version of every questionnaire, by slug and then by age."""
    visible = surveys_visible(caller) if isinstance(caller, UserCaller) else frozenset()
    found = versions(session, services.catalogue, survey_ids=visible)
    return paging.page(found, key=lambda one: f"{one.slug} {one.version}", show=_show)


@router.get(
    "/{slug}/versions", summary="List the versions of a questionnaire", responses=refusals(404)
)
def list_versions(
    slug: Slug, caller: AnyCaller, paging: Paging, session: ReadSession, services: ServicesDep
) -> Page[VersionOut]:
    """The versions of one questionnaire, the oldest first."""
    visible = surveys_visible(caller) if isinstance(caller, UserCaller) else frozenset()
    found = [
        one for one in versions(session, services.catalogue, survey_ids=visible) if one.slug == slug
    ]
    if not found:
        raise NotFound(f"There is no questionnaire «{slug}».")
    return paging.page(found, key=lambda one: one.version, show=_show)


@router.get(
    "/{slug}/versions/{version}",
    summary="Read a definition",
    response_class=JSONResponse,
    responses={
        200: {
            "description": "The definition in its canonical form, in XLSForm's names.",
            "content": {"application/json": {"schema": {"type": "object"}}},
            "headers": {"ETag": {"schema": {"type": "string"}}},
        },
        304: {"description": "Not changed: what the caller has is the newest."},
        **refusals(404),
    },
)
def get_definition(
    slug: Slug,
    version: Version,
    caller: AnyCaller,
    session: ReadSession,
    services: ServicesDep,
    *,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The definition byte for byte as it is checksummed: SHA-256 of the body is the ETag."""
    del caller  # anybody with a token may read what is asked
    definition = any_version(session, services.catalogue, slug, version)
    etag = etag_of(checksum(definition))
    if is_known(etag, if_none_match):
        return Response(status_code=304, headers={"ETag": etag})
    return Response(
        canonical_json(definition), media_type="application/json", headers={"ETag": etag}
    )


@router.get(
    "/{slug}/versions/{version}/file",
    summary="Download a definition",
    response_class=Response,
    responses={
        200: {"description": "The definition as a file.", "content": {"*/*": {}}},
        **refusals(404, 409),
    },
)
def get_version_file(
    slug: Slug,
    version: Version,
    caller: AnyCaller,
    session: ReadSession,
    services: ServicesDep,
    *,
    kind: Annotated[FormFormat, Query(alias="format", description="Kind of file.")] = (
        FormFormat.YAML
    ),
) -> Response:
    """The definition in a form that people edit."""
    del caller  # as above
    found = any_version(session, services.catalogue, slug, version)
    return form_file(found, kind)


@router.get(
    "/{slug}/versions/{version}/comparison",
    summary="Compare two versions",
    responses=refusals(404, 409),
)
def get_comparison(
    slug: Slug,
    version: Version,
    caller: AnyCaller,
    session: ReadSession,
    services: ServicesDep,
    *,
    to: Annotated[
        str, Query(max_length=32, description="A version; empty for the one before.")
    ] = "",
) -> ComparisonOut:
    """What became of each question, and whether answers can be compared."""
    del caller  # as above
    new = any_version(session, services.catalogue, slug, version)
    old = version_before(session, services.catalogue, new, named=to)
    return show_comparison(compare_versions(old, new))


@router.get(
    "/{slug}/versions/{version}/media/{name}",
    summary="Download a picture",
    response_class=Response,
    responses={
        200: {"description": "The picture.", "content": {"image/*": {}}},
        **refusals(404, 409),
    },
)
def get_picture(
    slug: Slug,
    version: Version,
    name: Annotated[str, InPath(description="As the definition names it.", examples=["map.png"])],
    caller: AnyCaller,
    session: ReadSession,
    *,
    services: ServicesDep,
) -> Response:
    """A picture that the form shows beside a label."""
    del caller  # as above
    found = any_version(session, services.catalogue, slug, version)
    return version_picture(services, session, found, name)


def find_version(
    session: Session, catalogue: Catalogue, identity: Identity, slug: str, version: str
) -> VersionOut:
    """One version as the list shows it."""
    visible = surveys_where(identity, Action.VIEW_BOARD)
    for entry in versions(session, catalogue, survey_ids=visible):
        if (entry.slug, entry.version) == (slug, version):
            return _show(entry)
    raise NotFound(f"There is no version «{version}» of a questionnaire «{slug}».")


def _show(entry: VersionEntry) -> VersionOut:
    return VersionOut(
        **entry.model_dump(exclude={"languages", "rounds", "problem"}),
        problem=None if entry.problem is None else show_faults([entry.problem])[0],
        languages=list(entry.languages),
        rounds=list(entry.rounds),
        definition=f"/api/v1/questionnaires/{entry.slug}/versions/{entry.version}",
        blank_forms=[]
        if entry.problem
        else blank_forms(entry.slug, entry.version, entry.languages),
        codebook=None if entry.problem else codebook_address(entry.slug, entry.version),
    )
