"""Cells from text: comma-separated values, and tables as Markdown draws them."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from questionnaires.problems import Problem
from questionnaires.xlsform.cells import (
    Allowance,
    FileRefused,
    Gathering,
    Sheet,
    Sheets,
    place_of,
    refused,
    warned,
)

_SEPARATORS = (",", ";", "\t")
_LOOKED_AT = 50
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_COMMENT = re.compile(r"^\s*#")
_TABLE_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_RULER = re.compile(r"^[\s|:-]+$")
_PIPE = re.compile(r"(?<!\\)\|")
_HEADS = {"type", "name"}


def decoded(content: bytes, name: str) -> str:
    """Text in UTF-8, with a byte order mark or without; ``FileRefused`` for any other."""
    mend = "Save it as UTF-8; in Excel: Save As, «CSV UTF-8 (Comma delimited)»."
    if content.startswith(_UTF_16):
        raise FileRefused(
            refused("not-utf-8", f"The text of {name} is in UTF-16, not in UTF-8.", mend)
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise FileRefused(
            refused(
                "not-utf-8",
                f"The text of {name} is not UTF-8: line {row} holds a byte that cannot be read.",
                mend,
            )
        ) from error


def read_csv(text: str) -> Sheets:
    """Sheets from one file of values: a row that names the sheet, then its rows one column in.

    Without such a row, the whole is the sheet «survey». Values are set apart by commas,
    semicolons or tabs.
    """
    separator = max(_SEPARATORS, key=lambda each: _cells_by(text, each))
    plain: str | None = None
    gathering: Gathering | None = None
    found = _Found()
    problems: list[Problem] = []
    for line, values in _rows(text, separator):
        if plain is None and any(value.strip() for value in values):
            plain = "survey" if {value.strip().casefold() for value in values} >= _HEADS else ""
            if values[0].strip() == "":
                plain = ""
        if plain:
            gathering = gathering or found.begin(plain)
            _add(gathering, values, line, 1)
            continue
        if values and values[0].strip():
            gathering = found.begin(values[0].strip())
        rest = values[1:]
        if gathering is None:
            if any(value.strip() for value in rest):
                problems.append(_outside(line))
            continue
        _add(gathering, rest, line, 2)
    return Sheets(found.sheets(), tuple(problems))


def read_markdown(text: str) -> Sheets:
    """Sheets from tables: ``| survey |`` begins one, ``| | type | name |`` is a row of it."""
    gathering: Gathering | None = None
    found = _Found()
    problems: list[Problem] = []
    for line, words in enumerate(text.splitlines(), 1):
        if _COMMENT.match(words) or not words.strip():
            continue
        row = _TABLE_ROW.match(words)
        if row is None:
            problems.append(
                warned(
                    "outside-table",
                    "The line is no row of a table, so it is left out.",
                    "Put «|» before and after it, or «#» in front if it is a comment.",
                    f"line {line}",
                )
            )
            continue
        if _RULER.match(row[1]):
            continue
        values = [value.strip().replace("\\|", "|") for value in _PIPE.split(row[1])]
        if values[0]:
            gathering = found.begin(values[0])
        if gathering is None:
            problems.append(_outside(line))
            continue
        _add(gathering, values[1:], line, 2)
    return Sheets(found.sheets(), tuple(problems))


class _Found:
    """The sheets begun so far."""

    def __init__(self) -> None:
        self._allowance = Allowance()
        self._gatherings: list[Gathering] = []

    def begin(self, name: str) -> Gathering:
        self._gatherings.append(Gathering(name, self._allowance))
        return self._gatherings[-1]

    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(gathering.sheet() for gathering in self._gatherings)


def _add(gathering: Gathering, values: Sequence[str], line: int, first: int) -> None:
    for column, value in enumerate(values, first):
        gathering.add(value, line, column)
    gathering.end_row()


def _outside(line: int) -> Problem:
    return warned(
        "outside-sheet",
        "The row stands before the name of any sheet, so it is left out.",
        "Put a row with the name of the sheet, such as survey, in front of it.",
        place_of("file", line),
    )


def _cells_by(text: str, separator: str) -> int:
    """How many cells the first rows have, if this is what sets them apart."""
    count = 0
    for number, (_, values) in enumerate(_rows(text, separator)):
        if number == _LOOKED_AT:
            break
        count += len(values)
    return count


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    line = 1
    while True:
        try:
            values = next(reader, None)
        except csv.Error as error:
            raise FileRefused(
                refused(
                    "damaged-file",
                    f"The values cannot be told apart from line {line} on: {error}.",
                    "Look for a quotation mark that is not closed.",
                    place_of("file", line),
                )
            ) from error
        if values is None:
            return
        yield line, values
        line = reader.line_num + 1
