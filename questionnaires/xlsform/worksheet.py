"""The cells of one sheet of an .xlsx, and what is odd about them."""

import re
from collections.abc import Collection

from questionnaires.problems import Problem
from questionnaires.readable import short
from questionnaires.xlsform.cells import (
    Allowance,
    Gathering,
    Sheet,
    check_length,
    error_in_cell,
    place_of,
    refused,
    warned,
)
from questionnaires.xlsform.numbers import day_of, plain_number
from questionnaires.xlsform.parts import Attributes, Text, Walk, decoded, whole

_MOST_TOLD = 50
"""Cells of one kind of oddity that are told of one by one."""
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Surroundings:
    """What the cells of all sheets share."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.strings: list[str] = []
        self.dates: Collection[int] = ()
        """The styles that show a number as a date."""
        self.since_1904 = False
        self.allowance = Allowance()


class SheetReader:
    """Gathers the cells of one sheet and tells what is odd about them."""

    def __init__(self, book: Surroundings, name: str, *, hidden: bool) -> None:
        self._book = book
        self._gathering = Gathering(name, book.allowance, hidden=hidden)
        self._name = name
        self._told: dict[str, int] = {}
        self._row = 0
        self._column = 0
        self._type = "n"
        self._style = 0
        self._formula = False
        self._value = ""
        self._in_value = False
        self._inline = Text()

    def watch(self, walk: Walk) -> None:
        """Gather the cells on a walk."""
        self._inline.watch(walk)
        add = walk.text

        def text(more: str) -> None:
            if self._in_value:
                check_length(len(self._value) + len(more), self._place())
                self._value += more
            else:
                add(more)

        walk.text = text
        walk.starts |= {
            "row": self._begin_row,
            "c": self._begin_cell,
            "v": self._begin_value,
            "f": self._note_formula,
            "mergeCell": self._merged,
        }
        walk.ends |= {"c": self._end_cell, "v": self._end_value, "row": self._gathering.end_row}

    def sheet(self) -> Sheet:
        """The sheet that was gathered."""
        return self._gathering.sheet()

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = whole(attributes.get("r")) or self._row + 1
        self._column = 0

    def _begin_cell(self, attributes: Attributes) -> None:
        self._column += 1
        if found := _REFERENCE.fullmatch(attributes.get("r", "")):
            self._column = _number_of(found[1])
        self._type = attributes.get("t", "n")
        self._style = whole(attributes.get("s"))
        self._formula = False
        self._value = ""

    def _begin_value(self, _attributes: Attributes) -> None:
        self._in_value = True

    def _end_value(self) -> None:
        self._in_value = False

    def _note_formula(self, _attributes: Attributes) -> None:
        self._formula = True

    def _end_cell(self) -> None:
        text = self._said(self._value)
        self._gathering.add(text, self._row, self._column)
        if self._formula:
            self._tell_formula(text)

    def _said(self, value: str) -> str:
        match self._type:
            case "s":
                number = whole(value, -1)
                strings = self._book.strings
                return strings[number] if 0 <= number < len(strings) else ""
            case "inlineStr":
                return self._inline.taken()
            case "str":
                return decoded(value)
            case "b":
                return "TRUE" if value.strip() == "1" else "FALSE"
            case "e":
                self._note(error_in_cell(value, self._place()))
                return value
            case _:
                return self._number(value)

    def _number(self, value: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if self._style not in self._book.dates:
            return plain_number(number)
        shown, problem = day_of(number, since_1904=self._book.since_1904, place=self._place())
        if problem is not None:
            self._note(problem)
        return shown

    def _tell_formula(self, text: str) -> None:
        if text:
            self._tell(
                "formula",
                f"The cell holds a formula; its stored value «{short(text)}» is used.",
                "Copy the cell and paste it as a value.",
            )
            return
        self._book.problems.append(
            refused(
                "formula-without-value",
                "The cell holds a formula without a stored value, and formulas are not worked out.",
                "Open the file in a spreadsheet program, and paste the cell as a value.",
                self._place(),
            )
        )

    def _merged(self, attributes: Attributes) -> None:
        where = attributes.get("ref", "")
        first = _REFERENCE.match(where)
        self._tell(
            "merged-cells",
            f"The cells {where} are merged; what they say counts for the first of them alone.",
            "Take the merging out, and write the text into each cell that it is meant for.",
            place_of(self._name, int(first[2]), _number_of(first[1])) if first else self._name,
        )

    def _tell(self, code: str, message: str, mend: str, place: str = "") -> None:
        self._note(warned(code, message, mend, place or self._place()))

    def _note(self, problem: Problem) -> None:
        self._told[problem.code] = self._told.get(problem.code, 0) + 1
        if self._told[problem.code] < _MOST_TOLD:
            self._book.problems.append(problem)
        elif self._told[problem.code] == _MOST_TOLD:
            more = f"{problem.message} More cells of the sheet are like this one."
            self._book.problems.append(problem.model_copy(update={"message": more}))

    def _place(self) -> str:
        return place_of(self._name, self._row, self._column)


def _number_of(column: str) -> int:
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
