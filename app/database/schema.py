"""The schema: which revision a database is at, and how it gets to another.

Alembic is loaded where something is migrated: looking whether that is needed is done at each start,
and loading it takes a tenth of a second.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from app.database.address import UnusableDatabase, normalised_url
from app.database.engines import sqlite_engine

if TYPE_CHECKING:
    from alembic.config import Config

REVISION_FILE = re.compile(r"(\d{4})_\w+\.py")
"""Revisions are numbered in the order in which they follow each other."""
LOCK = 7_264_918_307_221
"""The advisory lock under which one process migrates a PostgreSQL database; any fixed number."""


def migrate(url: str, revision: str = "head") -> None:
    """Bring the schema up to a revision, all steps in one transaction.

    Safe to run from several processes at once: one works, the others wait and find it done.
    """
    from alembic import command  # noqa: PLC0415 - see above

    with alone_with_the_database(url) as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the schema back to a revision (``base``: no tables at all). What it held is lost."""
    from alembic import command  # noqa: PLC0415 - see above

    with alone_with_the_database(url) as connection:
        command.downgrade(configuration(connection), revision)


def current_revision(url: str) -> str | None:
    """The revision the schema is at; ``None`` for a database without tables."""
    parsed = normalised_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
        return None
    engine = create_engine(parsed)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return None if revision is None else str(revision)
    except DBAPIError as error:
        raise _unreachable(error) from error
    finally:
        engine.dispose()


@cache
def newest_revision() -> str:
    """The revision this program was written for."""
    return max(_revisions())


def require_newest(url: str) -> None:
    """Refuse a database whose schema is older or newer than this program."""
    revision = current_revision(url)
    if revision == newest_revision():
        return
    if revision is None:
        raise UnusableDatabase("The database has no tables yet.", mend="Run: rapporteur migrate")
    require_known(revision)
    raise UnusableDatabase(
        f"The database is at revision {revision}; this program needs {newest_revision()}.",
        mend="Make a backup, then run: rapporteur migrate",
    )


def require_known(revision: str) -> None:
    """Refuse a revision that this program does not know: a newer one has written it."""
    if revision not in _revisions():
        raise UnusableDatabase(
            f"The database is at revision {revision}, which this program does not know.",
            mend="Start the newer version of Rapporteur that has written it.",
        )


def _revisions() -> set[str]:
    names = (REVISION_FILE.fullmatch(file.name) for file in (_folder() / "versions").iterdir())
    return {name[1] for name in names if name is not None}


def _folder() -> Path:
    # Found, not imported: the migrations know the service, the service knows only where they are.
    package = find_spec("migrations")
    if package is None or package.origin is None:
        message = "The package of migrations is missing from this installation."
        raise RuntimeError(message)
    return Path(package.origin).parent


def configuration(connection: Connection) -> "Config":
    """What Alembic must know to work on a connection."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    # A percent sign in a path would start a substitution.
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def alone_with_the_database(url: str) -> Iterator[Connection]:
    """One transaction that no other migration runs beside."""
    parsed = normalised_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    # Foreign keys are off on SQLite while tables are rebuilt, else dropping the old copy of a
    # table would delete the rows that refer to it. They are checked at the end instead.
    engine = (
        sqlite_engine(parsed, writes=True, foreign_keys=False)
        if is_sqlite
        else create_engine(parsed)
    )
    try:
        with _connect(engine) as connection, connection.begin():
            if not is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection
            if is_sqlite:
                _check_foreign_keys(connection)
    finally:
        engine.dispose()


def _connect(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except DBAPIError as error:
        raise _unreachable(error) from error


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise UnusableDatabase(
            f"After the migration rows would refer to rows that are not there, in: {tables}.",
            mend="Nothing was changed. Mend those rows first.",
        )


def _unreachable(error: DBAPIError) -> UnusableDatabase:
    reason = str(error.orig).strip().splitlines()[0]
    return UnusableDatabase(
        f"The database cannot be opened: {reason.rstrip('.')}.",
        mend="Check RAPPORTEUR_DATABASE_URL, and that the database is running.",
    )
