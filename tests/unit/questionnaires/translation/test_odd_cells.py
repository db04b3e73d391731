"""Rows whose cell is no plain text are refused, also those that the reader no longer tells of."""

from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook

from questionnaires.problems import Severity
from questionnaires.translation.odd_cells import Kept, refused_rows
from questionnaires.xlsform.sheets import read_sheets

ROWS = range(2, 72)


def refused(*merged: str, formulas: range = range(0), column: str = "C") -> dict[int, str]:
    """The refused rows of a sheet with some formulas and merged cells, by their codes."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Translation"
    for row in ROWS:
        sheet[f"C{row}"] = "words"
    for row in formulas:
        sheet[f"{column}{row}"] = "=1/0"
    for cells in merged:
        sheet.merge_cells(cells)
    stream = BytesIO()
    book.save(stream)
    sheets = read_sheets("back.xlsx", with_values(stream.getvalue()))
    found = refused_rows(sheets.problems, Kept("Translation", 3, ROWS))
    assert all(problem.severity is Severity.ERROR for problem in found.values())
    return {row: problem.code for row, problem in found.items()}


def with_values(content: bytes) -> bytes:
    """The workbook as a spreadsheet program saves it: with the value of each formula."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(b"</f><v></v>", b"</f><v>5</v>"))
    return stream.getvalue()


def test_every_formula_is_refused_however_many_there_are() -> None:
    found = refused(formulas=ROWS)

    assert found == dict.fromkeys(ROWS, "formula")


def test_formula_in_another_column_refuses_nothing() -> None:
    assert refused(formulas=range(2, 4), column="D") == {}


def test_merged_cells_refuse_each_row_that_they_cover() -> None:
    assert refused("B3:D5") == dict.fromkeys((3, 4, 5), "merged-cells")
    assert refused("D3:AA5") == {}


def test_more_merged_cells_than_are_told_of_refuse_every_row() -> None:
    assert sorted(refused(*(f"E{row}:F{row}" for row in ROWS))) == list(ROWS)
