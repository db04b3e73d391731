"""Workbooks written and read back as a reader of Excel files sees them."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import takewhile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook

from exports.records import ExportProgress, RoundSnapshot
from exports.registry import EXPORTERS

Row = tuple[object, ...]
WIDEST = 30


def exported(snapshot: RoundSnapshot) -> bytes:
    """The bytes of the workbook."""
    stream = BytesIO()
    EXPORTERS["annex-b"].write(snapshot, stream, progress=_ignore)
    return stream.getvalue()


def _ignore(progress: ExportProgress) -> None:
    """Progress is nobody's concern here."""


def opened(snapshot: RoundSnapshot) -> Workbook:
    """The workbook of a snapshot with its values alone; quick, as sheets are read when asked."""
    return load_workbook(BytesIO(exported(snapshot)), read_only=True)


def opened_whole(snapshot: RoundSnapshot) -> Workbook:
    """The workbook of a snapshot with links, looks and pages."""
    return load_workbook(BytesIO(exported(snapshot)))


def rows_of(workbook: Workbook, sheet: str) -> list[Row]:
    """The values of a sheet, row by row, each as long as the widest could be."""
    rows = workbook[sheet].iter_rows(values_only=True)
    return [(*row, *(None,) * (WIDEST - len(row))) for row in rows]


def all_cells(workbook: Workbook) -> Iterator[Cell]:
    """Every cell of every sheet of a whole workbook."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell))


def all_text(workbook: Workbook) -> str:
    """All that can be read anywhere."""
    rows = (row for name in workbook.sheetnames for row in rows_of(workbook, name))
    return "\n".join(str(value) for row in rows for value in row if value is not None)


def table(workbook: Workbook, sheet: str, head: str) -> list[Mapping[str, object]]:
    """The rows below the one that begins with ``head``, by the words of that row."""
    rows = rows_of(workbook, sheet)
    start = next(place for place, row in enumerate(rows) if row[0] == head)
    heads = [str(name) for name in rows[start]]
    return [dict(zip(heads, row, strict=False)) for row in _table_rows(rows[start + 1 :])]


def annex_b(workbook: Workbook) -> dict[str, dict[str, str]]:
    """Annex B by short name of the respondent and by column: ``B1`` to ``B14``."""
    rows = rows_of(workbook, "Annex B")
    start = next(place for place, row in enumerate(rows) if row[0] == "B1")
    codes = {str(code): place for place, code in enumerate(rows[start]) if code}
    found = {}
    for row in _table_rows(rows[start + 2 :]):
        if row[1] is not None:
            cells = {code: str(row[place] or "") for code, place in codes.items()}
            found[cells["B1"].split("\n")[0]] = cells
    return found


def bands_of(workbook: Workbook) -> list[tuple[str, list[str]]]:
    """The bands of Annex B with the short names in them, in order."""
    rows = rows_of(workbook, "Annex B")
    start = next(place for place, row in enumerate(rows) if row[0] == "B1")
    bands: list[tuple[str, list[str]]] = []
    for row in _table_rows(rows[start + 2 :]):
        if row[1] is None:
            bands.append((str(row[0]), []))
        else:
            bands[-1][1].append(str(row[0]).split("\n")[0])
    return bands


def _table_rows(rows: list[Row]) -> Iterator[Row]:
    """The rows up to the empty one before the legend."""
    yield from takewhile(any, rows)
