"""One worker of a name at a time: a second one would take up the first one's running jobs."""

import fcntl
import hashlib
import os
import re
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from app.errors import AppError
from app.private_files import make_private_file

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class WorkerRefused(AppError):
    """A worker cannot start under this name."""

    status = 409
    code = "worker-refused"
    title = "The worker cannot start"


class Identity(Protocol):
    """A name that only one living process holds; the system takes it back when the process dies."""

    def take(self) -> None:
        """Hold the name. Raises ``WorkerRefused`` when another process does."""
        ...

    def give_back(self) -> None:
        """Let another process have it."""
        ...


def identity_of(worker_id: str, *, workflow_url: str, folder: Path) -> Identity:
    """The name of a worker among those that share its workflows."""
    if not ID.fullmatch(worker_id):
        raise WorkerRefused(
            f"«{worker_id}» cannot be the name of a worker.",
            mend="Use letters, digits, dots, hyphens and underscores, such as worker-0.",
        )
    if workflow_url.startswith("sqlite"):
        return FileIdentity(worker_id, folder / f"{worker_id}.lock")
    return PostgresqlIdentity(worker_id, workflow_url)


class FileIdentity:
    """Held by a lock on a file: on SQLite all workers share a disk."""

    def __init__(self, worker_id: str, path: Path) -> None:
        self._worker_id = worker_id
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Lock the file."""
        make_private_file(self._path)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.close()
            raise _taken(self._worker_id) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def give_back(self) -> None:
        """Close the file, which unlocks it. It stays: removing it could free it for two."""
        if self._file is not None:
            self._file.close()
            self._file = None


class PostgresqlIdentity:
    """Held by an advisory lock of a connection: on PostgreSQL workers may run anywhere."""

    def __init__(self, worker_id: str, url: str) -> None:
        self._worker_id = worker_id
        digest = hashlib.sha256(f"rapporteur worker {worker_id}".encode()).digest()
        self._key = int.from_bytes(digest[:8], "big", signed=True)
        address = url.replace("postgresql://", "postgresql+psycopg://", 1)
        self._engine: Engine = create_engine(
            address, poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        self._connection: Connection | None = None

    def take(self) -> None:
        """Lock the number that the name stands for, and keep the connection."""
        connection = self._engine.connect()
        got = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key})
        if not got.scalar_one():
            connection.close()
            raise _taken(self._worker_id)
        self._connection = connection

    def give_back(self) -> None:
        """Close the connection, which unlocks the number."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _taken(worker_id: str) -> WorkerRefused:
    return WorkerRefused(
        f"A worker named «{worker_id}» is running already.",
        mend="Stop it first, or name this one differently: --id, or RAPPORTEUR_WORKER_ID.",
    )
