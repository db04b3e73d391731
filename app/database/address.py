"""The address of a database: which kind it is, and with which driver it is reached."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.errors import AppError

DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class UnusableDatabase(AppError):
    """The database that the settings name cannot be used as it is."""

    status = 503
    code = "unusable-database"
    title = "The database cannot be used"


def normalised_url(url: str, *, setting: str = "RAPPORTEUR_DATABASE_URL") -> URL:
    """The URL with the driver that the service uses; a relative SQLite path is made absolute.

    ``setting`` is where the URL stands, for who has to mend it.
    """
    mend = f"Set {setting} to sqlite:///path/to/file or postgresql://user:password@host/name."
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise UnusableDatabase("The database address cannot be read.", mend=mend) from error
    driver = DRIVERS.get(parsed.drivername)
    if driver is None:
        kind = parsed.get_backend_name()
        raise UnusableDatabase(f"Rapporteur cannot keep its data in {kind}.", mend=mend)
    if driver != "sqlite":
        return parsed.set(drivername=driver)
    if not parsed.database or parsed.database == ":memory:":
        raise UnusableDatabase("A database in memory alone would be lost.", mend=mend)
    return parsed.set(drivername=driver, database=str(Path(parsed.database).absolute()))
