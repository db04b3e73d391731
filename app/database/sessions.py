"""Sessions on the database: one door to read, one to write, on SQLite and PostgreSQL alike.

On SQLite only one transaction can write at a time, and its own waiting (polling with a timeout)
lets the unlucky starve. So writers of this process queue in order before ``BEGIN IMMEDIATE``; the
timeout is left for writers in other processes. On PostgreSQL many write at once, and all who need
a connection, on either database and at either door, queue for it in the order they came.

Who has a session to write with reads with it too: opening a second one inside could wait for ever
for others who do the same.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

from anyio import CancelScope
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from app.database.address import normalised_url
from app.database.engines import (
    READERS,
    WRITERS,
    autocommit_engine,
    postgresql_engine,
    sqlite_engine,
)
from app.database.fair_lock import FairLock
from app.database.group_commit import GroupCommit

Result = TypeVar("Result")

SUBMITTED = 6
"""Submitted units that run at once on PostgreSQL; they wait in threads that nobody else needs.

More threads only wait for each other: of 4, 6, 8 and 16, 6 saved most at 8 and at 32 connections.
"""


class Database:
    """The engines of one database, and the sessions on them."""

    def __init__(self, url: str) -> None:
        self.url = normalised_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._readers = FairLock(READERS)
        self._writers = FairLock(1 if self.is_sqlite else WRITERS)
        make_engine = sqlite_engine if self.is_sqlite else postgresql_engine
        self.reader = make_engine(self.url, writes=False)
        self.writer = make_engine(self.url, writes=True)
        self._lone = None if self.is_sqlite else autocommit_engine(self.url, most=SUBMITTED)
        self._group = GroupCommit(self.writer, self._writers) if self.is_sqlite else None
        # It makes a thread when there is work for it, so on SQLite it never does.
        self._threads = ThreadPoolExecutor(SUBMITTED, thread_name_prefix="writer")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and cannot change it."""
        with self._readers.hold(), self._reading_session() as session:
            yield session

    @asynccontextmanager
    async def read_async(self) -> AsyncIterator[Session]:
        """``read`` for a task: waiting takes no thread, as in ``write_async``."""
        async with self._readers.hold_async():
            session = self._reading_session()
            try:
                yield session
            finally:
                if session.in_transaction():
                    await _to_the_end(session.close)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with self._writers.hold():
            session = _begin(self.writer)
            try:
                yield session
            except BaseException:
                _undo(session)
                raise
            _commit(session)

    @asynccontextmanager
    async def write_async(self) -> AsyncIterator[Session]:
        """``write`` for a task: waiting in the queue takes no thread from the pool.

        Were those who wait to hold threads, the one whose turn it is could find none left to run
        its own work in, and all would wait for ever.
        """
        async with self._writers.hold_async():
            session = await _to_the_end(lambda: _begin(self.writer), undo=_undo)
            try:
                yield session
            except BaseException:
                await _to_the_end(lambda: _undo(session))
                raise
            await _to_the_end(lambda: _commit(session))

    async def submit(self, work: Callable[[Session], Result]) -> Result:
        """Run a short unit of work in a transaction, in a thread of the database's own.

        What it gives is given back once it is committed; what it raises undoes it alone. On SQLite
        the units that wait share one commit, so that many saves wait for the disk but once. A unit
        that has begun is finished, though its task be cancelled meanwhile.
        """
        return await asyncio.wrap_future(self._submitted(work))

    async def submit_statement(self, work: Callable[[Session], Result]) -> Result:
        """``submit`` for work that reads and then writes by one statement, which decides by itself.

        On PostgreSQL each statement is a transaction of its own, which halves the round trips; so
        what was read may have changed by the time of the write. On SQLite it is ``submit``.
        """
        engine = self._lone
        if engine is None:
            return await self.submit(work)

        def run() -> Result:
            with self._writers.hold(), Session(engine, expire_on_commit=False) as session:
                return work(session)

        return await asyncio.wrap_future(self._threads.submit(run))

    def _submitted(self, work: Callable[[Session], Result]) -> Future[Result]:
        if self._group is not None:
            return self._group.submit(work)
        return self._threads.submit(self._run, work)

    def _run(self, work: Callable[[Session], Result]) -> Result:
        with self.write() as session:
            return work(session)

    def _reading_session(self) -> Session:
        return Session(self.reader, expire_on_commit=False, autoflush=False)

    @property
    def writers_waiting(self) -> int:
        """How many of this process are waiting for their turn to write."""
        return self._writers.waiting

    def dispose(self) -> None:
        """Finish what was submitted, and close every connection."""
        if self._group is not None:
            self._group.close()
        self._threads.shutdown()
        self.reader.dispose()
        self.writer.dispose()
        if self._lone is not None:
            self._lone.dispose()


async def _to_the_end(
    work: Callable[[], Result], *, undo: Callable[[Result], None] | None = None
) -> Result:
    """Run in a thread and wait until it has ended, though this task be cancelled meanwhile.

    A thread cannot be stopped: were the task to leave, its place would go to the next while its
    own transaction is still open.
    """
    thread = asyncio.ensure_future(run_in_threadpool(work))
    cancelled: asyncio.CancelledError | None = None
    # The shield holds off anyio's cancellation, which would be repeated until it is heard.
    with CancelScope(shield=True):
        while not thread.done():
            try:
                await asyncio.wait([thread])
            except asyncio.CancelledError as cancellation:
                cancelled = cancellation
    if cancelled is None:
        return thread.result()
    if not thread.cancelled() and thread.exception() is None and undo is not None:
        undo(thread.result())
    raise cancelled


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
