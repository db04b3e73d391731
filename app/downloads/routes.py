"""The routes of a round's downloads."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.background import BackgroundTask

from app.accounts.policy import Action
from app.audit.service import record
from app.downloads.forms import ExportInput
from app.downloads.jobs import job_of
from app.downloads.pages import downloads_page
from app.downloads.queries import export_by_key
from app.downloads.service import open_file, request_export
from app.errors import Invalid, NotFound
from app.rounds.access import RoundAccess, may
from app.web.attachments import attachment
from app.web.csrf import check_csrf
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/organiser/rounds/{slug}/downloads", include_in_schema=False)
Downloading = Annotated[RoundAccess, may(Action.DOWNLOAD)]


@router.get("")
def downloads(
    request: Request, session: ReadSession, access: Downloading, *, follow: bool = False
) -> Response:
    return downloads_page(request, session, access, follow=follow)


@router.post("", dependencies=[Depends(check_csrf)])
def ask(
    request: Request,
    form: ExportInput,
    services: ServicesDep,
    access: Downloading,
    session: WriteSession,
) -> Response:
    try:
        export = request_export(
            session,
            exporter=form.exporter,
            round_=access.round,
            as_of=form.moment(access.round.time_zone, now=services.clock.now()),
            user_id=access.identity.user_id,
            clock=services.clock,
        )
    except Invalid as error:
        return downloads_page(request, session, access, problems=error.problems, as_of=form.as_of)
    record(
        session,
        clock=services.clock,
        actor=access.identity.actor,
        action="export.requested",
        subject=f"export:{export.id}",
        details={"exporter": export.exporter, "round": access.round.slug},
    )
    # Sent after the commit; what cannot be enqueued now, the next sweep finds.
    soon = BackgroundTask(services.jobs.try_to_enqueue, [job_of(export)])
    address = f"/organiser/rounds/{access.round.slug}/downloads?follow=1"
    return RedirectResponse(address, status_code=303, background=soon)


@router.get("/{export_key}")
def download(
    export_key: str, session: ReadSession, services: ServicesDep, access: Downloading
) -> Response:
    export = export_by_key(session, export_key)
    if export.round_id != access.round_id:
        raise NotFound("There is no such file in this round.")
    path = open_file(export, data_dir=services.settings.data_dir, clock=services.clock)
    return attachment(
        path.open("rb"),
        file_name=export.file_name,
        media_type=export.media_type,
        size=export.size,
    )
