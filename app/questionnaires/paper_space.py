"""Where an answer is written by hand: boxes, lines and empty rows, sized by type."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.questionnaires.paper_words import PaperWords
from app.responses.form_words import form_words
from questionnaires.kinds.ranges import scale_of
from questionnaires.models import UNASKED, UPLOADS, Question, QuestionType
from questionnaires.phrases import Phrase
from questionnaires.routing_words import asked_if

LONG_LINES, SHORT_LINES = 6, 1
FEWEST_ROWS, MOST_ROWS = 3, 6
"""Empty rows of a table on paper, unless its own limits say otherwise."""
MOST_MARKS = 11
"""A scale of up to so many numbers is printed to be ringed; of a longer one a number is written."""
MANY_OPTIONS = 9
"""From so many options on, they stand in two columns."""


class Ink(StrEnum):
    """What is done with the pen."""

    LINES = "lines"
    BOX = "box"
    PARTS = "parts"
    TICKS = "ticks"
    RANKS = "ranks"
    RING = "ring"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class PaperOption:
    """An option with a box before it."""

    label: str
    alone: bool
    """Whether whoever ticks it ticks nothing else."""


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of a table, with the key to what is written in it."""

    label: str
    instruction: str
    required: bool
    personal: bool
    wide: bool
    routing: Phrase = ()
    options: tuple[str, ...] = ()
    """What the numbers written in it stand for, from 1."""


@dataclass(frozen=True, slots=True)
class PaperSpace:
    """The space under a question."""

    ink: Ink
    instruction: str = ""
    lines: int = 0
    parts: tuple[str, ...] = ()
    """What stands under each box of several: day, month and year; the marks of a scale."""
    options: tuple[PaperOption, ...] = ()
    columns: tuple[PaperColumn, ...] = ()
    rows: int = 0

    @property
    def many(self) -> bool:
        """Whether there are so many options that they stand in two columns."""
        return len(self.options) >= MANY_OPTIONS


_DATE, _TIME = ("Day", "Month", "Year"), ("Hour", "Minute")
_PLACE = ("Latitude, in degrees (south is negative)", "Longitude (west is negative)")
_ATTACHED = PaperSpace(Ink.LINES, "Attach what you have, and write its title here.", lines=1)
_ALWAYS_THE_SAME: Mapping[QuestionType, PaperSpace] = {
    QuestionType.INTEGER: PaperSpace(Ink.BOX, "A whole number."),
    QuestionType.DECIMAL: PaperSpace(Ink.BOX, "A number."),
    QuestionType.DATE: PaperSpace(Ink.PARTS, parts=_DATE),
    QuestionType.TIME: PaperSpace(Ink.PARTS, parts=_TIME),
    QuestionType.DATETIME: PaperSpace(Ink.PARTS, parts=(*_DATE, *_TIME)),
    QuestionType.GEOPOINT: PaperSpace(Ink.PARTS, parts=_PLACE),
    **dict.fromkeys(UPLOADS, _ATTACHED),
}


def space_of(question: Question, words: PaperWords) -> PaperSpace | None:
    """The space for a question; ``None`` for what nobody answers."""
    match question.type:
        case QuestionType.TEXT:
            is_long = "multiline" in (question.appearance or "").split()
            return PaperSpace(Ink.LINES, lines=LONG_LINES if is_long else SHORT_LINES)
        case QuestionType.RANGE:
            return _scale(question)
        case QuestionType.SELECT_ONE:
            return PaperSpace(Ink.TICKS, "Tick one.", options=_options(question, words))
        case QuestionType.SELECT_MULTIPLE:
            return PaperSpace(Ink.TICKS, "Tick all that apply.", options=_options(question, words))
        case QuestionType.RANK:
            return PaperSpace(Ink.RANKS, _ranking(question), options=_options(question, words))
        case QuestionType.REPEAT:
            return _table(question, words)
        case QuestionType.ACKNOWLEDGE:
            confirm = form_words(words.language).confirm
            return PaperSpace(Ink.TICKS, options=(PaperOption(confirm, alone=False),))
        case _ if question.type in UNASKED:
            return None
        case _:
            return _ALWAYS_THE_SAME[question.type]


def _scale(question: Question) -> PaperSpace:
    scale = scale_of(question)
    if scale is None:
        return PaperSpace(Ink.BOX, "A number.")
    if scale.marks > MOST_MARKS:
        steps = "" if scale.step == 1 else f", in steps of {scale.step}"
        return PaperSpace(Ink.BOX, f"A number from {scale.start} to {scale.end}{steps}.")
    marks = tuple(str(scale.start + number * scale.step) for number in range(scale.marks))
    return PaperSpace(Ink.RING, "Ring one.", parts=marks)


def _ranking(question: Question) -> str:
    top = question.parameters.get("top")
    which = f"the {top} most important" if top else "them in your order"
    return f"Number {which}: 1 for the first."


def _options(question: Question, words: PaperWords) -> tuple[PaperOption, ...]:
    return tuple(
        PaperOption(words.words(choice.label), choice.exclusive)
        for choice in words.definition.options(question)
    )


def _table(question: Question, words: PaperWords) -> PaperSpace:
    most = min(question.max_rows or MOST_ROWS, MOST_ROWS)
    rows = max(question.min_rows or 0, min(FEWEST_ROWS, most), most)
    more = question.max_rows is None or question.max_rows > rows
    limits = [f"at least {question.min_rows}"] if question.min_rows else []
    limits += [f"at most {question.max_rows}"] if question.max_rows else []
    instruction = f"One row each; {' and '.join(limits)} rows." if limits else "One row each."
    if more:
        instruction += " Continue on a sheet of your own where the rows are not enough."
    columns = tuple(
        _column(column, words) for column in question.columns if column.type not in UNASKED
    )
    return PaperSpace(Ink.TABLE, instruction, columns=columns, rows=rows)


def _column(column: Question, words: PaperWords) -> PaperColumn:
    space = space_of(column, words)
    options = space.options if space is not None and column.list_name else ()
    asked = asked_if(words.definition, column, words.language)
    return PaperColumn(
        label=words.words(column.label),
        instruction=_in_a_cell(column, space),
        required=column.required,
        personal=column.personal,
        wide=column.type is QuestionType.TEXT,
        routing=asked.phrase if asked is not None else (),
        options=tuple(option.label for option in options),
    )


def _in_a_cell(column: Question, space: PaperSpace | None) -> str:
    """What to write in a cell, where there is no room to tick."""
    if space is None:
        return ""
    match space.ink:
        case Ink.TICKS if column.type is QuestionType.SELECT_ONE:
            return "Write one number of the key below."
        case Ink.TICKS | Ink.RANKS if column.list_name:
            return "Write numbers of the key below."
        case Ink.PARTS:
            return ", ".join(space.parts) + "."
        case Ink.RING:
            return f"A number from {space.parts[0]} to {space.parts[-1]}."
        case _:
            return space.instruction
