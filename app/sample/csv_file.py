"""Read a sample's CSV file and name every row that cannot be read, with file, line and mend."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TypeVar

from app.errors import Invalid
from questionnaires.problems import Problem

Read = TypeVar("Read")

LINES = re.compile(r"[1-9]\d*(-[1-9]\d*)?(; ?[1-9]\d*(-[1-9]\d*)?)*")


class Unreadable(Exception):
    """A row that makes no sense, with how to mend it."""

    def __init__(self, message: str, *, mend: str, column: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.column = column


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row of a file with a heading, and the line on which it begins."""

    line: int
    fields: Mapping[str, str]

    def text(self, column: str) -> str:
        """A field that must not be empty."""
        text = self.fields[column].strip()
        if not text:
            raise Unreadable(f"The column «{column}» is empty.", mend="Fill it in.", column=column)
        return text

    def one_of(self, column: str, known: Mapping[str, Read]) -> Read:
        """What one of some known words stands for."""
        word = self.text(column)
        if word not in known:
            raise Unreadable(
                f"«{word}» is not known in the column «{column}».",
                mend=f"Use one of: {', '.join(known)}.",
                column=column,
            )
        return known[word]

    def locator(self, column: str) -> str:
        """Line numbers such as ``216-217;334-335`` as ``L216-217; L334-335``."""
        lines = self.text(column)
        if LINES.fullmatch(lines) is None:
            raise Unreadable(
                f"«{lines}» are no line numbers.",
                mend="Write them as 216-217;334-335.",
                column=column,
            )
        return "; ".join(f"L{part.strip()}" for part in lines.split(";"))


def read_csv(
    path: Path, columns: tuple[str, ...], read: Callable[[CsvRow], Read]
) -> tuple[list[Read], list[Problem]]:
    """Every row as ``read`` understands it, and what is wrong with those it does not."""
    found: list[Read] = []
    problems: list[Problem] = []
    try:
        data = path.read_bytes()
    except OSError as error:
        return [], [_problem(path, None, f"The file cannot be read: {error}.", "Restore it.")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"The row holds a byte (0x{data[error.start]:02x}) that is not UTF-8."
        mend = "Save the file as UTF-8, and look whether its letters with accents are right."
        return [], [_problem(path, line, message, mend)]
    lines = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        if tuple(next(lines, ())) != columns:
            mend = f"The first line must be: {','.join(columns)}"
            return [], [_problem(path, 1, "The heading is not the expected one.", mend)]
        for line, fields in _numbered(lines):
            if len(fields) != len(columns):
                message = f"The row has {len(fields)} fields instead of {len(columns)}."
                mend = "Put a field that has a comma between double quotes."
                problems.append(_problem(path, line, message, mend))
                continue
            try:
                found.append(read(CsvRow(line, dict(zip(columns, fields, strict=True)))))
            except Unreadable as error:
                problems.append(_problem(path, line, error.message, error.mend, error.column))
    except csv.Error as error:
        mend = "Close every double quote, and double those inside a field."
        problems.append(_problem(path, lines.line_num, f"The row is broken: {error}.", mend))
    return found, problems


def _numbered(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each begins on; a field may spread over several lines."""
    while True:
        line = int(getattr(lines, "line_num", 0)) + 1
        fields = next(lines, None)
        if fields is None:
            return
        if fields:
            yield line, fields


def _problem(path: Path, line: int | None, message: str, mend: str, column: str = "") -> Problem:
    return Problem(
        code="unreadable-row" if line is not None else "unreadable-file",
        message=message,
        mend=mend,
        place=f"{path.name}{f' column {column}' if column else ''}",
        line=line,
    )


def refuse(problems: list[Problem]) -> None:
    """Raise ``Invalid`` when there are problems, naming each with its file and line."""
    if problems:
        sentences = (
            f"{problem.place}, line {problem.line}: {problem.message} {problem.mend}"
            if problem.line is not None
            else f"{problem.place}: {problem.message} {problem.mend}"
            for problem in problems
        )
        raise Invalid(problems, message="Nothing was loaded. " + " ".join(sentences))
