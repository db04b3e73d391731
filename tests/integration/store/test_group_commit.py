"""Units that wait for their turn to write share a commit, and nothing else."""

import asyncio
import itertools
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, col, select

from app.database import Database, FairLock
from app.database.engines import sqlite_engine
from app.database.group_commit import MOST_UNITS, GroupCommit, TransactionLost
from app.registry.models import Respondent
from tests.integration.store.rows import MOMENT

THREADS = 32
PATIENCE = 20.0
SAVER = """
import asyncio, itertools, sys
from datetime import UTC, datetime
from app.database import Database
from app.registry.models import Respondent

database = Database(sys.argv[1])

async def save(name):
    def add(session):
        session.add(Respondent(key=name, created_at=datetime.now(UTC)))
    await database.submit(add)
    sys.stdout.write(name + "\\n")
    sys.stdout.flush()

async def saver(number):
    for count in itertools.count():
        await save(f"r{number}-{count}")

async def main():
    await asyncio.gather(*(saver(number) for number in range(8)))

asyncio.run(main())
"""


class UnexpectedError(Exception):
    """What a service might raise in the middle of its work."""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def file(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.dispose()


@dataclass(frozen=True)
class Gathering:
    """A group over the writers of a file, whose turn the test decides on."""

    group: GroupCommit
    turn: FairLock

    def together(self, *works: Callable[[Session], object]) -> list[object]:
        """What becomes of units that come while somebody else writes."""
        with self.turn.hold():
            waiting = [self.group.submit(work) for work in works]
        return [future.exception(PATIENCE) or future.result() for future in waiting]


@pytest.fixture
def gathering(file: Database) -> Iterator[Gathering]:
    turn = FairLock()
    group = GroupCommit(file.writer, turn, most_seconds=PATIENCE)
    yield Gathering(group, turn)
    group.close()


def adding(key: str) -> Callable[[Session], str]:
    def add(session: Session) -> str:
        session.add(Respondent(key=key, created_at=MOMENT))
        session.flush()
        return key

    return add


def failing(key: str) -> Callable[[Session], None]:
    def fail(session: Session) -> None:
        adding(key)(session)
        raise UnexpectedError(key)

    return fail


def keys(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.exec(select(Respondent.key).order_by(col(Respondent.id))))


def commits(database: Database) -> list[None]:
    """A list that grows with every commit."""
    found: list[None] = []
    event.listen(database.writer, "commit", lambda _: found.append(None))
    return found


def test_submit_commits_before_it_answers(database: Database) -> None:
    async def save() -> list[str]:
        await database.submit(adding("puebla"))
        return await asyncio.to_thread(keys, database)

    assert asyncio.run(save()) == ["puebla"]


def test_submit_gives_what_the_unit_gives(database: Database) -> None:
    assert asyncio.run(database.submit(adding("puebla"))) == "puebla"


def test_submit_of_a_unit_that_raises_leaves_nothing_of_it(database: Database) -> None:
    async def save() -> list[object]:
        units = [adding("puebla"), failing("bali"), adding("colombo")]
        return await asyncio.gather(*map(database.submit, units), return_exceptions=True)

    results = asyncio.run(save())

    assert results[0] == "puebla"
    assert isinstance(results[1], UnexpectedError)
    assert results[2] == "colombo"
    assert sorted(keys(database)) == ["colombo", "puebla"]


def test_submit_of_many_tasks_loses_nothing(database: Database) -> None:
    names = [f"r{number:03d}" for number in range(200)]

    async def save() -> list[str]:
        return await asyncio.gather(*(database.submit(adding(name)) for name in names))

    assert asyncio.run(save()) == names
    assert sorted(keys(database)) == names


def test_submit_beside_other_writers_loses_nothing(database: Database) -> None:
    async def by_submitting(name: str) -> None:
        await database.submit(adding(name))

    async def by_writing(name: str) -> None:
        async with database.write_async() as session:
            await asyncio.to_thread(adding(name), session)

    async def save() -> None:
        await asyncio.gather(
            *(by_submitting(f"s{number:02d}") for number in range(30)),
            *(by_writing(f"w{number:02d}") for number in range(30)),
        )

    asyncio.run(save())

    assert len(keys(database)) == 60


def test_submit_after_dispose_begins_anew(file: Database) -> None:
    asyncio.run(file.submit(adding("puebla")))
    file.dispose()

    asyncio.run(file.submit(adding("bali")))

    assert keys(file) == ["puebla", "bali"]


def test_units_that_wait_together_are_committed_at_once_in_their_order(
    gathering: Gathering, file: Database
) -> None:
    counted = commits(file)
    names = [f"r{number}" for number in range(20)]

    results = gathering.together(*map(adding, names))

    assert results == names
    assert keys(file) == names
    assert len(counted) == 1


def test_a_group_has_a_most(gathering: Gathering, file: Database) -> None:
    counted = commits(file)
    names = [f"r{number:03d}" for number in range(MOST_UNITS * 2 + 1)]

    gathering.together(*map(adding, names))

    assert keys(file) == names
    assert len(counted) == 3


def test_a_group_takes_no_more_once_its_time_is_over(file: Database) -> None:
    counted = commits(file)
    turn = FairLock()
    hurried = GroupCommit(file.writer, turn, most_seconds=0)

    Gathering(hurried, turn).together(adding("puebla"), adding("bali"))

    hurried.close()
    assert keys(file) == ["puebla", "bali"]
    assert len(counted) == 2


def test_a_unit_that_breaks_a_constraint_harms_no_other(
    gathering: Gathering, file: Database
) -> None:
    results = gathering.together(adding("puebla"), adding("puebla"), adding("bali"))

    assert results[0] == "puebla"
    assert isinstance(results[1], IntegrityError)
    assert results[2] == "bali"
    assert keys(file) == ["puebla", "bali"]


def test_a_unit_that_rolls_its_session_back_harms_no_other(
    gathering: Gathering, file: Database
) -> None:
    def give_up(session: Session) -> str:
        adding("colombo")(session)
        session.rollback()
        return "given up"

    results = gathering.together(adding("puebla"), give_up, adding("bali"))

    assert results == ["puebla", "given up", "bali"]
    assert keys(file) == ["puebla", "bali"]


def test_a_commit_that_fails_fails_every_unit(gathering: Gathering, file: Database) -> None:
    def refuse(_: object) -> None:
        raise UnexpectedError

    event.listen(file.writer, "commit", refuse)
    results = gathering.together(adding("puebla"), adding("bali"))
    event.remove(file.writer, "commit", refuse)

    assert [type(result) for result in results] == [UnexpectedError, UnexpectedError]
    assert keys(file) == []
    assert gathering.together(adding("colombo")) == ["colombo"]
    assert keys(file) == ["colombo"]


def test_a_transaction_that_the_database_gives_up_fails_every_unit(
    gathering: Gathering, file: Database
) -> None:
    def lose(session: Session) -> None:
        # What SQLite does by itself when the disk is full.
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("ROLLBACK")

    results = gathering.together(adding("puebla"), lose, adding("bali"))

    assert isinstance(results[0], TransactionLost)
    assert isinstance(results[1], TransactionLost)
    assert results[2] == "bali"
    assert keys(file) == ["bali"]


def test_a_database_that_cannot_be_written_fails_the_unit_and_not_the_next(
    sqlite_url: str, file: Database
) -> None:
    engine = sqlite_engine(file.url, writes=False)
    group = GroupCommit(engine, FairLock())

    with pytest.raises(OperationalError, match="readonly"):
        group.submit(adding("puebla")).result(PATIENCE)
    with pytest.raises(OperationalError, match="readonly"):
        group.submit(adding("bali")).result(PATIENCE)

    group.close()
    engine.dispose()


def test_a_unit_that_is_cancelled_before_its_turn_is_not_run(
    gathering: Gathering, file: Database
) -> None:
    with gathering.turn.hold():
        first = gathering.group.submit(adding("puebla"))
        second = gathering.group.submit(adding("bali"))
        cancelled = second.cancel()

    assert first.result(PATIENCE) == "puebla"
    assert cancelled
    assert gathering.together(adding("colombo")) == ["colombo"]
    assert keys(file) == ["puebla", "colombo"]


def test_a_task_that_is_cancelled_leaves_the_unit_that_has_begun(file: Database) -> None:
    begun, goes_on = Event(), Event()

    def slow(session: Session) -> None:
        begun.set()
        goes_on.wait(PATIENCE)
        adding("puebla")(session)

    async def leave() -> None:
        task = asyncio.ensure_future(file.submit(slow))
        await asyncio.to_thread(begun.wait, PATIENCE)
        task.cancel()
        goes_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        await file.submit(adding("bali"))

    asyncio.run(leave())

    assert keys(file) == ["puebla", "bali"]


def test_threads_that_submit_lose_nothing_and_give_the_connection_back(
    gathering: Gathering, file: Database
) -> None:
    def save(thread: int) -> list[str]:
        names = [f"t{thread:02d}-{number}" for number in range(10)]
        return [gathering.group.submit(adding(name)).result(PATIENCE) for name in names]

    with ThreadPoolExecutor(THREADS) as threads:
        saved = list(itertools.chain.from_iterable(threads.map(save, range(THREADS))))

    assert sorted(keys(file)) == sorted(saved)
    assert len(saved) == THREADS * 10
    assert isinstance(file.writer.pool, QueuePool)
    assert file.writer.pool.checkedout() == 0


def test_what_was_acknowledged_survives_a_process_that_is_killed(
    database_url: str, database: Database
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SAVER, database_url], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(60)]
    process.send_signal(signal.SIGKILL)
    acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait(PATIENCE)
    process.stdout.close()

    assert len(acknowledged) >= 60
    assert set(acknowledged) <= set(keys(database))
