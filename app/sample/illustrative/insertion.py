"""Insert many rows at once, on both databases."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert
from sqlmodel import Session, col

from app.columns import Table

Rows = Sequence[Mapping[str, object]]


def insert_rows(session: Session, model: type[Table], rows: Rows) -> None:
    """Insert rows whose keys nobody needs to know. Every column without a default is given."""
    if rows:
        session.execute(insert(model), [dict(row) for row in rows])


def insert_with_ids(session: Session, model: type[Table], rows: Rows) -> list[int]:
    """Insert rows and give their new ids, in the order of the rows."""
    if not rows:
        return []
    key = col(getattr(model, "id"))  # noqa: B009 - not every table has this key
    statement = insert(model).returning(key, sort_by_parameter_order=True)
    return [int(each) for each in session.scalars(statement, [dict(row) for row in rows])]
