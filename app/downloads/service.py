"""Ask for a file, and get it once it is built."""

import secrets
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.clock import Clock
from app.downloads.models import Export, ExportState
from app.errors import Conflict, Gone, NotFound, NotReady
from app.rounds.models import Round
from app.synthesis.as_of import check_as_of, check_is_known
from exports.registry import EXPORTERS

FOLDER = "exports"


def request_export(
    session: Session,
    *,
    exporter: str,
    round_: Round,
    as_of: datetime,
    user_id: int | None,
    clock: Clock,
) -> Export:
    """Ask for a file of a round as it stood at ``as_of``. A worker builds it.

    Raises ``NotFound`` for an unknown export, ``Invalid`` for a moment that cannot be shown.
    """
    chosen = EXPORTERS.get(exporter)
    if chosen is None:
        raise NotFound(
            f"There is no export «{exporter}».", mend=f"Choose one of: {', '.join(EXPORTERS)}."
        )
    if round_.id is None:
        message = "The round is not in the database yet."
        raise ValueError(message)
    check_as_of(as_of, now=clock.now())
    check_is_known(session, round_, as_of)
    day = as_of.astimezone(ZoneInfo(round_.time_zone)).date()
    export = Export(
        key=secrets.token_urlsafe(24),
        exporter=exporter,
        round_id=round_.id,
        requested_by_id=user_id,
        requested_at=clock.now(),
        as_of=as_of,
        file_name=f"{round_.slug}-{exporter}-{day.isoformat()}{chosen.suffix}",
        media_type=chosen.media_type,
    )
    session.add(export)
    session.flush()
    return export


def open_file(export: Export, *, data_dir: Path, clock: Clock) -> Path:
    """Where the file of an export is. Whoever asks has checked that it may be given out."""
    expired = export.expires_at is not None and export.expires_at <= clock.now()
    match export.state:
        case ExportState.WAITING | ExportState.BUILDING:
            raise NotReady("The file is still being built.", mend="Come back in a minute.")
        case ExportState.FAILED:
            raise Conflict(f"The file could not be built. {export.error}", mend="Ask for it again.")
        case ExportState.EXPIRED:
            expired = True
        case ExportState.READY:
            pass
    path = file_of(export, data_dir=data_dir)
    if expired or not path.is_file():
        raise Gone(
            "The file was deleted at the end of its time.",
            mend="Ask for it again, with the same date: it will say the same.",
        )
    return path


def file_of(export: Export, *, data_dir: Path) -> Path:
    """The path of an export's file, whether or not it is there."""
    return data_dir / FOLDER / export.key
