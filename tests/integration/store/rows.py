"""Valid rows for every table, made from the tables themselves."""

from datetime import UTC, date, datetime

from sqlalchemy import Connection, Table, insert
from sqlalchemy.types import JSON, Boolean, Date, Enum, Integer, LargeBinary

from app.columns import UtcDateTime
from app.tables import metadata

MOMENT = datetime(2007, 7, 9, 12, 0, tzinfo=UTC)
HISTORY = "answer_revision"
"""Has two rows once ``answer`` has: the database writes them."""
OTHERS = 1000
FILE = {"sha256": "0" * 64, "storage_key": "key"}


def row(table: Table, number: int) -> dict[str, object]:
    """The ``number``-th row of a table; it refers to the rows of the same number elsewhere."""
    values: dict[str, object] = {}
    for column in table.columns:
        if column.foreign_keys:
            parent = next(iter(column.foreign_keys)).column.table
            values[column.name] = None if parent is table else number
        elif column.nullable:
            values[column.name] = None
        elif isinstance(column.type, Enum):
            values[column.name] = column.type.enums[0]
        else:
            values[column.name] = _plain_value(column.name, column.type, number)
    if table.name == "material":
        values |= FILE
    if table.name == HISTORY:
        values |= {"id": OTHERS + number, "revision": OTHERS + number}
    return values


def _plain_value(name: str, kind: object, number: int) -> object:
    match kind:
        case Integer():
            return number
        case Boolean():
            return True
        case UtcDateTime():
            return MOMENT
        case Date():
            return date(2007, 7, 9)
        case JSON():
            return {}
        case LargeBinary():
            return f"{name}-{number}".encode()
        case _:
            return f"{name}-{number}"


def fill(connection: Connection, *, before: Table | None = None) -> None:
    """Two rows in each table that comes before ``before``, parents first."""
    for table in metadata.sorted_tables:
        if table is before:
            return
        if table.name != HISTORY:
            connection.execute(insert(table), [row(table, 1), row(table, 2)])
