"""The row of headings of a sheet, which people put below a title."""

from collections.abc import Mapping

from questionnaires.xlsform import dialect
from questionnaires.xlsform.cells import Cell, Sheet
from questionnaires.xlsform.layout import PREFIX
from questionnaires.xlsform.report import Report

_SEARCHED = 10
"""Rows in which headings are looked for; a title takes one, seldom three."""
_SHEETS: Mapping[str, tuple[dialect.SheetName, frozenset[str]]] = {
    "survey": ("survey", frozenset({"type"})),
    "panel": ("survey", frozenset({"type"})),
    "choices": ("choices", frozenset({"list_name"})),
    "dimensions": ("choices", frozenset({"name"})),
    "settings": (
        "settings",
        frozenset({"form_title", "form_id", "version", "default_language"}),
    ),
    PREFIX: ("choices", frozenset({"setting"})),
}
"""How each sheet is spoken, and headings of which it has at least one."""


def below_title(sheet: Sheet, name: str, report: Report) -> Sheet:
    """The sheet from its headings on; what stands above them is told once."""
    kind, keys = _SHEETS[name]
    for number, row in enumerate(sheet.rows[:_SEARCHED]):
        if not any(_key(cell, kind) in keys for cell in row):
            continue
        if number:
            _tell(sheet, number, report)
        return Sheet(sheet.name, sheet.rows[number:], sheet.hidden)
    return sheet


def _key(cell: Cell, kind: dialect.SheetName) -> str:
    return dialect.heading(" ".join(cell.text.split()), kind, double_colon=True)[0]


def _tell(sheet: Sheet, above: int, report: Report) -> None:
    first, last = sheet.rows[0][0].row, sheet.rows[above - 1][0].row
    rows = f"row {first}" if first == last else f"rows {first} to {last}"
    said = ", ".join(f"«{cell.text}»" for row in sheet.rows[:above] for cell in row)
    report.odd(
        "headings-lower",
        f"The headings stand in row {sheet.rows[above][0].row}. What stands above them is no part "
        f"of the form: {said}.",
        f"Delete {rows}; other XLSForm tools take the first row for the headings.",
        report.places.line(sheet.name, first),
    )
