"""Workbooks to be edited and read back: rows under headings, nothing computed, nothing cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from exports.cell_text import MAX_UNITS, units
from exports.safe_openpyxl import Book
from exports.sheet_content import Column, Look, Page, Styled

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """A heading, with the width of its column in points and the look of its cells."""

    head: str
    width: float
    look: Look = Look.FIELD


@dataclass(frozen=True, slots=True)
class PlainRow:
    """Cells by heading, and another look for the whole row."""

    cells: Mapping[str, str]
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet of text under one row of headings, which stays in sight."""

    name: str
    columns: Sequence[PlainColumn]
    rows: Sequence[PlainRow]
    frozen_columns: int = 0


class CellTooLong(ValueError):
    """A text is longer than a cell of a workbook holds; the message says which."""


def write_workbook(
    sheets: Sequence[PlainSheet], stream: BinaryIO, *, title: str, as_of: datetime
) -> None:
    """Write the sheets; the same sheets, title and moment give the same bytes.

    ``CellTooLong`` is raised before anything is written.
    """
    for sheet in sheets:
        _check(sheet)
    with Book(title=title, as_of=as_of.astimezone(UTC), zone=_UTC) as book:
        for sheet in sheets:
            _write(book, sheet)
        book.save(stream)


def _check(sheet: PlainSheet) -> None:
    for number, row in enumerate(sheet.rows, 2):
        for head, text in row.cells.items():
            if units(text) > MAX_UNITS:
                message = (
                    f"{sheet.name}, row {number}, column {head}: the text is longer than the "
                    f"{MAX_UNITS:,} characters that a cell holds."
                )
                raise CellTooLong(message)


def _write(book: Book, plain: PlainSheet) -> None:
    columns = [Column(column.width, column.look) for column in plain.columns]
    sheet = book.sheet(
        plain.name,
        columns,
        Page(frozen_columns=plain.frozen_columns, frozen_rows=1, repeated_rows=(1, 1)),
    )
    sheet.append([column.head for column in plain.columns], look=Look.HEAD)
    for row in plain.rows:
        sheet.append(
            [_cell(row.cells.get(column.head), _look(row, column)) for column in plain.columns]
        )


def _look(row: PlainRow, column: PlainColumn) -> Look:
    if row.look is Look.FIELD_GROUP and column.look is Look.FIELD_CODE:
        return Look.FIELD_GROUP_CODE
    return row.look or column.look


def _cell(text: str | None, look: Look) -> Styled:
    return Styled(text or "", look)
