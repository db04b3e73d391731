"""Workbooks for tests, sound ones and others."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

Values = Sequence[Sequence[object]]


def workbook(
    sheets: Mapping[str, Values], change: Callable[[Workbook], None] | None = None
) -> bytes:
    """An .xlsx with these rows, and with what ``change`` makes of it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same .xlsx with some parts replaced or added."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry.filename, old.read(entry))
        for name, data in parts.items():
            new.writestr(name, data)
    return stream.getvalue()


def part(content: bytes, name: str) -> bytes:
    """One part of an .xlsx."""
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


SURVEY: Values = [["type", "name", "label"], ["text", "size", "How large?"]]
"""The rows of a tiny form."""
