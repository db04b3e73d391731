"""Units of work that share a commit stand and fall by themselves, and are saved once answered."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.database import Database
from app.database.group_commit import MOST_UNITS, TransactionLost
from app.errors import Invalid
from app.registry.models import Respondent
from tests.integration.store.rows import MOMENT

Result = TypeVar("Result")
Unit = Callable[[Session], int]


class UnexpectedError(Exception):
    """What a service might raise in the middle of its work."""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.dispose()


def adding(key: str) -> Unit:
    def add(session: Session) -> int:
        row = Respondent(key=key, created_at=MOMENT)
        session.add(row)
        session.flush()
        return row.id or 0

    return add


def failing(key: str, *, error: Exception) -> Unit:
    def fail(session: Session) -> int:
        adding(key)(session)
        raise error

    return fail


def keys(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.exec(select(Respondent.key).order_by(col(Respondent.id))))


def run(awaitable: Awaitable[Result]) -> Result:
    async def limited() -> Result:
        return await asyncio.wait_for(awaitable, 30)

    return asyncio.run(limited())


async def submit_at_once(database: Database, *units: Unit) -> list[int | BaseException]:
    """What came of units that were all submitted before the first could be written."""
    async with database.write_async():
        waiting = [asyncio.create_task(database.submit(unit)) for unit in units]
        await asyncio.sleep(0.01)
    return list(await asyncio.gather(*waiting, return_exceptions=True))


def test_unit_is_committed_when_it_is_answered(database: Database) -> None:
    async def submit_and_look() -> tuple[int, list[str]]:
        number = await database.submit(adding("mtm"))
        return number, keys(database)

    assert run(submit_and_look()) == (1, ["mtm"])


def test_units_that_wait_together_are_all_written(database: Database) -> None:
    names = [f"rcp-{number:03}" for number in range(3 * MOST_UNITS)]

    numbers = run(submit_at_once(database, *map(adding, names)))

    assert sorted(keys(database)) == names
    assert len({str(number) for number in numbers}) == len(names)


def test_units_on_sqlite_are_written_in_the_order_they_came(sqlite: Database) -> None:
    names = [f"rcp-{number:03}" for number in range(MOST_UNITS + 5)]

    run(submit_at_once(sqlite, *map(adding, names)))

    assert keys(sqlite) == names


@pytest.mark.parametrize(
    ("unit", "error"),
    [
        (failing("lost", error=UnexpectedError()), UnexpectedError),
        (adding("UPPER CASE"), IntegrityError),
        (adding("before"), IntegrityError),
        (adding("a\x00b"), Invalid),
    ],
    ids=["raises", "breaks a check", "is there already", "cannot be kept"],
)
def test_unit_that_fails_undoes_nobody_elses(
    database: Database, unit: Unit, error: type[Exception]
) -> None:
    # On SQLite they share a transaction; on PostgreSQL the first is there before the others.
    run(submit_at_once(database, adding("before")))

    first, failed, last = run(submit_at_once(database, adding("first"), unit, adding("last")))

    assert isinstance(failed, error)
    assert isinstance(first, int)
    assert isinstance(last, int)
    assert sorted(keys(database)) == ["before", "first", "last"]


def test_transaction_that_is_lost_is_told_to_all_whose_work_is_gone(sqlite: Database) -> None:
    def lose(session: Session) -> int:
        adding("lost")(session)
        # As SQLite does by itself when the disk is full.
        session.connection().exec_driver_sql("ROLLBACK")
        return 0

    first, lost, last = run(submit_at_once(sqlite, adding("first"), lose, adding("last")))
    run(sqlite.submit(adding("after")))

    stored = keys(sqlite)
    assert isinstance(lost, Exception)
    assert "lost" not in stored
    assert "after" in stored
    # How many share a commit depends on how fast they are.
    for end, key in ((first, "first"), (last, "last")):
        assert isinstance(end, int if key in stored else TransactionLost)


def test_unit_that_is_cancelled_before_its_turn_is_not_run(sqlite: Database) -> None:
    async def cancel() -> None:
        async with sqlite.write_async():
            leaver = asyncio.create_task(sqlite.submit(adding("leaver")))
            stayer = asyncio.create_task(sqlite.submit(adding("stayer")))
            await asyncio.sleep(0.01)
            leaver.cancel()
            await asyncio.gather(leaver, return_exceptions=True)
        await stayer

    run(cancel())

    assert keys(sqlite) == ["stayer"]


def test_unit_that_is_cancelled_while_it_runs_is_finished(database: Database) -> None:
    begun = threading.Event()
    go_on = threading.Event()

    def slow(session: Session) -> int:
        begun.set()
        go_on.wait(10)
        return adding("slow")(session)

    async def cancel() -> None:
        task = asyncio.create_task(database.submit(slow))
        await asyncio.to_thread(begun.wait, 10)
        task.cancel()
        go_on.set()
        await asyncio.gather(task, return_exceptions=True)
        await database.submit(adding("after"))

    run(cancel())
    # Nobody waits for the unit any more, and on PostgreSQL the other one may have been faster.
    database.dispose()

    assert sorted(keys(database)) == ["after", "slow"]


def test_units_and_transactions_lose_nothing_together(database: Database) -> None:
    def write(name: str) -> None:
        for number in range(10):
            with database.write() as session:
                session.add(Respondent(key=f"{name}-{number}", created_at=MOMENT))

    async def both() -> None:
        threads = [asyncio.to_thread(write, f"thread-{number}") for number in range(4)]
        units = [database.submit(adding(f"unit-{number}")) for number in range(60)]
        await asyncio.gather(*threads, *units)

    run(both())

    assert len(set(keys(database))) == 100


def test_units_that_wait_are_written_before_the_database_closes(sqlite: Database) -> None:
    async def close() -> None:
        async with sqlite.write_async():
            waiting = [asyncio.create_task(sqlite.submit(adding(f"rcp-{n}"))) for n in range(5)]
            await asyncio.sleep(0.01)
        await asyncio.to_thread(sqlite.dispose)
        await asyncio.gather(*waiting)

    run(close())

    assert keys(sqlite) == [f"rcp-{number}" for number in range(5)]


def test_unit_after_the_database_was_closed_opens_it_again(sqlite: Database) -> None:
    run(sqlite.submit(adding("before")))
    sqlite.dispose()

    run(sqlite.submit(adding("after")))

    assert keys(sqlite) == ["before", "after"]


TELL_WHAT_IS_SAVED = """
import asyncio, sys
from datetime import UTC, datetime
from app.database import Database
from app.tables import Respondent

database = Database(sys.argv[1])

def adding(key):
    return lambda session: session.add(Respondent(key=key, created_at=datetime.now(UTC)))

async def save(task):
    for number in range(10_000):
        key = f"{task}-{number}"
        await database.submit(adding(key))
        print(key, flush=True)

async def main():
    await asyncio.gather(*(save(task) for task in range(8)))

asyncio.run(main())
"""


def test_what_was_answered_survives_a_process_that_is_killed(
    database: Database, database_url: str
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TELL_WHAT_IS_SAVED, database_url], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(300)]
        process.kill()
        told += [line.strip() for line in process.stdout if line.endswith("\n")]

    stored = set(keys(database))
    assert len(told) >= 300
    assert set(told) <= stored
