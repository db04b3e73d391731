"""Insert a row unless somebody else has just inserted it."""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session


def insert_unless_there(session: Session, table: Table, values: Mapping[str, object]) -> bool:
    """Insert and say whether the row is new; waits for whoever is inserting the same key."""
    connection = session.connection()
    statement = _statement(connection.dialect.name, table)
    return connection.execute(statement, dict(values)).first() is not None


@cache
def _statement(dialect: str, table: Table) -> ReturningInsert[tuple[object, ...]]:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    # What comes back tells whether a row went in; psycopg's count of rows does not.
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
