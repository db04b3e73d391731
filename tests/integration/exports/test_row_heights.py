"""The height of rows, held against what LibreOffice itself needs for them."""

import re
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from exports.row_height import MAX_HEIGHT
from exports.safe_openpyxl import Book
from exports.sheet_content import Column, Look, Page, Styled
from tests.fixtures.office import Heights
from tests.integration.exports.workbooks import exported
from tests.unit.exports.measured import HAIR, SPARE, MeasuredCell, measured_cells
from tests.unit.exports.rounds import invented_round

FITTED = re.compile(r'<row r="(\d+)" ht="([\d.]+)">')
AS_OF = datetime(2007, 7, 9, tzinfo=UTC)


def written(cells: dict[float, list[MeasuredCell]], path: Path) -> None:
    """A workbook with a sheet for each width, and one cell to a row."""
    with Book(title="Heights", as_of=AS_OF, zone=ZoneInfo("UTC")) as book, path.open("wb") as out:
        for width, those in cells.items():
            sheet = book.sheet(f"{width}", [Column(width, Look.ANSWER)], Page())
            for cell in those:
                sheet.append([Styled(cell.text, cell.look)])
        book.save(out)


def fitted_rows(path: Path) -> dict[tuple[str, int], float]:
    """The heights of the rows that programs may fit to their text, by sheet and row."""
    names = load_workbook(path, read_only=True).sheetnames
    with ZipFile(path) as archive:
        return {
            (name, int(row)): float(height)
            for place, name in enumerate(names, 1)
            for row, height in FITTED.findall(
                archive.read(f"xl/worksheets/sheet{place}.xml").decode()
            )
        }


def test_the_table_of_heights_is_what_libreoffice_measures(
    office_heights: Heights, tmp_path: Path
) -> None:
    cells: dict[float, list[MeasuredCell]] = defaultdict(list)
    for cell in measured_cells():
        cells[cell.width].append(cell)
    written(cells, tmp_path / "cells.xlsx")

    found = office_heights(tmp_path / "cells.xlsx")

    pairs = [(cells[float(sheet)][row - 1], height) for sheet, row, height in found]
    assert len(pairs) == len(measured_cells())
    # Faces that stand in for scripts which Arial lacks are not the same on every machine.
    known = [(cell, height) for cell, height in pairs if cell.text.text.isascii()]
    assert [cell for cell, height in known if abs(cell.height - height) > HAIR] == []


def test_rows_of_a_workbook_are_close_to_what_libreoffice_needs(
    office_heights: Heights, tmp_path: Path
) -> None:
    path = tmp_path / "round.xlsx"
    path.write_bytes(exported(invented_round(12, previous=invented_round(8, seed=3, year=2028))))

    found = office_heights(path)

    ours = fitted_rows(path)
    ratios: dict[str, list[float]] = defaultdict(list)
    for sheet, row, needed in found:
        height = ours.get((sheet, row))
        if height is not None:
            assert height > min(needed, MAX_HEIGHT) - HAIR, f"{sheet}, row {row}"
            ratios[sheet].append(height / needed)
    assert {"Annex B", "Annex A", "Answers", "Sources", "Codebook"} <= ratios.keys()
    assert max(sum(those) / len(those) for those in ratios.values()) < SPARE
