"""The database: one door to read, one to write, and its schema."""

from app.database import schema
from app.database.address import UnusableDatabase, normalised_url
from app.database.fair_lock import FairLock
from app.database.sessions import Database

__all__ = [
    "Database",
    "FairLock",
    "UnusableDatabase",
    "current_revision",
    "migrate",
    "normalised_url",
]


def migrate(url: str) -> None:
    """Bring the schema to the newest revision; safe to run from several processes at once."""
    schema.migrate(url)


def current_revision(url: str) -> str | None:
    """The revision the schema is at; ``None`` for a database without tables."""
    return schema.current_revision(url)
