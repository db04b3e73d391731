"""Cells that hold no plain text, and the rows that are not taken because of them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from questionnaires.problems import Problem, Severity
from questionnaires.xlsform.cells import letters, place_of

_REFUSED = frozenset({"formula", "formula-without-value", "error-in-cell"})
"""Oddities of a cell for which its row is not taken; the reader names the cell."""
_NO_LONGER_TOLD = "More cells of the sheet are like this one."
"""The reader tells of the first cells of a kind, and says so of the last one that it tells of."""
_MERGED = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_ROW = re.compile(r"row ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Kept:
    """The column of a sheet that is read."""

    sheet: str
    column: int
    rows: Collection[int]

    def place(self, row: int) -> str:
        """Where its cell in a row is."""
        return place_of(self.sheet, row, letters(self.column))


def refused_rows(odd: Sequence[Problem], kept: Kept) -> dict[int, Problem]:
    """The rows whose cell in a column is no plain text, with what is wrong."""
    found: dict[int, Problem] = {}
    for problem in odd:
        for row in _rows_of(problem, kept):
            found[row] = problem.model_copy(
                update={
                    "place": kept.place(row),
                    "severity": Severity.ERROR,
                    "message": f"{problem.message} The row is not taken.",
                }
            )
    return found


def _rows_of(problem: Problem, kept: Kept) -> Collection[int]:
    if problem.place.partition(",")[0] != kept.sheet:
        return ()
    is_last = problem.message.endswith(_NO_LONGER_TOLD)
    if problem.code == "merged-cells":
        return kept.rows if is_last else _merged_rows(problem.message, kept.column)
    if problem.code not in _REFUSED:
        return ()
    rows = {row for row in kept.rows if problem.place == kept.place(row)}
    if is_last:
        last = _ROW.search(problem.place)
        rows |= {row for row in kept.rows if last is None or row > int(last[1])}
    return rows


def _merged_rows(message: str, column: int) -> range:
    """The rows of merged cells that cover a column."""
    found = _MERGED.search(message)
    if found is None:
        return range(0)
    first, last = _column_number(found[1]), _column_number(found[3])
    return range(int(found[2]), int(found[4]) + 1) if first <= column <= last else range(0)


def _column_number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
