"""Questions that take the place of others: splits and mergers, as their author declares them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questionnaires.changes import VERDICTS, Change
from questionnaires.models import Definition, Question


@dataclass(frozen=True, slots=True)
class Succession:
    """What takes the place of what, among the questions that only one of two versions asks."""

    before: Mapping[str, tuple[Question, ...]]
    """For a new question: the dropped ones that it takes the place of."""
    after: Mapping[str, tuple[Question, ...]]
    """For a dropped question: the new ones that take its place."""

    @classmethod
    def between(cls, old: Definition, new: Definition) -> "Succession":
        """The succession from one version to another.

        Authors declare it by ``replaces``. Where a question declares nothing, a ``concept`` that it
        shares with a dropped one tells of a split or a merger.
        """
        had, has = ({one.name for one in each.fields} for each in (old, new))
        gone = {one.name: one for one in old.fields if one.name not in has}
        added = [one for one in new.fields if one.name not in had]
        before = {one.name: tuple(_predecessors(one, gone, added)) for one in added}
        after = {
            name: tuple(one for one in added if gone[name] in before[one.name]) for name in gone
        }
        return cls(before, after)

    def of_added(self, old: Definition, new: Definition, question: Question) -> tuple[Change, str]:
        """What a new question is, with a sentence."""
        before = self.before[question.name]
        if not before:
            return Change.NEW, f"New in this version. {VERDICTS[Change.NEW]}"
        why = _why(question)
        if len(before) > 1:
            words = f"Asks together what {_called(old, before)} asked."
            return Change.MERGED, f"{words}{why} {VERDICTS[Change.MERGED]}"
        beside = tuple(one for one in self.after[before[0].name] if one.name != question.name)
        if beside:
            rest = _called(new, beside)
            words = f"Part of what {_called(old, before)} asked; the rest is {rest}."
            return Change.SPLIT, f"{words}{why} {VERDICTS[Change.SPLIT]}"
        words = f"Takes the place of {_called(old, before)}.{why}"
        return Change.NEW, f"{words} Read both questions before setting answers side by side."

    def of_dropped(self, new: Definition, question: Question) -> tuple[Change, str]:
        """What became of a dropped question, with a sentence."""
        after = self.after[question.name]
        if not after:
            return Change.DROPPED, f"Not asked any more. {VERDICTS[Change.DROPPED]}"
        called = _called(new, after)
        if len(after) > 1:
            why = _why(*after)
            return Change.SPLIT, f"Asked in parts now: {called}.{why} {VERDICTS[Change.SPLIT]}"
        why = _why(after[0])
        if len(self.before[after[0].name]) > 1:
            words = f"Asked together with others now: {called}."
            both = "Compare them together with the new answer, never one alone."
            return Change.MERGED, f"{words}{why} {both}"
        return Change.DROPPED, f"Not asked any more; {called} takes its place.{why}"


def _predecessors(
    question: Question, gone: Mapping[str, Question], added: list[Question]
) -> Iterator[Question]:
    if question.replaces:
        yield from (gone[name] for name in question.replaces if name in gone)
        return
    if question.concept is None:
        return
    before = [one for one in gone.values() if one.concept == question.concept]
    beside = [one for one in added if one.concept == question.concept and not one.replaces]
    # One for one is no split and no merger, and nobody has said that it is the same.
    if len(before) > 1 or len(beside) > 1:
        yield from before


def _called(definition: Definition, questions: tuple[Question, ...]) -> str:
    return ", ".join(_name(definition, question) for question in questions)


def _name(definition: Definition, question: Question) -> str:
    item = definition.item_of.get(question.name)
    title = definition.words(question.short_label) or definition.words(question.label)
    quoted = f"«{title}»" if title else question.name
    return f"{item.code} {quoted}" if item is not None else quoted


def _why(*questions: Question) -> str:
    reasons = dict.fromkeys(one.replaces_because.strip() for one in questions)
    said = [reason.rstrip(".") for reason in reasons if reason]
    return f" Why: {'; '.join(said)}." if said else ""
