"""Kinds of question: what each type reads, accepts, shows and stores."""

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo

from questionnaires.answers import Value
from questionnaires.kinds.acknowledged import AcknowledgeKind
from questionnaires.kinds.choices import RankKind, SelectMultipleKind, SelectOneKind
from questionnaires.kinds.dates import DateKind
from questionnaires.kinds.files import FileKind
from questionnaires.kinds.kind import MAX_TEXT, Json, Kind, value_to_json
from questionnaires.kinds.moments import DateTimeKind, TimeKind, in_zone
from questionnaires.kinds.numbers import DecimalKind, IntegerKind
from questionnaires.kinds.places import GeopointKind, read_place
from questionnaires.kinds.ranges import RangeKind
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
    "read_default",
    "value_from_json",
    "value_to_json",
]

_CELLS: Mapping[QuestionType, Kind] = {
    QuestionType.TEXT: TextKind(),
    QuestionType.INTEGER: IntegerKind(),
    QuestionType.DECIMAL: DecimalKind(),
    QuestionType.RANGE: RangeKind(),
    QuestionType.DATE: DateKind(),
    QuestionType.TIME: TimeKind(),
    QuestionType.DATETIME: DateTimeKind(),
    QuestionType.SELECT_ONE: SelectOneKind(),
    QuestionType.SELECT_MULTIPLE: SelectMultipleKind(),
    QuestionType.ACKNOWLEDGE: AcknowledgeKind(),
}
"""The kinds that a column of a table may have."""

KINDS: dict[QuestionType, Kind] = {
    **_CELLS,
    QuestionType.RANK: RankKind(),
    QuestionType.GEOPOINT: GeopointKind(),
    QuestionType.FILE: FileKind(),
    QuestionType.IMAGE: FileKind(),
    QuestionType.AUDIO: FileKind(),
    QuestionType.VIDEO: FileKind(),
    QuestionType.NOTE: SilentKind(),
    QuestionType.CALCULATE: SilentKind(),
    QuestionType.HIDDEN: SilentKind(),
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

    Nothing when the default is an expression: only ``defaults`` can say what it comes to.
    As in XLSForm, several options, or latitude and longitude, have a space between them.
    """
    if question.default is None or question.default_is_expression:
        return None, []
    return read_default(question, definition, question.default)


def read_default(
    question: Question, definition: Definition, text: str
) -> tuple[Value | None, list[Problem]]:
    """A default, once it is worked out, as a value of the question's kind."""
    if question.type is QuestionType.HIDDEN:
        return text, []
    several = question.type in (
        QuestionType.SELECT_MULTIPLE,
        QuestionType.RANK,
        QuestionType.GEOPOINT,
    )
    raw = text.split() if several else [text]
    value, problems = KINDS[question.type].parse(question, definition, raw)
    if value is not None:
        problems = problems + check_value(question, definition, value)
    return (None if problems else value), problems


def parse_fields(
    question: Question,
    definition: Definition,
    fields: Mapping[str, Sequence[str]],
    *,
    zone: tzinfo = UTC,
) -> tuple[Value | None, list[Problem]]:
    """Read the answer to a question from the fields of a posted form.

    A simple question posts fields under its name. A place posts ``name.latitude`` and
    ``name.longitude``, a table ``name.0.column``, ``name.1.column`` …; rows left wholly blank are
    dropped, gaps in the numbers don't matter. Moments without an offset are in the ``zone``.
    """
    match question.type:
        case QuestionType.REPEAT:
            value, problems = read_table(question, definition, fields, _CELLS)
        case QuestionType.GEOPOINT:
            return read_place(question, fields)
        case _:
            raw = fields.get(question.name, ())
            value, problems = KINDS[question.type].parse(question, definition, raw)
    return (None if value is None else in_zone(question, value, zone)), problems
