"""Group commit: short units of work that wait for their turn to write share one transaction.

On SQLite a commit waits for the disk, and only one transaction writes at a time: were each save to
commit for itself, it would wait for the disk once for everybody before it. So one thread takes the
units that wait, in their order, runs each but the first within a savepoint of its own, and commits
them at once.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Generic, Literal, TypeVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from app.database.fair_lock import FairLock

Result = TypeVar("Result")

_Within = Literal["rollback_only", "create_savepoint"]
_TRANSACTION: _Within = "rollback_only"
_SAVEPOINT: _Within = "create_savepoint"

MOST_UNITS = 64
MOST_SECONDS = 0.005
"""How long a group goes on taking units in: the first of them waits for the last."""


class TransactionLost(Exception):
    """SQLite gave up a whole transaction: no unit of the group was written."""


class GroupCommit:
    """Runs units of work on one SQLite file; none is answered before its commit is on the disk."""

    def __init__(
        self, engine: Engine, turn: FairLock, *, most_seconds: float = MOST_SECONDS
    ) -> None:
        self._engine = engine
        self._turn = turn
        self._most_seconds = most_seconds
        self._queue: SimpleQueue[_Unit[Any] | None] = SimpleQueue()
        self._mutex = Lock()
        self._thread: Thread | None = None

    def submit(self, work: Callable[[Session], Result]) -> Future[Result]:
        """Have ``work`` run in its turn; what it raises undoes what it did, and nobody else's.

        A future that is cancelled before its turn is never run.
        """
        unit = _Unit(work)
        with self._mutex:
            self._queue.put(unit)
            if self._thread is None:
                # A daemon: what nobody was told is saved may be lost when the process ends.
                self._thread = Thread(target=self._run, name="group-commit", daemon=True)
                self._thread.start()
        return unit.future

    def close(self) -> None:
        """Finish what waits and end the thread; the next unit would start another."""
        with self._mutex:
            thread, self._thread = self._thread, None
            if thread is not None:
                self._queue.put(None)
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while (unit := self._queue.get()) is not None:
            group = _Group(unit, most_seconds=self._most_seconds)
            with self._turn.hold():
                goes_on = group.write(self._engine, self._queue)
            group.answer()
            if not goes_on:
                return


class _Unit(Generic[Result]):
    """One piece of work, what came of it, and who waits for that."""

    def __init__(self, work: Callable[[Session], Result]) -> None:
        self.work = work
        self.future: Future[Result] = Future()
        self._answer: Callable[[], None] = lambda: None

    def run(self, connection: Connection, *, within: _Within) -> None:
        """Do the work; what it raises or takes back undoes all that it is done within."""
        try:
            with Session(
                connection, join_transaction_mode=within, expire_on_commit=False
            ) as session:
                result = self._done(session)
        except BaseException as error:  # noqa: BLE001 - it is raised where the unit came from
            self.fail(error)
        else:
            self._answer = lambda: self.future.set_result(result)

    def _done(self, session: Session) -> Result:
        try:
            result = self.work(session)
            session.commit()
        except BaseException:
            # Closing a session leaves a transaction alone that it has not begun.
            session.rollback()
            raise
        return result

    def fail(self, error: BaseException) -> None:
        """Keep what is to be raised instead of a result."""
        self._answer = lambda: self.future.set_exception(error)

    def answer(self) -> None:
        """Tell who waits."""
        self._answer()


class _Group:
    """Units that are committed together."""

    def __init__(self, first: _Unit[Any], *, most_seconds: float) -> None:
        self._first = first
        self._most_seconds = most_seconds
        self._units: list[_Unit[Any]] = []
        self._ended = False

    def write(self, engine: Engine, queue: "SimpleQueue[_Unit[Any] | None]") -> bool:
        """Run and commit the units; gives whether more may come."""
        try:
            with engine.connect() as connection, ExitStack() as transactions:
                transactions.enter_context(connection.begin())
                for unit in self._taken(queue):
                    # The first undoes nobody else's work, so it does without a savepoint.
                    is_first = unit is self._units[0]
                    unit.run(connection, within=_TRANSACTION if is_first else _SAVEPOINT)
                    if is_first and not connection.in_transaction():
                        transactions.close()
                        transactions.enter_context(connection.begin())
                    _require_transaction(connection)
        except BaseException as error:  # noqa: BLE001 - it is raised where the units came from
            if not self._units and self._first.future.set_running_or_notify_cancel():
                self._units.append(self._first)
            for unit in self._units:
                unit.fail(error)
        return not self._ended

    def answer(self) -> None:
        """Tell each of those who wait, in their order."""
        for unit in self._units:
            unit.answer()

    def _taken(self, queue: "SimpleQueue[_Unit[Any] | None]") -> Iterator["_Unit[Any]"]:
        until = time.monotonic() + self._most_seconds
        unit: _Unit[Any] | None = self._first
        while unit is not None:
            if unit.future.set_running_or_notify_cancel():
                self._units.append(unit)
                yield unit
            if len(self._units) >= MOST_UNITS or time.monotonic() > until:
                return
            try:
                unit = queue.get_nowait()
            except Empty:
                return
        self._ended = True


def _require_transaction(connection: Connection) -> None:
    # A full disk, for one, ends the transaction with all its savepoints, and a commit would then
    # pass without a word.
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection) or not driver.in_transaction:
        message = "The database gave up the transaction; nothing of it was written."
        raise TransactionLost(message)
