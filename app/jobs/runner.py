"""Run jobs durably: DBOS keeps what was begun, takes it up again after a crash, and ticks."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

from app.jobs.address import prepare_workflow_file
from app.jobs.identity import Identity
from app.jobs.job import Kind
from app.jobs.queue import APPLICATION

# Handlers look at their rows afresh, so a new release takes up what the old one left. DBOS would
# otherwise leave work alone whose code has changed.
APPLICATION_VERSION = "1"
EVERY_MINUTE = "* * * * *"
TICK = "tick"
CONNECTIONS = 10
POLL_SECONDS = 0.5
RECORD_TRIES = 10
"""With pauses that double: the database may be away for eight minutes."""

logger = logging.getLogger(__name__)


class Runner:
    """The process's one DBOS; making one starts nothing."""

    def __init__(
        self,
        *,
        url: str,
        worker_id: str,
        identity: Identity,
        kinds: Sequence[Kind],
        tick: Callable[[], None],
        schedule: str = EVERY_MINUTE,
    ) -> None:
        self._url = url
        self._worker_id = worker_id
        self._identity = identity
        self._kinds = kinds
        self._tick = tick
        self._schedule = schedule

    def start(self) -> None:
        """Take up what this worker left behind, listen to the queues, and tick at once."""
        self._identity.take()
        try:
            self._launch()
        except BaseException:
            self.stop(patience_seconds=0)
            raise

    def stop(self, *, patience_seconds: int = 10) -> None:
        """Begin nothing more, wait a little for what runs, and let go.

        What is not done by then is taken up when a worker of this name starts again.
        """
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience_seconds)
        self._identity.give_back()

    def _launch(self) -> None:
        prepare_workflow_file(self._url)
        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_url": self._url,
            "executor_id": self._worker_id,
            "application_version": APPLICATION_VERSION,
            # The default would unpickle whatever stands in the database.
            "serializer": DBOSPortableJSONSerializer(),
            "sys_db_pool_size": CONNECTIONS,
            "log_level": "WARNING",
            "enable_otlp": False,
        }
        DBOS(config=config)
        for kind in self._kinds:
            _register(kind)
        ticking = _register_tick(self._tick)
        DBOS.launch()
        for kind in self._kinds:
            DBOS.register_queue(
                kind.name,
                worker_concurrency=kind.at_once,
                limiter=({"limit": kind.per_minute, "period": 60.0} if kind.per_minute else None),
                polling_interval_sec=POLL_SECONDS,
                on_conflict="always_update",
            )
        # A limit over all workers would let one that died during its tick stop the others' too.
        DBOS.register_queue(
            TICK,
            worker_concurrency=1,
            polling_interval_sec=POLL_SECONDS,
            on_conflict="always_update",
        )
        DBOS.apply_schedules(
            [
                {
                    "schedule_name": TICK,
                    "workflow_fn": ticking,
                    "schedule": self._schedule,
                    "queue_name": TICK,
                    # A tick looks at everything, so those that were missed need not be made up.
                    "automatic_backfill": False,
                }
            ]
        )
        DBOS.trigger_schedule(TICK)


def _register(kind: Kind) -> None:
    """Make a kind of job known to DBOS: a workflow of two steps."""

    @DBOS.step(name=f"{kind.name}.act")
    def act(row_id: int, attempt: int) -> str:
        return kind.act(row_id, attempt)

    @DBOS.step(name=f"{kind.name}.record", retries_allowed=True, max_attempts=RECORD_TRIES)
    def record(row_id: int, attempt: int, result: str) -> None:
        kind.record(row_id, attempt, result)

    @DBOS.workflow(name=kind.name, max_recovery_attempts=kind.most_crashes)
    def work(row_id: int, attempt: int) -> None:
        record(row_id, attempt, act(row_id, attempt))


def _register_tick(tick: Callable[[], None]) -> Callable[[datetime, object], None]:
    @DBOS.workflow(name=TICK)
    def ticking(scheduled_for: datetime, context: object) -> None:
        del scheduled_for, context  # what is due is told by the service's own clock
        try:
            tick()
        except Exception:
            logger.exception("A sweep failed; the next one tries again.")

    return ticking
