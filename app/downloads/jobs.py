"""The jobs of downloads: build the files asked for, and delete those whose time is over."""

import hashlib
import logging
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict
from sqlalchemy import update
from sqlmodel import col, select

from app.clock import Clock
from app.database import Database
from app.downloads.models import Export, ExportState
from app.downloads.service import file_of
from app.errors import AppError, Invalid
from app.jobs.job import Fate, Job, Kind
from app.jobs.queue import JobQueue
from app.private_files import make_private_file
from app.rounds.models import Round
from app.synthesis.snapshot import build_snapshot
from exports.contract import Exporter
from exports.records import ExportProgress

BUILD_EXPORT = "build_export"
MOST_CRASHES = 3
"""So often a file that took the worker down with it is begun again; then it counts as failed."""
SECONDS_BETWEEN_NOTES = 0.5

logger = logging.getLogger(__name__)


class Built(BaseModel):
    """What came of building a file, as it is kept between building and writing down."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime
    error: str = ""
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class Workshop:
    """Builds the files that were asked for."""

    database: Database
    clock: Clock
    data_dir: Path
    retention: timedelta
    exporters: Mapping[str, Exporter]

    def kind(self) -> Kind:
        """How files are built: one at a time, since each takes much memory and processor time."""
        return Kind(
            name=BUILD_EXPORT,
            act=self.build,
            record=self.note,
            at_once=1,
            most_crashes=MOST_CRASHES,
        )

    def build(self, export_id: int, attempt: int) -> str:
        """Build a file from its beginning, whatever an earlier run left behind."""
        del attempt
        try:
            return self._build(export_id).model_dump_json()
        except Invalid as error:
            words = " ".join(f"{one.message} {one.mend}".strip() for one in error.problems)
        except AppError as error:
            words = f"{error.message} {error.mend}".strip()
        except Exception:
            logger.exception("Export %s could not be built.", export_id)
            words = "The service failed while building it; its log tells more."
        return Built(at=self.clock.now(), error=words).model_dump_json()

    def _build(self, export_id: int) -> Built:
        with self.database.write() as session:
            export = session.get(Export, export_id)
            if export is None or export.state not in {ExportState.WAITING, ExportState.BUILDING}:
                return Built(at=self.clock.now())
            export.state = ExportState.BUILDING
            export.step = "Reading the round"
            session.add(export)
            slug = session.get_one(Round, export.round_id).slug
        snapshot = build_snapshot(self.database, slug, as_of=export.as_of)
        exporter = self.exporters[export.exporter]
        path = file_of(export, data_dir=self.data_dir)
        with _written_whole(path) as stream:
            exporter.write(snapshot, stream, progress=_Notes(self.database, export_id))
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return Built(at=self.clock.now(), size=path.stat().st_size, sha256=digest)

    def note(self, export_id: int, attempt: int, result: str) -> None:
        """Write down what came of it."""
        del attempt
        built = Built.model_validate_json(result)
        with self.database.write() as session:
            export = session.get(Export, export_id, with_for_update=True)
            if export is None or export.state not in {ExportState.WAITING, ExportState.BUILDING}:
                return
            export.finished_at = built.at
            export.step = ""
            if built.error:
                export.state = ExportState.FAILED
                export.error = built.error
            else:
                export.state = ExportState.READY
                export.done = export.total
                export.size = built.size
                export.sha256 = built.sha256
                export.expires_at = built.at + self.retention
            session.add(export)

    def enqueue_waiting(self, queue: JobQueue) -> int:
        """Ask for the files that wait and that nothing works on; returns how many."""
        with self.database.read() as session:
            exports = session.exec(
                select(Export)
                .where(col(Export.state).in_([ExportState.WAITING, ExportState.BUILDING]))
                .order_by(col(Export.id))
            ).all()
        jobs = [job_of(export) for export in exports]
        again = [replace(job, workflow_id=f"{job.workflow_id}-again") for job in jobs]
        fates = queue.fates([job.workflow_id for job in (*jobs, *again)])
        asked = []
        for export, first, second in zip(exports, jobs, again, strict=True):
            # A run that ended before the row could be seen did nothing: it gets a second one.
            early = (export.state, fates[first.workflow_id]) == (ExportState.WAITING, Fate.ENDED)
            job = second if early else first
            match fates[job.workflow_id]:
                case Fate.UNKNOWN:
                    asked.append(job)
                case Fate.UNDER_WAY:
                    pass
                case Fate.ENDED | Fate.FAILED:
                    self._note_lost(job)
        queue.enqueue(asked)
        return len(asked)

    def _note_lost(self, job: Job) -> None:
        words = "The service stopped several times while building it."
        built = Built(at=self.clock.now(), error=words)
        self.note(job.row_id, job.attempt, built.model_dump_json())

    def delete_expired(self) -> int:
        """Delete the files whose time is over; their rows stay. Returns how many."""
        with self.database.read() as session:
            expired = session.exec(
                select(Export)
                .where(col(Export.state) == ExportState.READY)
                .where(col(Export.expires_at) <= self.clock.now())
            ).all()
        for export in expired:
            # The file first: should the service stop between the two, the row brings it back here.
            file_of(export, data_dir=self.data_dir).unlink(missing_ok=True)
            with self.database.write() as session:
                session.execute(
                    update(Export)
                    .where(col(Export.id) == export.id)
                    .values(state=ExportState.EXPIRED)
                )
        return len(expired)


def job_of(export: Export) -> Job:
    """The job that builds a file."""
    if export.id is None:
        message = "The export is not in the database yet."
        raise ValueError(message)
    return Job(f"export-{export.key}", BUILD_EXPORT, export.id)


class _Notes:
    """Writes progress into the row, at most twice a second, in transactions of its own."""

    def __init__(self, database: Database, export_id: int) -> None:
        self._database = database
        self._export_id = export_id
        self._last = -SECONDS_BETWEEN_NOTES

    def __call__(self, progress: ExportProgress) -> None:
        now = time.monotonic()
        if now - self._last < SECONDS_BETWEEN_NOTES:
            return
        self._last = now
        with self._database.write() as session:
            session.execute(
                update(Export)
                .where(col(Export.id) == self._export_id)
                .where(col(Export.state) == ExportState.BUILDING)
                .values(done=progress.done, total=progress.total, step=progress.step[:200])
            )


@contextmanager
def _written_whole(path: Path) -> Iterator[BinaryIO]:
    """A stream that becomes the file when the block ends well; until then the file is not there."""
    part = path.with_name(f"{path.name}.part")
    make_private_file(part)
    try:
        with part.open("w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
