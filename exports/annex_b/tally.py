"""Counts of the closed questions as responses stream by, by group and with their bases."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from exports.annex_b.frame import Frame
from exports.annex_b.reading import Field, FieldReading, ResponseReading, field_of
from exports.records import Attribution, Invited
from questionnaires.marks import MEANINGS, Mark
from questionnaires.models import Choice, Question, QuestionType
from questionnaires.outcomes import Outcome

CLOSED = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK})
SEVERAL = frozenset({QuestionType.SELECT_MULTIPLE, QuestionType.RANK})
COUNTED = frozenset({Outcome.COMPLETED, Outcome.PARTIAL})
"""Only these returns are tabulated; rows that rest on other sources never are."""
ATTRIBUTION = "attribution"
"""The question that decides which returns are tabulated, so that it cannot be one of them."""

_OUTSIDE = {
    Mark.NA: "does not apply",
    Mark.ROUTED: "not asked",
    Mark.NOT_IN_VERSION: "not in that version",
    Mark.BLANK: "left empty",
    Mark.DK: "does not know",
    Mark.DECLINED: "prefers not to answer",
    Mark.NOT_REACHED: "not reached",
}


@dataclass(slots=True)
class QuestionTally:
    """The counts of one closed question; group indexes are those of the frame's bands."""

    asked: Field
    choices: tuple[Choice, ...]
    base: Counter[int] = field(default_factory=Counter)
    chosen: Counter[tuple[str, int]] = field(default_factory=Counter)
    outside: Counter[Mark] = field(default_factory=Counter)
    """Returns that are not in the base, by mark."""
    strangers: set[str] = field(default_factory=set)
    """Options that only another version of the questionnaire offers."""

    @property
    def total(self) -> int:
        """The base over all groups."""
        return self.base.total()

    @property
    def all_choices(self) -> tuple[Choice, ...]:
        """The options of the round's version, and those chosen in another one."""
        others = (
            Choice(name=name, label={"en": f"{name} (option of another version)"})
            for name in sorted(self.strangers)
        )
        return (*self.choices, *others)

    def base_words(self, counted: int) -> str:
        """The base in a sentence, of so many questionnaires, with who is not in it and why."""
        outside = ", ".join(
            f"{self.outside[mark]} {MEANINGS[mark].shown} ({words})"
            for mark, words in _OUTSIDE.items()
            if self.outside[mark]
        )
        words = f"Base: {self.total} of {counted} questionnaires"
        if outside:
            words += f"; not in the base: {outside}"
        if self.asked.question.type in SEVERAL:
            words += ". Several answers are possible, so shares can add up to more than 100 %"
        return f"{words}."

    def count(self, choice: str, group: int | None = None) -> int:
        """How often an option was chosen, in a group or in all."""
        if group is not None:
            return self.chosen[choice, group]
        return sum(count for (name, _), count in self.chosen.items() if name == choice)

    def add(self, mark: Mark, names: tuple[str, ...], group: int) -> None:
        """Count one return."""
        if not MEANINGS[mark].in_base:
            self.outside[mark] += 1
            return
        self.base[group] += 1
        known = {choice.name for choice in self.choices}
        for name in dict.fromkeys(names):
            self.chosen[name, group] += 1
            if name not in known:
                self.strangers.add(name)


class Tally:
    """All closed questions of the round's version, in its order."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        definition = frame.definition
        self.questions = {
            question.name: QuestionTally(
                field_of(definition, question), definition.options(question)
            )
            for question in definition.fields
            if is_closed(question) and question.name != ATTRIBUTION
        }
        self.allowed: Counter[Attribution] = Counter()
        """What completed and partial questionnaires allow to be done with their answers."""
        self.counted = 0
        """Returns in the tabulations."""

    def add(self, reading: ResponseReading) -> None:
        """Count a response, if it is a completed or partial questionnaire."""
        one = reading.invited
        if not is_counted(one):
            return
        self.allowed[one.attribution] += 1
        if one.attribution is Attribution.BACKGROUND:
            return
        self.counted += 1
        group = self._frame.band_index(one.key)
        for found in reading.fields:
            tally = self.questions.get(found.field.question.name)
            if tally is not None:
                tally.add(found.mark, tuple(chosen_names(found)), group)


def is_closed(question: Question) -> bool:
    """Whether a question has options that can be counted."""
    return question.type in CLOSED and not question.personal


def is_counted(one: Invited) -> bool:
    """Whether a respondent's return is tabulated."""
    return one.outcome in COUNTED


def chosen_names(found: FieldReading) -> Iterator[str]:
    """The options a respondent chose, each once."""
    match found.value:
        case str():
            yield found.value
        case tuple():
            yield from (part for part in found.value if isinstance(part, str))
        case _:
            return
