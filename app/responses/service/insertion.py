"""Insert a row unless somebody else has just inserted it."""

from collections.abc import Mapping

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_unless_there(
    session: Session, model: type[SQLModel], values: Mapping[str, object]
) -> bool:
    """Insert and say whether the row is new; waits for whoever is inserting the same key."""
    connection = session.connection()
    table: Table = model.__table__  # type: ignore[attr-defined]  # what SQLModel makes of a class
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    # What comes back tells whether a row went in; psycopg's count of rows does not.
    statement = (
        dialect.insert(table)
        .values(**values)
        .on_conflict_do_nothing()
        .returning(*table.primary_key.columns)
    )
    return connection.execute(statement).first() is not None
