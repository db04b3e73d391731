"""Where an answer is written by hand: boxes, lines and empty rows, sized by type."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.questionnaires.paper_phrases.languages import told
from app.questionnaires.paper_phrases.phrases import PaperPhrases
from app.questionnaires.paper_words import PaperWords
from app.responses.language import as_said
from questionnaires.kinds.ranges import scale_of
from questionnaires.models import UNASKED, UPLOADS, Question, QuestionType
from questionnaires.phrasebooks.books import phrasebook
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


def space_of(question: Question, words: PaperWords) -> PaperSpace | None:
    """The space for a question; ``None`` for what nobody answers."""
    phrases = words.phrases
    match question.type:
        case QuestionType.TEXT:
            is_long = "multiline" in (question.appearance or "").split()
            return PaperSpace(Ink.LINES, lines=LONG_LINES if is_long else SHORT_LINES)
        case QuestionType.RANGE:
            return _scale(question, words.phrases)
        case QuestionType.SELECT_ONE:
            return PaperSpace(Ink.TICKS, phrases.tick_one, options=_options(question, words))
        case QuestionType.SELECT_MULTIPLE:
            return PaperSpace(Ink.TICKS, phrases.tick_all, options=_options(question, words))
        case QuestionType.RANK:
            return PaperSpace(
                Ink.RANKS, _ranking(question, phrases), options=_options(question, words)
            )
        case QuestionType.REPEAT:
            return _table(question, words)
        case QuestionType.ACKNOWLEDGE:
            confirm = PaperOption(words.beside.confirm, alone=False)
            return PaperSpace(Ink.TICKS, options=(confirm,))
        case _ if question.type in UNASKED:
            return None
        case _:
            return _always_the_same(phrases)[question.type]


@lru_cache(maxsize=64)
def _always_the_same(phrases: PaperPhrases) -> Mapping[QuestionType, PaperSpace]:
    """The space for types of which every question has the same."""
    day, time = (phrases.day, phrases.month, phrases.year), (phrases.hour, phrases.minute)
    return {
        QuestionType.INTEGER: PaperSpace(Ink.BOX, phrases.whole_number),
        QuestionType.DECIMAL: PaperSpace(Ink.BOX, phrases.number),
        QuestionType.DATE: PaperSpace(Ink.PARTS, parts=day),
        QuestionType.TIME: PaperSpace(Ink.PARTS, parts=time),
        QuestionType.DATETIME: PaperSpace(Ink.PARTS, parts=(*day, *time)),
        QuestionType.GEOPOINT: PaperSpace(Ink.PARTS, parts=(phrases.latitude, phrases.longitude)),
        **dict.fromkeys(UPLOADS, PaperSpace(Ink.LINES, phrases.attach, lines=1)),
    }


def _scale(question: Question, phrases: PaperPhrases) -> PaperSpace:
    scale = scale_of(question)
    if scale is None:
        return PaperSpace(Ink.BOX, phrases.number)
    if scale.marks > MOST_MARKS:
        pattern = phrases.number_between if scale.step == 1 else phrases.number_in_steps
        instruction = told(pattern, start=scale.start, end=scale.end, step=scale.step)
        return PaperSpace(Ink.BOX, instruction)
    marks = tuple(str(scale.start + number * scale.step) for number in range(scale.marks))
    return PaperSpace(Ink.RING, phrases.ring_one, parts=marks)


def _ranking(question: Question, phrases: PaperPhrases) -> str:
    top = question.parameters.get("top")
    return told(phrases.rank_top, top=top) if top else phrases.rank_all


def _options(question: Question, words: PaperWords) -> tuple[PaperOption, ...]:
    return tuple(
        PaperOption(words.words(choice.label), choice.exclusive)
        for choice in words.definition.options(question)
    )


def _table(question: Question, words: PaperWords) -> PaperSpace:
    most = min(question.max_rows or MOST_ROWS, MOST_ROWS)
    rows = max(question.min_rows or 0, min(FEWEST_ROWS, most), most)
    more = question.max_rows is None or question.max_rows > rows
    instruction = _limits(question, words.phrases)
    if more:
        instruction = as_said(instruction, f"{instruction} {words.phrases.continue_}")
    columns = tuple(
        _column(column, words) for column in question.columns if column.type not in UNASKED
    )
    return PaperSpace(Ink.TABLE, instruction, columns=columns, rows=rows)


def _limits(question: Question, phrases: PaperPhrases) -> str:
    match bool(question.min_rows), bool(question.max_rows):
        case True, True:
            pattern = phrases.rows_between
        case True, False:
            pattern = phrases.rows_at_least
        case False, True:
            pattern = phrases.rows_at_most
        case _:
            pattern = phrases.one_row_each
    return told(pattern, least=question.min_rows, most=question.max_rows)


def _column(column: Question, words: PaperWords) -> PaperColumn:
    space = space_of(column, words)
    options = space.options if space is not None and column.list_name else ()
    asked = asked_if(words.definition, column, words.language)
    return PaperColumn(
        label=words.words(column.label),
        instruction=_in_a_cell(column, space, words),
        required=column.required,
        personal=column.personal,
        wide=column.type is QuestionType.TEXT,
        routing=asked.phrase if asked is not None else (),
        options=tuple(option.label for option in options),
    )


def _in_a_cell(column: Question, space: PaperSpace | None, words: PaperWords) -> str:
    """What to write in a cell, where there is no room to tick."""
    if space is None:
        return ""
    phrases = words.phrases
    match space.ink:
        case Ink.TICKS if column.type is QuestionType.SELECT_ONE:
            return phrases.key_one
        case Ink.TICKS | Ink.RANKS if column.list_name:
            return phrases.key_several
        case Ink.PARTS:
            return as_said(phrases.day, phrasebook(words.language).comma.join(space.parts) + ".")
        case Ink.RING:
            return told(phrases.number_between, start=space.parts[0], end=space.parts[-1])
        case _:
            return space.instruction
