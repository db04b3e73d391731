"""The engines: how a connection is opened, and how its transactions begin."""

import sqlite3
import time
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from app.database.storable import guard, to_json
from app.private_files import make_private_file

BUSY_TIMEOUT_MS = 15_000
REST_SECONDS = 2.0
"""How long a connection to PostgreSQL may lie idle before it is tried again at its next use."""
READERS = 16
"""Transactions of one process that read at once."""
WRITERS = 16
"""Transactions of one process that write at once, on PostgreSQL. On SQLite there can be but one."""


def sqlite_engine(url: URL, *, writes: bool, foreign_keys: bool = True) -> Engine:
    """An engine on an SQLite file, made when it is missing, for reading or for writing."""
    if url.database:
        # An empty file is an empty database, and its log takes its permissions over.
        make_private_file(Path(url.database))
    engine = create_engine(
        url,
        # Who needs a connection has queued for it before: see ``Database``.
        pool_size=1 if writes else READERS,
        max_overflow=0,
        connect_args={"check_same_thread": False, "cached_statements": 512},
        json_serializer=to_json,
        # What an error says goes into the log, and parameters are what people wrote.
        hide_parameters=True,
    )
    guard(engine)
    pragmas = (
        "synchronous = FULL",
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "cache_size = -16000",
        f"query_only = {'OFF' if writes else 'ON'}",
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        del entry
        # The driver must not begin transactions by itself: SQLAlchemy's begin event does.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        _keep_a_write_ahead_log(cursor)
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _keep_a_write_ahead_log(cursor: DBAPICursor) -> None:
    # Two processes that open a new file at once both want to change its mode, and SQLite tells the
    # second that it is locked without waiting.
    give_up_at = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode")
            if cursor.fetchone() != ("wal",):
                cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.01)


def _ask_after_a_rest(engine: Engine) -> None:
    """Try a connection that has rested before it is used: the server may be another since.

    The pool's own ``pool_pre_ping`` asks each time, which costs as much as a query of the request.
    """

    @event.listens_for(engine, "checkin")
    def rest(connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        del connection
        entry.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ask(connection: DBAPIConnection, entry: ConnectionPoolEntry, _: object) -> None:
        now = time.monotonic()
        if now - entry.info.get("rests_since", now) > REST_SECONDS and not _answers(
            engine, connection
        ):
            raise DisconnectionError


def _answers(engine: Engine, connection: DBAPIConnection) -> bool:
    try:
        return engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        return False


def postgresql_engine(url: URL, *, writes: bool) -> Engine:
    """An engine on PostgreSQL; reading transactions see one state from their first query on."""
    engine = _on_postgresql(url, WRITERS if writes else READERS)
    if writes:
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def autocommit_engine(url: URL, *, most: int) -> Engine:
    """An engine on PostgreSQL on which each statement is a transaction of its own.

    Connections of its own: to switch one back and forth costs half of what is saved.
    """
    return _on_postgresql(url, most, isolation_level="AUTOCOMMIT")


def _on_postgresql(
    url: URL, most: int, *, isolation_level: Literal["AUTOCOMMIT", "READ COMMITTED"] | None = None
) -> Engine:
    engine = create_engine(
        url,
        pool_size=most,
        max_overflow=0,
        json_serializer=to_json,
        isolation_level=isolation_level,
        # What an error says goes into the log, and parameters are what people wrote.
        hide_parameters=True,
    )
    guard(engine)
    _ask_after_a_rest(engine)
    return engine
