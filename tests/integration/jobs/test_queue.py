"""Jobs run once for each time they are wanted, and what became of them can be asked."""

import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from app.jobs.address import workflow_database_url
from app.jobs.identity import WorkerRefused, identity_of
from app.jobs.job import Fate, Job, Kind
from app.jobs.queue import JobQueue
from app.jobs.runner import Runner
from tests.fixtures.service import make_settings
from tests.integration.jobs.processes import wait_until


class Counter:
    """A kind of job that counts how often its halves are done."""

    def __init__(self, *, fails: bool = False) -> None:
        self.acted: list[tuple[int, int]] = []
        self.recorded: list[tuple[int, int, str]] = []
        self.ticks = 0
        self._fails = fails

    def act(self, row_id: int, attempt: int) -> str:
        self.acted.append((row_id, attempt))
        if self._fails:
            message = "The job was told to fail."
            raise RuntimeError(message)
        return "done"

    def record(self, row_id: int, attempt: int, result: str) -> None:
        self.recorded.append((row_id, attempt, result))

    def tick(self) -> None:
        self.ticks += 1

    def kind(self) -> Kind:
        return Kind(name="count", act=self.act, record=self.record, at_once=1)


@pytest.fixture
def url(database_url: str, tmp_path: Path) -> str:
    """Where workflows are kept, beside each kind of database."""
    return workflow_database_url(make_settings(database_url, tmp_path / "data"))


@pytest.fixture
def queue(url: str) -> Iterator[JobQueue]:
    queue = JobQueue(url)
    yield queue
    queue.close()


def modes(folder: Path) -> dict[str, int]:
    """The permissions of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in files}


@contextmanager
def running(
    url: str,
    folder: Path,
    counter: Counter,
    *,
    worker_id: str = "worker-0",
    tick: Callable[[], None] | None = None,
) -> Iterator[None]:
    runner = Runner(
        url=url,
        worker_id=worker_id,
        identity=identity_of(worker_id, workflow_url=url, folder=folder),
        kinds=[counter.kind()],
        tick=tick or counter.tick,
    )
    # In a thread without an event loop: a browser test in this process leaves one running.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(runner.start).result()
    try:
        yield
    finally:
        runner.stop(patience_seconds=0)


def test_job_asked_for_twice_runs_once(url: str, queue: JobQueue, tmp_path: Path) -> None:
    counter = Counter()
    job = Job("count-a", "count", 7, 2)

    with running(url, tmp_path, counter):
        queue.enqueue([job, job])
        wait_until(lambda: queue.fates(["count-a"])["count-a"] is Fate.ENDED)
        queue.enqueue([job, Job("count-b", "count", 8)])
        wait_until(lambda: queue.fates(["count-b"])["count-b"] is Fate.ENDED)

    assert counter.acted == [(7, 2), (8, 0)]
    assert counter.recorded == [(7, 2, "done"), (8, 0, "done")]


def test_job_nobody_asked_for_is_unknown(url: str, queue: JobQueue, tmp_path: Path) -> None:
    with running(url, tmp_path, Counter()):
        assert queue.fates(["count-a"]) == {"count-a": Fate.UNKNOWN}
    assert queue.fates([]) == {}


def test_job_that_raises_counts_as_failed(url: str, queue: JobQueue, tmp_path: Path) -> None:
    counter = Counter(fails=True)

    with running(url, tmp_path, counter):
        queue.enqueue([Job("count-a", "count", 7)])
        wait_until(lambda: queue.fates(["count-a"])["count-a"] is Fate.FAILED)

    assert counter.recorded == []


def test_job_asked_for_without_a_worker_waits_for_one(
    url: str, queue: JobQueue, tmp_path: Path
) -> None:
    counter = Counter()
    with running(url, tmp_path, counter):
        pass

    queue.enqueue([Job("count-a", "count", 7)])
    assert queue.fates(["count-a"]) == {"count-a": Fate.UNDER_WAY}
    with running(url, tmp_path, counter):
        wait_until(lambda: queue.fates(["count-a"])["count-a"] is Fate.ENDED)

    assert counter.recorded == [(7, 0, "done")]


def test_queue_that_no_worker_has_made_yet_does_not_fail_a_request(
    queue: JobQueue, caplog: pytest.LogCaptureFixture
) -> None:
    assert queue.try_to_enqueue([Job("count-a", "count", 7)]) is False

    assert "wait for the next sweep" in caplog.text


def test_queue_that_can_be_reached_takes_the_job(url: str, queue: JobQueue, tmp_path: Path) -> None:
    counter = Counter()

    with running(url, tmp_path, counter):
        assert queue.try_to_enqueue([Job("count-a", "count", 7)]) is True
        wait_until(lambda: queue.fates(["count-a"])["count-a"] is Fate.ENDED)

    assert counter.recorded == [(7, 0, "done")]


def test_worker_sweeps_as_soon_as_it_starts(url: str, tmp_path: Path) -> None:
    counter = Counter()

    with running(url, tmp_path, counter):
        wait_until(lambda: counter.ticks == 1)


def test_sweep_that_fails_stops_nothing(
    url: str, queue: JobQueue, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    counter = Counter()
    swept = Event()

    def fail() -> None:
        swept.set()
        message = "The database is away."
        raise RuntimeError(message)

    with running(url, tmp_path, counter, tick=fail):
        assert swept.wait(10)
        queue.enqueue([Job("count-a", "count", 7)])
        wait_until(lambda: queue.fates(["count-a"])["count-a"] is Fate.ENDED)

    assert counter.recorded == [(7, 0, "done")]
    assert "A sweep failed" in caplog.text


def test_pruning_keeps_what_ended_lately(url: str, queue: JobQueue, tmp_path: Path) -> None:
    with running(url, tmp_path, Counter()):
        queue.enqueue([Job("count-a", "count", 7)])
        wait_until(lambda: queue.fates(["count-a"])["count-a"] is Fate.ENDED)

        assert queue.prune() == 0
        assert queue.fates(["count-a"]) == {"count-a": Fate.ENDED}


def test_second_worker_of_a_name_is_refused(url: str, tmp_path: Path) -> None:
    counter = Counter()

    with running(url, tmp_path, counter):
        second = identity_of("worker-0", workflow_url=url, folder=tmp_path)
        with pytest.raises(WorkerRefused) as refusal:
            second.take()
        other = identity_of("worker-1", workflow_url=url, folder=tmp_path)
        other.take()
        other.give_back()

    assert refusal.value.message == "A worker named «worker-0» is running already."
    assert "--id" in refusal.value.mend


def test_name_is_free_again_after_its_worker_stopped(url: str, tmp_path: Path) -> None:
    for _ in range(2):
        identity = identity_of("worker-0", workflow_url=url, folder=tmp_path)
        identity.take()
        identity.give_back()


@pytest.mark.parametrize("name", ["", "a b", "../x", "-x", "x" * 65])
def test_name_that_makes_no_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(WorkerRefused, match="cannot be the name of a worker"):
        identity_of(name, workflow_url="sqlite:///x", folder=tmp_path)


@pytest.mark.parametrize("first", ["queue", "worker"])
def test_file_of_workflows_is_readable_by_its_owner_alone(
    sqlite_url: str, tmp_path: Path, first: str
) -> None:
    data = tmp_path / "data"
    url = workflow_database_url(make_settings(sqlite_url, data))

    if first == "queue":
        queue = JobQueue(url)
        queue.try_to_enqueue([Job("count-a", "count", 7)])
        found = modes(data)
        queue.close()
    else:
        with running(url, data / "workers", Counter()):
            found = modes(data)

    assert "workflows.sqlite3" in found
    assert set(found.values()) == {0o600}
