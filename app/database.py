"""The database: one door to read, one to write, on SQLite and PostgreSQL alike.

On SQLite only one transaction can write at a time, and its own waiting (polling with a timeout)
lets the unlucky starve. So writers of this process queue in order before ``BEGIN IMMEDIATE``; the
timeout is left for writers in other processes. On PostgreSQL nobody queues.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from threading import Event, Lock


from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

BUSY_TIMEOUT_MS = 15_000
READERS = 16
"""Connections kept open for reading, and on PostgreSQL for writing."""


class FairLock:
    """A lock that is given in the order in which it was asked for, to threads and tasks alike."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._held = False
        self._waiting: deque[Callable[[], None]] = deque()

    def _take_or_queue(self, wake: Callable[[], None]) -> bool:
        with self._mutex:
            if self._held:
                self._waiting.append(wake)
                return False
            self._held = True
            return True

    def acquire(self) -> None:
        """Wait, blocking this thread, until it is this caller's turn."""
        turn = Event()
        if not self._take_or_queue(turn.set):
            turn.wait()

    async def acquire_async(self) -> None:
        """Wait, holding no thread, until it is this task's turn."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()

        def wake() -> None:
            loop.call_soon_threadsafe(give)

        def give() -> None:
            # The task was cancelled after its turn had come: the turn goes to the next.
            if turn.cancelled():
                self.release()
            else:
                turn.set_result(None)

        if self._take_or_queue(wake):
            return
        try:
            await turn
        except asyncio.CancelledError:
            if self._leave_queue(wake):
                raise
            if turn.done() and not turn.cancelled():
                self.release()
            raise

    def _leave_queue(self, wake: Callable[[], None]) -> bool:
        with self._mutex:
            try:
                self._waiting.remove(wake)
            except ValueError:
                return False
            return True

    def release(self) -> None:
        """Hand the lock to who has waited longest."""
        with self._mutex:
            if not self._waiting:
                self._held = False
                return
            wake = self._waiting.popleft()
        wake()


class Database:
    """The engines of one database, and the sessions on them."""

    def __init__(self, url: str) -> None:
        self.url = normalised_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writers = FairLock()
        if self.is_sqlite:
            self.reader = _sqlite_engine(self.url, writes=False)
            self.writer = _sqlite_engine(self.url, writes=True)
        else:
            self.writer = create_engine(self.url, pool_size=READERS, max_overflow=READERS)
            self.reader = self.writer.execution_options(postgresql_readonly=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and cannot change it."""
        with Session(self.reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        if self.is_sqlite:
            self._writers.acquire()
        try:
            session = _begin(self.writer)
            try:
                yield session
            except BaseException:
                _undo(session)
                raise
            _commit(session)
        finally:
            if self.is_sqlite:
                self._writers.release()

    @asynccontextmanager
    async def write_async(self) -> AsyncIterator[Session]:
        """``write`` for a task: waiting in the queue takes no thread from the pool.

        Were waiting writers to hold threads, the one whose turn it is could find none left to run
        its own work in, and all would wait for ever.
        """
        if self.is_sqlite:
            await self._writers.acquire_async()
        try:
            session = await run_in_threadpool(_begin, self.writer)
            try:
                yield session
            except BaseException:
                await run_in_threadpool(_undo, session)
                raise
            await run_in_threadpool(_commit, session)
        finally:
            if self.is_sqlite:
                self._writers.release()

    def dispose(self) -> None:
        """Close every connection."""
        self.reader.dispose()
        self.writer.dispose()


def _begin(engine: Engine) -> Session:
    session = Session(engine, expire_on_commit=False)
    try:
        session.connection()
    except BaseException:
        session.close()
        raise
    return session


def _commit(session: Session) -> None:
    try:
        session.commit()
    finally:
        session.close()


def _undo(session: Session) -> None:
    try:
        session.rollback()
    finally:
        session.close()


def normalised_url(url: str) -> URL:
    """The URL with the driver that the service uses; a relative SQLite path is made absolute."""
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "sqlite" and parsed.database:
        return parsed.set(database=str(Path(parsed.database).absolute()))
    return parsed


def _sqlite_engine(url: URL, *, writes: bool) -> Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        pool_size=1 if writes else READERS,
        max_overflow=0 if writes else READERS,
        connect_args={"check_same_thread": False, "cached_statements": 512},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        del entry
        # The driver must not begin transactions by itself: SQLAlchemy's begin event does.
        connection.isolation_level = None  # type: ignore[attr-defined]
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "cache_size = -16000",
            f"query_only = {'OFF' if writes else 'ON'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: object) -> None:
        connection.exec_driver_sql(  # type: ignore[attr-defined]
            "BEGIN IMMEDIATE" if writes else "BEGIN"
        )

    return engine
