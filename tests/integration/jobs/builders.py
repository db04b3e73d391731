"""Exporters that do what a test wants, and a workshop that has them."""

import os
import signal
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import BinaryIO

from sqlmodel import Session, select

from app.downloads.jobs import Workshop
from app.downloads.models import Export
from app.rounds.models import Round
from app.services import Services
from exports.contract import Exporter, ProgressCallback
from exports.records import ExportProgress, RoundSnapshot

CONTENT = b"what an exporter writes"
NAME = "test"


class Writing:
    """Writes a few bytes, and does something else in the middle of them."""

    name = NAME
    title = "Test"
    media_type = "application/octet-stream"
    suffix = ".bin"

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self._meanwhile = meanwhile

    def write(
        self, snapshot: RoundSnapshot, stream: BinaryIO, *, progress: ProgressCallback
    ) -> None:
        progress(ExportProgress(done=1, total=2, step=f"Writing {snapshot.round.slug}"))
        stream.write(CONTENT[:5])
        stream.flush()
        self._meanwhile()
        stream.write(CONTENT[5:])
        progress(ExportProgress(done=2, total=2, step="Done"))


def die() -> None:
    """End as a machine that loses its power does."""
    os.kill(os.getpid(), signal.SIGKILL)


def workshop(services: Services, exporter: Exporter) -> Workshop:
    exporters: Mapping[str, Exporter] = {NAME: exporter}
    return Workshop(
        database=services.database,
        clock=services.clock,
        data_dir=services.settings.data_dir,
        retention=timedelta(days=30),
        exporters=exporters,
    )


def ask(session: Session, services: Services, *, key: str = "key") -> Export:
    """An export that waits, of the round that was opened by hand."""
    round_ = session.exec(select(Round).where(Round.slug == "by-hand")).one()
    now = services.clock.now()
    export = Export(
        key=key,
        exporter=NAME,
        round_id=round_.id or 0,
        requested_at=now,
        as_of=now,
        file_name="test.bin",
        media_type="application/octet-stream",
    )
    session.add(export)
    session.flush()
    return export
