"""What changed in the closed answers of those who answered in two rounds of a survey."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from exports.annex_b.frame import Frame
from exports.annex_b.reading import Reader, ResponseReading
from exports.annex_b.tally import chosen_names, is_closed, is_counted
from exports.records import RoundSnapshot
from questionnaires.comparison import Change, QuestionComparison, compare
from questionnaires.marks import Mark
from questionnaires.models import Definition, Question


class Movement(StrEnum):
    """What became of one respondent's answer to one closed question."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEWLY_ANSWERED = "newly answered"
    NO_LONGER_ANSWERED = "no longer answered"
    NOT_REACHED = "not reached"
    NOT_COMPARABLE = "not comparable"


COMPARABLE = frozenset(
    {
        *(Change.SAME, Change.TRANSLATED, Change.MOVED, Change.LIMITS_CHANGED),
        *(Change.ASKED_OF_OTHERS, Change.RELABELLED),
    }
)
_SHOWN = frozenset({Mark.ANSWERED, Mark.NIL})
Chosen = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """One answer that is not what it was."""

    respondent: str
    question: str
    movement: Movement
    before: Chosen | None
    now: Chosen | None
    mark_before: Mark
    mark_now: Mark
    """Why there is no answer, where there is none."""


@dataclass(frozen=True, slots=True)
class _Closed:
    """One respondent's answer to a closed question in one round."""

    mark: Mark
    chosen: Chosen | None = None
    """The options; ``None`` without an answer that may be shown."""


_NOWHERE = _Closed(Mark.NOT_IN_VERSION)


@dataclass(slots=True)
class Comparison:
    """Two rounds compared; ``moved`` leaves the unchanged answers to the counts."""

    previous: Frame
    questions: tuple[QuestionComparison, ...]
    moved: list[Moved] = field(default_factory=list)
    counts: dict[str, Counter[Movement]] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    """Respondents whose answers may not be told apart in one of the rounds."""
    compared: int = 0
    """Respondents with a counted questionnaire in both rounds."""


class Comparer:
    """Holds the closed answers of the round before, and sets each response beside them."""

    def __init__(self, frame: Frame, previous: RoundSnapshot) -> None:
        self._frame = frame
        self._before: dict[str, Mapping[str, _Closed]] = {}
        before = Frame(previous)
        versions = previous.definition, frame.definition
        questions = tuple(
            one
            for one in compare(*versions)
            if not any(_is_personal(it, one.name) for it in versions)
        )
        self.comparison = Comparison(before, questions)
        self._kinds = {one.name: one.kind for one in self.comparison.questions}
        self._shared = _shared_options(previous.definition, frame.definition)
        reader = Reader(before)
        for record in previous.responses():
            reading = reader.read(record)
            if not is_counted(reading.invited):
                continue
            if reading.is_named:
                self._before[record.respondent] = _closed_answers(reading)
            else:
                self.comparison.withheld.add(record.respondent)

    def add(self, reading: ResponseReading) -> None:
        """Compare a response of this round with that of the round before, if there is one."""
        respondent = reading.record.respondent
        if not is_counted(reading.invited):
            return
        if not reading.is_named:
            self.comparison.withheld.add(respondent)
            return
        before = self._before.get(respondent)
        if before is None:
            return
        self.comparison.compared += 1
        now = _closed_answers(reading)
        for name in self._kinds:
            had, has = before.get(name, _NOWHERE), now.get(name, _NOWHERE)
            if had.chosen is None and has.chosen is None:
                continue
            movement = self._movement(name, had, has)
            self.comparison.counts.setdefault(name, Counter())[movement] += 1
            if movement is not Movement.UNCHANGED:
                self.comparison.moved.append(
                    Moved(respondent, name, movement, had.chosen, has.chosen, had.mark, has.mark)
                )

    def _movement(self, name: str, had: _Closed, has: _Closed) -> Movement:
        if not self._is_comparable(name, (had.chosen or ()) + (has.chosen or ())):
            return Movement.NOT_COMPARABLE
        if had.chosen is None:
            return Movement.NEWLY_ANSWERED
        if has.mark is Mark.NOT_REACHED:
            # Nobody took an answer back: the form was left before the question.
            return Movement.NOT_REACHED
        if has.chosen is None:
            return Movement.NO_LONGER_ANSWERED
        return Movement.UNCHANGED if had.chosen == has.chosen else Movement.CHANGED

    def _is_comparable(self, name: str, chosen: Chosen) -> bool:
        kind = self._kinds[name]
        if kind is Change.OPTIONS_CHANGED:
            return set(chosen) <= self._shared.get(name, set())
        return kind in COMPARABLE


def _is_personal(definition: Definition, name: str) -> bool:
    return name in definition.by_name and definition.by_name[name].personal


def _closed_answers(reading: ResponseReading) -> Mapping[str, _Closed]:
    """The mark of each closed question, and the options chosen where there is an answer."""
    return {
        one.field.question.name: _Closed(
            one.mark, tuple(chosen_names(one)) if one.mark in _SHOWN else None
        )
        for one in reading.fields
        if is_closed(one.field.question)
    }


def _shared_options(old: Definition, new: Definition) -> Mapping[str, set[str]]:
    """Names of the options that both versions offer, by question."""
    return {
        name: _options(old, old.by_name[name]) & _options(new, question)
        for name, question in new.by_name.items()
        if name in old.by_name
    }


def _options(definition: Definition, question: Question) -> set[str]:
    return {choice.name for choice in definition.options(question)}
