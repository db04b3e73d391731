"""Exports: ask for a file, see how far it is, download it."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Response
from fastapi import Path as InPath
from pydantic import AwareDatetime, Field
from sqlmodel import col, select

from app.accounts.policy import Action
from app.api.v1.doors import round_for
from app.api.v1.models import ApiInput, ApiModel, Page
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.audit.service import record
from app.downloads.jobs import job_of
from app.downloads.models import Export, ExportState
from app.downloads.queries import export_by_key
from app.downloads.service import open_file, request_export
from app.errors import NotFound
from app.rounds.access import RoundAccess
from app.web.attachments import attachment
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/rounds/{slug}/exports", tags=["exports"])
Downloading = Annotated[RoundAccess, round_for(Action.DOWNLOAD)]
ExportKey = Annotated[str, InPath(description="Random key of the export.")]


class ExportIn(ApiInput):
    """A file to build."""

    exporter: str = Field(examples=["annex-b"], max_length=64)
    as_of: AwareDatetime | None = Field(
        default=None,
        description="The moment whose state is shown, with its zone; null for now.",
        examples=["2007-07-09T00:00:00Z"],
    )


class ExportOut(ApiModel):
    """A file that was asked for."""

    key: str
    exporter: str
    as_of: datetime
    state: ExportState
    done: int
    total: int
    step: str = Field(description="What is being done, in words.")
    error: str = Field(description="Why it failed, in words.")
    file_name: str = Field(examples=["gfmd-2007-annex-b-2007-07-09.xlsx"])
    media_type: str
    size: int
    sha256: str
    requested_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None
    file: str | None = Field(description="Address to download it from, once it is ready.")


@router.get("", summary="List the exports of a round", responses=refusals(404))
def list_exports(access: Downloading, paging: Paging, session: ReadSession) -> Page[ExportOut]:
    """The newest first. Expired ones stay on the list, without their file."""
    rows = session.exec(
        select(Export).where(Export.round_id == access.round_id).order_by(col(Export.id).desc())
    ).all()
    return paging.page(rows, key=lambda one: one.key, show=lambda one: _show(one, access))


@router.post(
    "",
    status_code=202,
    summary="Ask for a file",
    responses={
        202: {
            "headers": {
                "Location": {
                    "description": "Where to see how far it is.",
                    "schema": {"type": "string"},
                }
            }
        },
        **refusals(404),
    },
)
def create_export(
    asked: ExportIn,
    access: Downloading,
    response: Response,
    soon: BackgroundTasks,
    services: ServicesDep,
    *,
    session: WriteSession,
) -> ExportOut:
    """A worker builds the file. The same moment always gives the same bytes."""
    export = request_export(
        session,
        exporter=asked.exporter,
        round_=access.round,
        as_of=asked.as_of or services.clock.now(),
        user_id=access.identity.user_id,
        clock=services.clock,
    )
    record(
        session,
        clock=services.clock,
        actor=access.identity.actor,
        action="export.requested",
        subject=f"export:{export.id}",
        details={"exporter": export.exporter, "round": access.round.slug},
    )
    # Sent after the commit; what cannot be enqueued now, the next sweep finds.
    soon.add_task(services.jobs.try_to_enqueue, [job_of(export)])
    response.headers["Location"] = _address(export, access)
    return _show(export, access)


@router.get("/{export}", summary="See how far an export is", responses=refusals(404))
def get_export(export: ExportKey, access: Downloading, session: ReadSession) -> ExportOut:
    """State, progress, and the file's size and checksum once it is built."""
    return _show(_find(session, export, access), access)


@router.get(
    "/{export}/file",
    summary="Download an export",
    response_class=Response,
    responses={
        200: {"description": "The file.", "content": {"*/*": {}}},
        **refusals(404, 409, 410),
    },
)
def get_export_file(
    export: ExportKey, access: Downloading, session: ReadSession, services: ServicesDep
) -> Response:
    """The bytes of the file, always as an attachment."""
    found = _find(session, export, access)
    path = open_file(found, data_dir=services.settings.data_dir, clock=services.clock)
    return attachment(
        path.open("rb"),
        file_name=found.file_name,
        media_type=found.media_type,
        size=found.size,
    )


def _find(session: ReadSession, key: str, access: RoundAccess) -> Export:
    export = export_by_key(session, key)
    if export.round_id != access.round_id:
        raise NotFound("There is no such file in this round.")
    return export


def _address(export: Export, access: RoundAccess) -> str:
    return f"/api/v1/rounds/{access.round.slug}/exports/{export.key}"


def _show(export: Export, access: RoundAccess) -> ExportOut:
    ready = export.state is ExportState.READY
    return ExportOut(
        **export.model_dump(exclude={"id", "round_id", "requested_by_id"}),
        file=f"{_address(export, access)}/file" if ready else None,
    )
