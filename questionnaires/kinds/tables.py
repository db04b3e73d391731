"""Tables that a respondent fills row by row."""

import re
from collections.abc import Mapping, Sequence

from questionnaires.answered import is_answered
from questionnaires.answers import Entry, Point, Row, Value
from questionnaires.kinds.kind import Kind, Parsed, wrong_type
from questionnaires.models import Definition, Question, QuestionType
from questionnaires.problems import Problem

MAX_ROWS = 200
"""Rows that a table may have unless its ``max_rows`` says less."""

_FIELD = re.compile(r"(?P<row>[0-9]{1,4})\.(?P<column>[a-z_][a-z0-9_]*)")

Cells = Mapping[QuestionType, Kind]


def rows_of(value: Value) -> tuple[Row, ...] | None:
    """The rows of a stored table; ``None`` when the value is no table."""
    if not isinstance(value, tuple):
        return None
    rows = tuple(part for part in value if isinstance(part, Mapping))
    return rows if len(rows) == len(value) else None


class RepeatKind(Kind):
    """A table: rows of cells, each cell a small question of its own kind."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        """A table has no single field: ``parse_fields`` reads it from its cells."""
        if not any(raw):
            return None, []
        return None, [wrong_type(question, "a table given cell by cell")]

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        rows = rows_of(value)
        if rows is None:
            return [wrong_type(question, "a table")]
        problems: list[Problem] = []
        most = question.max_rows or MAX_ROWS
        if len(rows) > most:
            problem = Problem(
                code="too-many",
                message=f"The table has {len(rows)} rows; at most {most} fit.",
                mend="Join rows, or attach the full list as a document.",
                place=question.name,
            )
            problems.append(problem)
        for number, row in enumerate(rows[:MAX_ROWS]):
            problems += self._check_row(question, definition, number, row)
        return problems

    def _check_row(
        self, question: Question, definition: Definition, number: int, row: Row
    ) -> list[Problem]:
        columns = {column.name: column for column in question.columns}
        problems: list[Problem] = []
        for name, entry in row.items():
            place = f"{question.name}.{number}.{name}"
            column = columns.get(name)
            if column is None:
                problem = Problem(
                    code="unknown-column",
                    message=f"Row {number + 1} has a column «{name[:60]}» that is not asked for.",
                    mend=f"Columns are: {', '.join(columns)}.",
                    place=place,
                )
                problems.append(problem)
            else:
                found = self._cells[column.type].check(column, definition, entry)
                problems += [_in_row(problem, place, number) for problem in found]
        return problems

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        return "\n".join(
            " · ".join(self._cells_in_words(question, definition, row, language))
            for row in rows_of(value) or ()
        )

    def _cells_in_words(
        self, question: Question, definition: Definition, row: Row, language: str | None
    ) -> list[str]:
        return [
            self._cells[column.type].display(column, definition, row[column.name], language)
            for column in question.columns
            if column.name in row and is_answered(row[column.name])
        ]

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        if not isinstance(data, list):
            return None, [wrong_type(question, "a list of rows")]
        columns = {column.name: column for column in question.columns}
        problems: list[Problem] = []
        rows: list[Row] = []
        for number, item in enumerate(data):
            if not isinstance(item, dict):
                return None, [wrong_type(question, "a list of rows")]
            row: dict[str, Entry] = {}
            for name, cell in item.items():
                place = f"{question.name}.{number}.{name}"
                column = columns.get(str(name))
                if column is None:
                    problem = Problem(
                        code="unknown-column",
                        message=f"Row {number + 1} has a column «{name}» that is not asked for.",
                        mend=f"Columns are: {', '.join(columns)}.",
                        place=place,
                    )
                    problems.append(problem)
                    continue
                value, found = self._cells[column.type].from_json(column, cell)
                problems += [_in_row(problem, place, number) for problem in found]
                entry = _entry(value)
                if entry is not None:
                    row[column.name] = entry
            rows.append(row)
        return (None if problems else tuple(rows)), problems


def read_table(
    question: Question,
    definition: Definition,
    fields: Mapping[str, Sequence[str]],
    cells: Cells,
) -> Parsed:
    """Read a table from posted fields named ``table.row.column``."""
    found: dict[int, dict[str, Sequence[str]]] = {}
    for field, raw in fields.items():
        prefix, _, rest = field.partition(".")
        match = _FIELD.fullmatch(rest)
        if prefix == question.name and match is not None:
            found.setdefault(int(match["row"]), {})[match["column"]] = raw
    problems: list[Problem] = []
    rows: list[Row] = []
    for number in sorted(found):
        row: dict[str, Entry] = {}
        for column in question.columns:
            raw = found[number].get(column.name, ())
            value, wrong = cells[column.type].parse(column, definition, raw)
            place = f"{question.name}.{number}.{column.name}"
            problems += [_in_row(problem, place, number) for problem in wrong]
            entry = _entry(value)
            if entry is not None and is_answered(entry):
                row[column.name] = entry
        if row:
            rows.append(row)
    return tuple(rows) or None, problems


def _entry(value: Value | None) -> Entry | None:
    match value:
        case None | Point():
            return None
        case tuple():
            return tuple(part for part in value if isinstance(part, str))
        case _:
            return value


def _in_row(problem: Problem, place: str, number: int) -> Problem:
    return problem.model_copy(
        update={"place": place, "message": f"Row {number + 1}: {problem.message}"}
    )
