"""Cells from an .xls file, the format of spreadsheet programs before 2007."""

from io import StringIO
from typing import Protocol

import xlrd

from questionnaires.problems import Problem
from questionnaires.xlsform.archive import encrypted
from questionnaires.xlsform.cells import (
    Allowance,
    FileRefused,
    Gathering,
    Sheet,
    Sheets,
    error_in_cell,
    place_of,
    refused,
    warned,
)
from questionnaires.xlsform.numbers import day_of, plain_number

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_HIDDEN = 0


class _OldCell(Protocol):
    ctype: int
    value: object


class _OldSheet(Protocol):
    name: str
    nrows: int
    visibility: int
    merged_cells: list[tuple[int, int, int, int]]

    def row(self, number: int) -> list[_OldCell]: ...


class _OldBook(Protocol):
    datemode: int
    nsheets: int

    def sheet_by_index(self, number: int) -> _OldSheet: ...

    def unload_sheet(self, number: int) -> None: ...


def read_legacy(content: bytes) -> Sheets:
    """The sheets of an .xls; ``FileRefused`` when it cannot or must not be opened."""
    if _ENCRYPTED_PACKAGE in content:
        raise encrypted()
    if _MACROS in content:
        raise FileRefused(
            refused(
                "macros",
                "The workbook holds macros, which are programs; such files are not taken.",
                "Save it as an Excel workbook (.xlsx) without macros.",
            )
        )
    try:
        book: _OldBook = xlrd.open_workbook(
            file_contents=content,
            logfile=StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        sheets = _Legacy(book).read()
    except FileRefused:
        raise
    except Exception as error:
        # What a damaged file makes of the reader cannot be foreseen: it raises whatever it meets.
        if "encrypted" in str(error):
            raise encrypted() from error
        raise _damaged() from error
    if not sheets.sheets:
        raise _damaged()
    return sheets


def _damaged() -> FileRefused:
    return FileRefused(
        refused(
            "damaged-file",
            "The file begins like an old Excel workbook (.xls), but cannot be read as one.",
            "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx).",
        )
    )


class _Legacy:
    def __init__(self, book: _OldBook) -> None:
        self._book = book
        self._allowance = Allowance()
        self.problems: list[Problem] = []

    def read(self) -> Sheets:
        sheets = []
        for number in range(self._book.nsheets):
            sheets.append(self._sheet(self._book.sheet_by_index(number)))
            self._book.unload_sheet(number)
        return Sheets(tuple(sheets), tuple(self.problems))

    def _sheet(self, old: _OldSheet) -> Sheet:
        gathering = Gathering(old.name, self._allowance, hidden=old.visibility != _HIDDEN)
        for row in range(old.nrows):
            for column, cell in enumerate(old.row(row), 1):
                gathering.add(self._said(cell, old.name, row + 1, column), row + 1, column)
            gathering.end_row()
        for first, _, left, _ in old.merged_cells:
            self.problems.append(
                warned(
                    "merged-cells",
                    "Cells are merged; what they say counts for the first of them alone.",
                    "Take the merging out, and write the text into each cell that it is meant for.",
                    place_of(old.name, first + 1, left + 1),
                )
            )
        return gathering.sheet()

    def _said(self, cell: _OldCell, sheet: str, row: int, column: int) -> str:
        match cell.ctype, cell.value:
            case xlrd.XL_CELL_BOOLEAN, value:
                return "TRUE" if value else "FALSE"
            case xlrd.XL_CELL_NUMBER, float(number):
                return plain_number(number)
            case xlrd.XL_CELL_DATE, float(number):
                shown, problem = day_of(
                    number,
                    since_1904=self._book.datemode == 1,
                    place=place_of(sheet, row, column),
                )
                if problem is not None:
                    self.problems.append(problem)
                return shown
            case xlrd.XL_CELL_ERROR, int(code):
                word: str = xlrd.error_text_from_code.get(code, "#ERROR")
                self.problems.append(error_in_cell(word, place_of(sheet, row, column)))
                return word
            case _, str(text):
                return text
            case _:
                return ""
