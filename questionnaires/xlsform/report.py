"""What came of reading a form: what is wrong with it, and what is not kept."""

import re

from questionnaires.problems import Problem, Severity
from questionnaires.xlsform.cells import Cell, place_of

_FIRST = 1_000_000_000
"""Lines stand for cells from here on, so that no text of a form can be taken for one of them."""
_LINE = re.compile(r"\bline (1\d{9})\b")


class Places:
    """Numbers for cells, which go through reading and lint as if they were lines of a file."""

    def __init__(self) -> None:
        self._places: list[str] = []

    def line(self, sheet: str, row: int, column: str = "") -> int:
        """The number of a cell, or of a row."""
        self._places.append(place_of(sheet, row, column) if row else sheet)
        return _FIRST + len(self._places) - 1

    def placed(self, problem: Problem) -> Problem:
        """A problem at the place that its line stands for; lines in its words too."""
        place = problem.place if problem.line is None else self._place(problem.line)
        return problem.model_copy(
            update={
                "line": None,
                "place": place,
                "message": _LINE.sub(lambda found: self._place(int(found[1])), problem.message),
                "mend": _LINE.sub(lambda found: self._place(int(found[1])), problem.mend),
            }
        )

    def _place(self, line: int) -> str:
        known = 0 <= line - _FIRST < len(self._places)
        return self._places[line - _FIRST] if known else ""


class Report:
    """Collects what is wrong, and what is not kept."""

    def __init__(self) -> None:
        self.places = Places()
        self.problems: list[Problem] = []
        self.not_kept: list[Problem] = []

    def wrong(
        self, code: str, message: str, mend: str, line: int, *, severity: Severity = Severity.ERROR
    ) -> None:
        """Add a fault at a cell."""
        self.problems.append(
            Problem(code=code, message=message, mend=mend, line=line, severity=severity)
        )

    def odd(self, code: str, message: str, mend: str, line: int) -> None:
        """Add something that is passed over."""
        self.wrong(code, message, mend, line, severity=Severity.WARNING)

    def drop(
        self,
        message: str,
        mend: str,
        place: str,
        *,
        code: str = "not-kept",
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Add what is not kept; a question that is lost is an error of the form."""
        self.not_kept.append(
            Problem(code=code, message=message, mend=mend, place=place, severity=severity)
        )

    def drop_cell(self, sheet: str, head: str, cell: Cell, why: str, mend: str) -> None:
        """Add a cell that is not kept; what it says is repeated in full."""
        self.drop(f"{why} It says «{cell.text}».", mend, place_of(sheet, cell.row, head))
