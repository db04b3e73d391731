"""What came of reading a form: what is wrong with it, and what is not kept."""

import re
from collections.abc import Iterable

from questionnaires.problems import Problem, Severity
from questionnaires.xlsform.cells import Cell, place_of
from questionnaires.xlsform.mends import in_sheets

_FIRST = 1_000_000_000
"""Lines stand for cells from here on, so that no text of a form can be taken for one of them."""
_UNTRANSLATED = "no-translation"
TYPOGRAPHIC = "typographic-signs"
"""Told with the mend, so that what else is wrong with such an expression need not be."""
_LINE = re.compile(r"\S+/\S+ \(line (1\d{9})\)|\bline (1\d{9})\b")
"""In the words of a fault; a path of the definition before it says the same."""


class Places:
    """Numbers for cells, which go through reading and lint as if they were lines of a file."""

    def __init__(self) -> None:
        self._places: list[str] = []

    def line(self, sheet: str, row: int, column: str = "") -> int:
        """The number of a cell, or of a row."""
        self._places.append(place_of(sheet, row, column) if row else sheet)
        return _FIRST + len(self._places) - 1

    def again(self, line: int) -> int:
        """A further number for the same cell."""
        self._places.append(self._place(line))
        return _FIRST + len(self._places) - 1

    def placed(self, problem: Problem) -> Problem:
        """A problem at the place that its line stands for; lines in its words too."""
        place = problem.place if problem.line is None else self._place(problem.line)
        return problem.model_copy(
            update={
                "line": None,
                "place": place,
                "message": _LINE.sub(self._found, problem.message),
                "mend": _LINE.sub(self._found, in_sheets(problem)),
            }
        )

    def _found(self, found: re.Match[str]) -> str:
        return self._place(int(found[1] or found[2]))

    def _place(self, line: int) -> str:
        known = 0 <= line - _FIRST < len(self._places)
        return self._places[line - _FIRST] if known else ""


class Report:
    """Collects what is wrong, and what is not kept."""

    def __init__(self) -> None:
        self.places = Places()
        self.problems: list[Problem] = []
        self.not_kept: list[Problem] = []
        self._made_up: set[int] = set()

    def made_up(self, line: int) -> int:
        """A number for a text that the form has not and that we put there, at a cell.

        That it is not translated yet is part of what is told of it, once.
        """
        number = self.places.again(line)
        self._made_up.add(number)
        return number

    def told(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems in the order of their cells and placed there, each once."""
        typed = {each.line for each in self.problems if each.code == TYPOGRAPHIC}
        merged = [
            problem
            for problem in problems
            if not (problem.line in self._made_up and problem.code == _UNTRANSLATED)
            and not (problem.line in typed and problem.code != TYPOGRAPHIC)
        ]
        merged.sort(key=lambda problem: (problem.line is not None, problem.line or 0))
        return list(dict.fromkeys(self.places.placed(problem) for problem in merged))

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

    def drop(self, message: str, mend: str, place: str, *, code: str = "not-kept") -> None:
        """Add what is not kept, and changes nothing of what is asked."""
        severity = Severity.WARNING
        self.not_kept.append(
            Problem(code=code, message=message, mend=mend, place=place, severity=severity)
        )

    def drop_cell(self, sheet: str, head: str, cell: Cell, why: str, mend: str) -> None:
        """Add a cell that is not kept; what it says is repeated in full."""
        self.drop(f"{why} It says «{cell.text}».", mend, place_of(sheet, cell.row, head))
