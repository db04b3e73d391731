"""Two versions of a questionnaire compared: which answers can still be set side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from questionnaires.models import Definition, Question, QuestionType


class Change(StrEnum):
    """What became of a question from one version to the next."""

    SAME = "same"
    RELABELLED = "relabelled"
    TRANSLATED = "translated"
    RETYPED = "retyped"
    OPTIONS_CHANGED = "options_changed"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    DROPPED = "dropped"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class QuestionComparison:
    """One question in the comparison."""

    name: str
    kind: Change
    sentence: str
    """In plain words: whether answers to both versions can be compared."""


def compare(old: Definition, new: Definition) -> tuple[QuestionComparison, ...]:
    """Every question that can be answered in either version, in the new one's order, dropped last.

    A question is the same question as long as it has the same name. Those that share a
    ``concept`` with a dropped or new one tell of a split or a merger.
    """
    return tuple(_compared(old, new))


def _compared(old: Definition, new: Definition) -> Iterator[QuestionComparison]:
    gone = [question for question in old.fields if question.name not in new.by_name]
    added = [question for question in new.fields if question.name not in old.by_name]
    for question in new.fields:
        if question.name in old.by_name:
            yield _compare_one(old, new, question)
        else:
            yield _compare_added(question, gone, added)
    for question in gone:
        yield _compare_gone(question, gone, added)


def _sharing(concept: str | None, questions: list[Question]) -> list[str]:
    if concept is None:
        return []
    return [question.name for question in questions if question.concept == concept]


def _compare_added(
    question: Question, gone: list[Question], added: list[Question]
) -> QuestionComparison:
    before = _sharing(question.concept, gone)
    beside = _sharing(question.concept, added)
    if len(before) == 1 and len(beside) > 1:
        sentence = f"Part of what was asked as {before[0]}; compare the parts together with it."
        return QuestionComparison(question.name, Change.SPLIT, sentence)
    if len(before) > 1:
        sentence = f"Asks together what was asked as {', '.join(before)}; compare as a whole only."
        return QuestionComparison(question.name, Change.MERGED, sentence)
    return QuestionComparison(
        question.name, Change.NEW, "New in this version; earlier rounds have no answer to compare."
    )


def _compare_gone(
    question: Question, gone: list[Question], added: list[Question]
) -> QuestionComparison:
    after = _sharing(question.concept, added)
    beside = _sharing(question.concept, gone)
    if len(after) > 1 and len(beside) == 1:
        sentence = f"Now asked in parts as {', '.join(after)}; compare it with them together."
        return QuestionComparison(question.name, Change.SPLIT, sentence)
    if after and len(beside) > 1:
        sentence = f"Now asked together with others as {after[0]}; compare as a whole only."
        return QuestionComparison(question.name, Change.MERGED, sentence)
    return QuestionComparison(
        question.name, Change.DROPPED, "No longer asked; only earlier rounds have an answer."
    )


def _compare_one(old: Definition, new: Definition, question: Question) -> QuestionComparison:
    name = question.name
    before = old.by_name[name]
    if before.type is not question.type:
        return QuestionComparison(name, Change.RETYPED, _retyped(before, question))
    options = _options_changed(old, new, before, question)
    if options:
        return QuestionComparison(name, Change.OPTIONS_CHANGED, options)
    if _columns(before) != _columns(question):
        sentence = "The columns of the table changed; compare the columns that both versions have."
        return QuestionComparison(name, Change.OPTIONS_CHANGED, sentence)
    default = old.settings.default_language
    if old.words(before.label, default) != new.words(question.label, default):
        sentence = "Worded differently; comparable if the meaning is the same: read both wordings."
        return QuestionComparison(name, Change.RELABELLED, sentence)
    if _labels(old, before) != _labels(new, question):
        sentence = "Options are worded differently; comparable if their meaning is the same."
        return QuestionComparison(name, Change.RELABELLED, sentence)
    if before.label != question.label:
        sentence = "Only translations changed; fully comparable in the original language."
        return QuestionComparison(name, Change.TRANSLATED, sentence)
    if _address(old, name) != _address(new, name):
        sentence = (
            "Asked elsewhere in the form or under another condition; answers are comparable, "
            "but who was asked may differ."
        )
        return QuestionComparison(name, Change.MOVED, sentence)
    return QuestionComparison(name, Change.SAME, "Unchanged; fully comparable.")


def _retyped(before: Question, after: Question) -> str:
    if after.type is QuestionType.TEXT:
        return f"Was «{before.type}» and is free text now; compare as text only."
    return f"Was «{before.type}» and is «{after.type}» now; answers cannot be compared."


def _options_changed(old: Definition, new: Definition, before: Question, after: Question) -> str:
    had = {choice.name for choice in old.options(before)}
    has = {choice.name for choice in new.options(after)}
    parts: list[str] = []
    if has - had:
        parts.append("new: " + ", ".join(sorted(has - had)))
    if had - has:
        parts.append("gone: " + ", ".join(sorted(had - has)))
    if not parts:
        return ""
    return f"Options changed ({'; '.join(parts)}); compare the options that both versions have."


def _columns(question: Question) -> list[tuple[str, QuestionType]]:
    return [(column.name, column.type) for column in question.columns]


def _labels(definition: Definition, question: Question) -> dict[str, str]:
    language = definition.settings.default_language
    return {
        choice.name: definition.words(choice.label, language)
        for choice in definition.options(question)
    }


def _address(definition: Definition, name: str) -> tuple[tuple[str, ...], str | None]:
    """Where and under which conditions a question is asked."""
    groups = definition.ancestors[name]
    conditions = [group.relevant for group in groups if group.relevant is not None]
    own = definition.by_name[name].relevant
    return (groups[0].name, *conditions), own
