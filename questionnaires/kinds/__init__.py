"""Kinds of question: what each type reads, accepts, shows and stores."""

from collections.abc import Mapping, Sequence

from questionnaires.answers import Value
from questionnaires.kinds.choices import RankKind, SelectMultipleKind, SelectOneKind
from questionnaires.kinds.dates import DateKind
from questionnaires.kinds.files import FileKind
from questionnaires.kinds.kind import MAX_TEXT, Json, Kind, value_to_json
from questionnaires.kinds.numbers import DecimalKind, IntegerKind
from questionnaires.kinds.silent import SilentKind
from questionnaires.kinds.tables import MAX_ROWS, RepeatKind, read_table
from questionnaires.kinds.texts import TextKind
from questionnaires.models import Definition, Question, QuestionType
from questionnaires.problems import Problem

__all__ = [
    "KINDS",
    "MAX_ROWS",
    "MAX_TEXT",
    "Json",
    "Kind",
    "check_value",
    "default_value",
    "display",
    "parse_fields",
    "value_from_json",
    "value_to_json",
]

_CELLS: Mapping[QuestionType, Kind] = {
    QuestionType.TEXT: TextKind(),
    QuestionType.INTEGER: IntegerKind(),
    QuestionType.DECIMAL: DecimalKind(),
    QuestionType.DATE: DateKind(),
    QuestionType.SELECT_ONE: SelectOneKind(),
    QuestionType.SELECT_MULTIPLE: SelectMultipleKind(),
}
"""The kinds that a column of a table may have."""

KINDS: dict[QuestionType, Kind] = {
    **_CELLS,
    QuestionType.RANK: RankKind(),
    QuestionType.FILE: FileKind(),
    QuestionType.NOTE: SilentKind(),
    QuestionType.CALCULATE: SilentKind(),
    QuestionType.REPEAT: RepeatKind(_CELLS),
}


def check_value(question: Question, definition: Definition, value: Value) -> list[Problem]:
    """What is wrong with a value as an answer to a question, whatever the other answers say."""
    return KINDS[question.type].check(question, definition, value)


def display(
    question: Question, definition: Definition, value: Value, language: str | None = None
) -> str:
    """A value in words for people: labels instead of names of choices."""
    return KINDS[question.type].display(question, definition, value, language)


def value_from_json(question: Question, data: object) -> tuple[Value | None, list[Problem]]:
    """Read a value as ``value_to_json`` writes it; anything else is a problem, never an error."""
    return KINDS[question.type].from_json(question, data)


def default_value(question: Question, definition: Definition) -> tuple[Value | None, list[Problem]]:
    """What a question says before anyone has answered it, and what is wrong with that.

    As in XLSForm, several options are written with a space between them.
    """
    if question.default is None:
        return None, []
    several = question.type in (QuestionType.SELECT_MULTIPLE, QuestionType.RANK)
    raw = question.default.split() if several else [question.default]
    value, problems = KINDS[question.type].parse(question, definition, raw)
    if value is not None:
        problems = problems + check_value(question, definition, value)
    return (None if problems else value), problems


def parse_fields(
    question: Question, definition: Definition, fields: Mapping[str, Sequence[str]]
) -> tuple[Value | None, list[Problem]]:
    """Read the answer to a question from the fields of a posted form.

    A simple question posts fields under its name. A table posts ``name.0.column``,
    ``name.1.column`` …; rows left wholly blank are dropped, gaps in the numbers don't matter.
    """
    if question.type is QuestionType.REPEAT:
        return read_table(question, definition, fields, _CELLS)
    return KINDS[question.type].parse(question, definition, fields.get(question.name, ()))
