"""Workbooks of plain text: what is written is read back, and nothing is guessed."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from exports.plain_workbook import CellTooLong, PlainColumn, PlainRow, PlainSheet, write_workbook
from exports.sheet_content import Look

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)


def written(rows: list[PlainRow]) -> bytes:
    columns = [PlainColumn("name", 60, Look.FIELD_CODE), PlainColumn("label::Arabic (ar)", 120)]
    stream = BytesIO()
    sheets = [PlainSheet("survey", columns, rows, 1)]
    write_workbook(sheets, stream, title="A form", as_of=AS_OF)
    return stream.getvalue()


def test_rows_stand_under_headings_that_stay_in_sight() -> None:
    rows = [PlainRow({"name": "=1+1", "label::Arabic (ar)": "ساعة"}), PlainRow({"name": "007"})]

    sheet = load_workbook(BytesIO(written(rows))).worksheets[0]

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["name", "label::Arabic (ar)"],
        ["=1+1", "ساعة"],
        ["007", None],
    ]
    assert sheet["A2"].data_type == "s"
    assert sheet["A3"].number_format == "@"
    assert sheet.freeze_panes == "B2"


def test_rows_of_a_group_look_alike() -> None:
    rows = [PlainRow({"name": "a"}), PlainRow({"name": "b"}, Look.FIELD_GROUP)]

    sheet = load_workbook(BytesIO(written(rows))).worksheets[0]

    assert [bool(sheet.cell(row, 1).font.b) for row in (2, 3)] == [False, True]
    assert sheet["A3"].font.name == sheet["A2"].font.name
    assert sheet["A3"].fill.fgColor.rgb == sheet["B3"].fill.fgColor.rgb != "00000000"


def test_same_rows_give_the_same_bytes() -> None:
    rows = [PlainRow({"name": "a"})]

    assert written(rows) == written(rows)


def test_text_longer_than_a_cell_is_refused_with_its_place() -> None:
    with pytest.raises(CellTooLong, match="survey, row 3, column name"):
        written([PlainRow({"name": "a"}), PlainRow({"name": "x" * 32_768})])
