"""Ask for jobs and see what became of them, from any process: web, worker or command."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from sqlite3 import Error as SqliteError
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from app.jobs.address import prepare_workflow_file
from app.jobs.job import Fate, Job

if TYPE_CHECKING:
    from dbos import DBOSClient

APPLICATION = "rapporteur"
KEPT = timedelta(days=7)
"""How long the traces of finished workflows are kept."""
PRUNED_AT_ONCE = 500

logger = logging.getLogger(__name__)


class JobQueue:
    """The waiting line of jobs, as DBOS keeps it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client: DBOSClient | None = None
        self._lock = Lock()

    def enqueue(self, jobs: Iterable[Job]) -> None:
        """Ask for jobs; each runs once, however often it is asked for."""
        client = self._connected()
        for job in jobs:
            client.enqueue(
                {
                    "workflow_name": job.kind,
                    "queue_name": job.kind,
                    "workflow_id": job.workflow_id,
                },
                job.row_id,
                job.attempt,
            )

    def try_to_enqueue(self, jobs: Iterable[Job]) -> bool:
        """Ask for jobs if it can be done at once; otherwise the next sweep asks for them.

        For use after a commit: the rows are safe, and the person who waits for the answer must not
        be told that something failed.
        """
        from dbos import error as dbos_error  # noqa: PLC0415 - as in _connected

        try:
            self.enqueue(jobs)
        except (SQLAlchemyError, dbos_error.DBOSException, OSError, SqliteError):
            logger.warning("Jobs wait for the next sweep: their queue could not be reached.")
            return False
        return True

    def fates(self, workflow_ids: Sequence[str]) -> Mapping[str, Fate]:
        """What became of jobs."""
        if not workflow_ids:
            return {}
        fates = dict.fromkeys(workflow_ids, Fate.UNKNOWN)
        for status in self._connected().list_workflows(
            workflow_ids=list(workflow_ids), load_input=False, load_output=False
        ):
            match status.status:
                case "ENQUEUED" | "DELAYED" | "PENDING":
                    fates[status.workflow_id] = Fate.UNDER_WAY
                case "SUCCESS":
                    fates[status.workflow_id] = Fate.ENDED
                case _:
                    fates[status.workflow_id] = Fate.FAILED
        return fates

    def prune(self) -> int:
        """Forget workflows that ended long ago; their rows tell what came of them."""
        client = self._connected()
        before = (datetime.now(UTC) - KEPT).isoformat()
        old = client.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED"],
            completed_before=before,
            limit=PRUNED_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        if old:
            client.delete_workflows([status.workflow_id for status in old])
        return len(old)

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            if self._client is not None:
                self._client.destroy()
                self._client = None

    def _connected(self) -> "DBOSClient":
        # Loading DBOS takes longer than most commands run.
        from dbos import DBOSClient, DBOSPortableJSONSerializer  # noqa: PLC0415

        with self._lock:
            if self._client is None:
                prepare_workflow_file(self.url)
                self._client = DBOSClient(
                    system_database_url=self.url,
                    serializer=DBOSPortableJSONSerializer(),
                    application_name=APPLICATION,
                    lazy=True,
                    retry_connection_errors=False,
                )
            return self._client
