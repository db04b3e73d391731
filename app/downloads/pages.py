"""The page of a round's downloads."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request, Response
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.downloads.models import Export, ExportState
from app.downloads.queries import exports_of
from app.rounds.access import RoundAccess
from app.web.pages import page
from exports.registry import EXPORTERS
from questionnaires.problems import Problem

REFRESH_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A file with the name of who asked for it."""

    export: Export
    title: str
    asked_by: str
    expired: bool


def downloads_page(
    request: Request,
    session: Session,
    access: RoundAccess,
    *,
    follow: bool = False,
    problems: Sequence[Problem] = (),
    as_of: str = "",
) -> Response:
    """The files of a round. While one is being built, a reader who follows sees it progress.

    The page loads itself again only for who asked to follow, and offers to stop: a page that
    jumps back to its beginning by itself is unreadable to some.
    """
    now = request.app.state.services.clock.now()
    exports = exports_of(session, access.round_id)
    names = _names(session, {one.requested_by_id for one in exports if one.requested_by_id})
    busy = any(one.state in {ExportState.WAITING, ExportState.BUILDING} for one in exports)
    entries = [
        Entry(
            export=one,
            title=EXPORTERS[one.exporter].title if one.exporter in EXPORTERS else one.exporter,
            asked_by=names.get(one.requested_by_id or 0, "the command line"),
            expired=one.state is ExportState.EXPIRED
            or (one.expires_at is not None and one.expires_at <= now),
        )
        for one in exports
    ]
    return page(
        request,
        "downloads/list.html",
        {
            "notice": access.round.notice,
            "round": access.round,
            "survey": access.survey,
            "zone": access.round.time_zone,
            "here": f"/organiser/rounds/{access.round.slug}/downloads",
            "entries": entries,
            "exporters": EXPORTERS,
            "busy": busy,
            "follow": follow,
            "problems": problems,
            "as_of": as_of,
            "days": request.app.state.services.settings.export_retention_days,
        },
        status=422 if problems else 200,
        headers={"Refresh": str(REFRESH_SECONDS)} if busy and follow else None,
    )


def _names(session: Session, user_ids: set[int]) -> dict[int, str]:
    rows = session.exec(select(User.id, User.name).where(col(User.id).in_(user_ids)))
    return {user_id: name for user_id, name in rows if user_id is not None}
