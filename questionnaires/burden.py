"""How long a form takes to answer: words to read, things to look up, answers to give.

The model is deliberately plain, so that an author can check it by hand. Everything is counted as
if it were asked: the longest way through the form.

- Reading: ``WORDS_A_MINUTE`` words of labels, hints, options and notes, as somebody reads who
  works in a second language. A list that is used again is read again, but an option costs no more
  than a glance after the first ``OPTIONS_READ``.
- Answering: the minutes of ``MINUTES`` for each type, which are those of an official who knows
  the subject and has the papers at hand. Text with the appearance ``multiline`` asks for an
  account, not for a few words, and takes ``MINUTES_OF_AN_ACCOUNT``.
- A table is answered with ``ROWS`` rows (or ``min_rows``, if that is more). Cells are quicker than
  questions: they take half.

It does not count the time to find a colleague who knows, which is what makes long forms late.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questionnaires.models import Definition, Group, Question, QuestionType

WORDS_A_MINUTE = 180
OPTIONS_READ = 20
ROWS = 3
MINUTES_OF_AN_ACCOUNT = 3.0
MINUTES: Mapping[QuestionType, float] = {
    QuestionType.NOTE: 0.0,
    QuestionType.CALCULATE: 0.0,
    QuestionType.HIDDEN: 0.0,
    QuestionType.ACKNOWLEDGE: 0.1,
    QuestionType.SELECT_ONE: 0.25,
    QuestionType.SELECT_MULTIPLE: 0.5,
    QuestionType.RANK: 0.75,
    QuestionType.RANGE: 0.25,
    QuestionType.INTEGER: 0.5,
    QuestionType.DECIMAL: 0.5,
    QuestionType.DATE: 0.5,
    QuestionType.TIME: 0.25,
    QuestionType.DATETIME: 0.5,
    QuestionType.GEOPOINT: 1.0,
    QuestionType.TEXT: 0.5,
    QuestionType.FILE: 2.0,
    QuestionType.IMAGE: 2.0,
    QuestionType.AUDIO: 2.0,
    QuestionType.VIDEO: 2.0,
    QuestionType.REPEAT: 0.0,
}


@dataclass(frozen=True, slots=True)
class Burden:
    """What a form asks of the people who answer it."""

    questions: int
    """Numbered questions, as people count them."""
    words: int
    """Words to read in the default language."""
    minutes: float


def burden_of(definition: Definition) -> Burden:
    """How many questions a form has, and how many minutes they are estimated to take."""
    counted = _Counted(definition)
    words = counted.words(definition.settings.introduction)
    minutes = 0.0
    for section in definition.survey:
        for node in _nodes(section):
            words += counted.words(node.label) + counted.words(node.hint)
            if isinstance(node, Question):
                words += counted.words_of_options(node)
                minutes += counted.minutes(node)
    return Burden(
        questions=len(definition.items),
        words=words,
        minutes=minutes + words / WORDS_A_MINUTE,
    )


class _Counted:
    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._lists: dict[str, int] = {}

    def words(self, text: Mapping[str, str]) -> int:
        return len(self._definition.words(text).split())

    def words_of_options(self, question: Question) -> int:
        total = 0
        for asked in (question, *question.columns):
            name = asked.list_name
            if name is not None and name not in self._lists:
                options = self._definition.options(asked)
                self._lists[name] = sum(self.words(one.label) for one in options[:OPTIONS_READ])
            total += self._lists[name] if name is not None else 0
            if asked is not question:
                total += self.words(asked.label) + self.words(asked.hint)
        return total

    def minutes(self, question: Question) -> float:
        if question.readonly:
            return 0.0
        if question.type is QuestionType.REPEAT:
            row = sum(self.minutes(column) / 2 for column in question.columns)
            return row * max(ROWS, question.min_rows or 0)
        if (
            question.type is QuestionType.TEXT
            and "multiline" in (question.appearance or "").split()
        ):
            return MINUTES_OF_AN_ACCOUNT
        return MINUTES[question.type]


def _nodes(group: Group) -> Iterator[Question | Group]:
    yield group
    for child in group.children:
        if isinstance(child, Group):
            yield from _nodes(child)
        else:
            yield child
