"""The comparison of two versions as a page and a program show it: both wordings, in words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.comparison import Change, QuestionComparison, compare
from questionnaires.models import Definition


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A kind of change as people read it; the sign says what a colour repeats."""

    label: str
    look: str
    sign: str
    counted: str = ""
    """What stands behind a number of questions, where it is not the label."""


WORDS: Mapping[Change, ChangeWords] = {
    Change.SAME: ChangeWords("same", "plain", "="),
    Change.TRANSLATED: ChangeWords("translated", "plain", "="),
    Change.MOVED: ChangeWords("moved", "plain", "↕"),
    Change.LIMITS_CHANGED: ChangeWords("limits changed", "warn", "▲", "with other limits"),
    Change.ASKED_OF_OTHERS: ChangeWords("asked of others", "warn", "▲"),
    Change.RELABELLED: ChangeWords("relabelled", "warn", "▲"),
    Change.OPTIONS_CHANGED: ChangeWords("options changed", "warn", "▲", "with other options"),
    Change.RESCALED: ChangeWords("on another scale", "warn", "▲"),
    Change.RETYPED: ChangeWords("retyped", "warn", "▲"),
    Change.SPLIT: ChangeWords("split", "warn", "▲"),
    Change.MERGED: ChangeWords("merged", "warn", "▲"),
    Change.NEW: ChangeWords("new", "good", "+"),
    Change.DROPPED: ChangeWords("dropped", "bad", "−"),
}
UNCHANGED = frozenset({Change.SAME, Change.TRANSLATED})
REFUSED = ChangeWords("retyped: refused", "bad", "✕")


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """One question of two versions."""

    name: str
    code: str
    """The number that people see, in the newer version where it has one."""
    before: str
    """How the older version words it; empty where it does not ask it."""
    now: str
    compared: QuestionComparison
    words: ChangeWords


@dataclass(frozen=True, slots=True)
class ComparedVersions:
    """Two versions, question by question, in the order of columns over both."""

    old: Definition
    new: Definition
    questions: tuple[ComparedQuestion, ...]

    @property
    def changed(self) -> tuple[ComparedQuestion, ...]:
        """The questions that are not what they were in the language they were written in."""
        return tuple(one for one in self.questions if one.compared.kind not in UNCHANGED)

    @property
    def translated(self) -> tuple[ComparedQuestion, ...]:
        """The questions of which translations alone changed."""
        return tuple(one for one in self.questions if one.compared.kind is Change.TRANSLATED)

    @property
    def same(self) -> tuple[ComparedQuestion, ...]:
        """The others."""
        return tuple(one for one in self.questions if one.compared.kind is Change.SAME)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many questions there are of each kind of change, the most frequent first."""
        return tuple(
            Counter(one.words.counted or one.words.label for one in self.questions).most_common()
        )


def compare_versions(old: Definition, new: Definition) -> ComparedVersions:
    """Two versions compared for people."""
    return ComparedVersions(
        old=old, new=new, questions=tuple(_question(old, new, one) for one in compare(old, new))
    )


def _question(old: Definition, new: Definition, one: QuestionComparison) -> ComparedQuestion:
    item = new.item_of.get(one.name) or old.item_of.get(one.name)
    return ComparedQuestion(
        name=one.name,
        code=item.code if item is not None else "",
        before=_label(old, one.name),
        now=_label(new, one.name),
        compared=one,
        words=REFUSED if one.refused else WORDS[one.kind],
    )


def _label(definition: Definition, name: str) -> str:
    question = definition.by_name.get(name)
    return definition.words(question.label) or name if question is not None else ""
