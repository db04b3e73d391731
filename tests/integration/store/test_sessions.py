"""One door to read, which cannot write; one to write, which commits before it closes."""

import asyncio
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import anyio
import pytest
from sqlalchemy import func
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, col, select

from app.database import Database, migrate
from app.database.engines import READERS
from app.registry.models import Respondent
from app.tables import metadata
from tests.integration.store.rows import MOMENT, fill

READ_ONLY = r"read-?only"


class UnexpectedError(Exception):
    """What a service might raise in the middle of its work."""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


def respondent(key: str) -> Respondent:
    return Respondent(key=key, created_at=MOMENT)


def keys(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.exec(select(Respondent.key).order_by(col(Respondent.id))))


def test_write_commits_before_it_closes(database: Database) -> None:
    with database.write() as session:
        session.add(respondent("puebla"))
        session.flush()
        before = keys(database)

    assert before == []
    assert keys(database) == ["puebla"]


def test_write_that_raises_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.write() as session:
            session.add(respondent("puebla"))
            session.flush()
            raise UnexpectedError

    with pytest.raises(UnexpectedError):
        fail()

    assert keys(database) == []
    with database.write() as session:
        session.add(respondent("budapest"))
    assert keys(database) == ["budapest"]


def test_write_whose_commit_fails_leaves_the_door_open(database: Database) -> None:
    with pytest.raises(DBAPIError), database.write() as session:
        session.add(respondent("Puebla"))

    with database.write() as session:
        session.add(respondent("budapest"))
    assert keys(database) == ["budapest"]


def test_write_gives_objects_that_can_be_read_after_it_closed(database: Database) -> None:
    with database.write() as session:
        row = respondent("puebla")
        session.add(row)

    assert row.key == "puebla"
    assert row.id is not None


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_read_cannot_write_to_any_table(database: Database, table: object) -> None:
    name = str(getattr(table, "name", ""))
    with database.writer.begin() as connection:
        fill(connection)

    with database.read() as session, pytest.raises(DBAPIError, match=READ_ONLY):
        session.connection().exec_driver_sql(f"DELETE FROM {name}")  # noqa: S608 - our own table

    with database.read() as session:
        assert (
            session.connection()
            .exec_driver_sql(
                f"SELECT count(*) FROM {name}"  # noqa: S608 - as above
            )
            .scalar_one()
            == 2
        )


def test_read_cannot_add_an_object(database: Database) -> None:
    with database.read() as session:
        session.add(respondent("puebla"))
        with pytest.raises(DBAPIError, match=READ_ONLY):
            session.flush()

    assert keys(database) == []


def test_read_sees_one_state_though_others_write(database: Database) -> None:
    with database.write() as session:
        session.add(respondent("puebla"))

    with database.read() as session:
        before = session.exec(select(func.count()).select_from(Respondent)).one()
        with database.write() as writing:
            writing.add(respondent("budapest"))
        after = session.exec(select(func.count()).select_from(Respondent)).one()

    assert (before, after) == (1, 1)
    assert keys(database) == ["puebla", "budapest"]


def test_writing_threads_lose_nothing(database: Database) -> None:
    def add_ten(name: str) -> None:
        for number in range(10):
            with database.write() as session:
                session.add(respondent(f"{name}-{number}"))

    threads = [threading.Thread(target=add_ten, args=(f"rcp-{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(keys(database))) == 80


ADD_ONE_BY_ONE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.database import Database, migrate
from app.database.engines import READERS
from app.tables import Respondent
database = Database(sys.argv[1])
for number in range(40):
    with database.write() as session:
        now = datetime.now(UTC)
        session.add(Respondent(key=f"{sys.argv[2]}-{number}", created_at=now))
"""


def test_writing_processes_lose_nothing(database: Database, database_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ADD_ONE_BY_ONE, database_url, name], stderr=subprocess.PIPE
        )
        for name in ("left", "right")
    ]
    complaints = [process.communicate()[1] for process in processes]

    assert complaints == [b"", b""]
    assert len(set(keys(database))) == 80


def test_write_survives_a_process_that_is_killed(database: Database, database_url: str) -> None:
    program = ADD_ONE_BY_ONE + "\nprint('done', flush=True)\nimport time; time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", program, database_url, "killed"], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()

    assert len(keys(database)) == 40
    with database.write() as session:
        session.add(respondent("after"))
    assert keys(database)[-1] == "after"


def test_write_of_tasks_is_served_and_loses_nothing(database: Database) -> None:
    async def add(number: int) -> None:
        async with database.write_async() as session:
            await anyio.to_thread.run_sync(_add, session, f"rcp-{number:02}")

    async def add_all() -> None:
        # More than there are threads in the pool: those who wait must not hold one.
        await asyncio.gather(*(add(number) for number in range(60)))

    asyncio.run(add_all())

    stored = keys(database)
    assert sorted(stored) == [f"rcp-{number:02}" for number in range(60)]
    if database.is_sqlite:
        assert stored == sorted(stored)


def test_write_of_a_task_that_raises_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.write_async() as session:
            session.add(respondent("puebla"))
            session.flush()
            raise UnexpectedError

    with pytest.raises(UnexpectedError):
        asyncio.run(fail())

    assert keys(database) == []


@pytest.mark.parametrize("wait", [0.0, 0.001, 0.003, 0.01, 0.03])
def test_write_of_a_task_that_is_cancelled_leaves_the_door_open(
    database: Database, wait: float
) -> None:
    async def slow(key: str) -> None:
        async with database.write_async() as session:
            session.add(respondent(key))
            session.flush()
            await asyncio.sleep(0.02)

    async def cancel_some() -> None:
        tasks = [asyncio.create_task(slow(f"rcp-{number}")) for number in range(4)]
        await asyncio.sleep(wait)
        for task in tasks[:3]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with database.write_async() as session:
            session.add(respondent("after"))

    asyncio.run(asyncio.wait_for(cancel_some(), 10))

    stored = keys(database)
    assert stored[-1] == "after"
    assert "rcp-3" in stored


@pytest.mark.parametrize("wait", [0.0, 0.001, 0.003, 0.01, 0.03])
def test_write_in_a_scope_that_is_cancelled_leaves_the_door_open(
    database: Database, wait: float
) -> None:
    async def slow(key: str) -> None:
        async with database.write_async() as session:
            session.add(respondent(key))
            session.flush()
            await asyncio.sleep(0.02)

    async def cancel_scope() -> None:
        with anyio.move_on_after(wait):
            await slow("in-scope")
        async with database.write_async() as session:
            session.add(respondent("after"))

    asyncio.run(asyncio.wait_for(cancel_scope(), 10))

    assert keys(database)[-1] == "after"
    assert _checked_out(database) == 0


def test_read_of_tasks_is_served_though_each_needs_two_threads(database: Database) -> None:
    async def count() -> int:
        async with database.read_async() as session:
            await anyio.to_thread.run_sync(_count, session)
            await asyncio.sleep(0)
            return await anyio.to_thread.run_sync(_count, session)

    async def count_all() -> list[int]:
        return await asyncio.gather(*(count() for _ in range(100)))

    assert asyncio.run(count_all()) == [0] * 100
    assert _checked_out(database) == 0


def test_read_of_a_task_cannot_write(database: Database) -> None:
    async def write() -> None:
        async with database.read_async() as session:
            await anyio.to_thread.run_sync(_add, session, "puebla")

    with pytest.raises(DBAPIError, match=READ_ONLY):
        asyncio.run(write())

    assert keys(database) == []


def test_read_that_is_cancelled_gives_its_connection_back(database: Database) -> None:
    async def read_for_long(reading: asyncio.Semaphore) -> None:
        async with database.read_async() as session:
            await anyio.to_thread.run_sync(_count, session)
            reading.release()
            await asyncio.sleep(60)

    async def cancel() -> None:
        reading = asyncio.Semaphore(0)
        tasks = [asyncio.create_task(read_for_long(reading)) for _ in range(40)]
        for _ in range(READERS):
            await reading.acquire()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(cancel())

    assert keys(database) == []
    assert _checked_out(database) == 0


def test_writers_are_served_in_the_order_they_came(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    threads = [
        threading.Thread(target=_write_one, args=(database, f"rcp-{number:02}"))
        for number in range(20)
    ]

    with database.write() as session:
        for number, thread in enumerate(threads, start=1):
            thread.start()
            while database.writers_waiting < number:
                time.sleep(0.0005)
        session.add(respondent("first"))
    for thread in threads:
        thread.join()

    stored = keys(database)
    database.dispose()
    assert stored == ["first", *(f"rcp-{number:02}" for number in range(20))]


def test_answers_are_durable_on_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    with database.write() as session:
        settings = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    database.dispose()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_file_of_the_database_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/data/rapporteur.sqlite3"

    migrate(url)

    database = Database(url)
    with database.write() as session:
        session.add(respondent("mtm"))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    database.dispose()
    assert modes.pop("data") == 0o700
    assert modes.pop("rapporteur.sqlite3") == 0o600
    assert set(modes.values()) <= {0o600}


def test_file_of_the_database_keeps_the_permissions_it_has(sqlite_url: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.chmod(0o640)

    database = Database(sqlite_url)
    with database.write() as session:
        session.add(respondent("mtm"))
    database.dispose()

    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_times_of_a_session_are_aware(database: Database) -> None:
    with database.write() as session:
        session.add(Respondent(key="puebla", created_at=datetime(2007, 7, 9, tzinfo=UTC)))

    with database.read() as session:
        row = session.exec(select(Respondent)).one()
    assert row.created_at == datetime(2007, 7, 9, tzinfo=UTC)
    assert row.created_at.utcoffset() is not None


def _add(session: Session, key: str) -> None:
    session.add(respondent(key))
    session.flush()


def _write_one(database: Database, key: str) -> None:
    with database.write() as session:
        session.add(respondent(key))


def _count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Respondent)).one()


def _checked_out(database: Database) -> int:
    pools = (database.reader.pool, database.writer.pool)
    assert all(isinstance(pool, QueuePool) for pool in pools)
    return sum(pool.checkedout() for pool in pools if isinstance(pool, QueuePool))
