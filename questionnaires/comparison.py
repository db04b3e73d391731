"""Two versions of a questionnaire compared: which answers can still be set side by side."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from questionnaires.changes import VERDICTS, Change, Difference, gravest
from questionnaires.column_order import unite_questions
from questionnaires.differences import differences
from questionnaires.models import Definition
from questionnaires.succession import Succession

__all__ = ["Change", "QuestionComparison", "compare"]

_WORTH_SAYING = frozenset(Change) - {Change.TRANSLATED}


@dataclass(frozen=True, slots=True)
class QuestionComparison:
    """One question in the comparison."""

    name: str
    kind: Change
    sentence: str
    """In plain words: what is different, and whether answers to both versions can be compared."""
    refused: bool = False
    """True where the later version may not be published: a name keeps its type for life."""
    changes: tuple[Change, ...] = ()
    """Every kind of change there is; ``kind`` is the gravest of them."""


def compare(old: Definition, new: Definition) -> tuple[QuestionComparison, ...]:
    """Every question that can be answered in either version.

    In the new one's order; a dropped question stands near its old home. A question is the same
    question as long as it has the same name.
    """
    return tuple(_compared(old, new))


def _compared(old: Definition, new: Definition) -> Iterator[QuestionComparison]:
    had = {question.name for question in old.fields}
    has = {question.name for question in new.fields}
    succession = Succession.between(old, new)
    out_of_place = _out_of_place(old, new)
    for united in unite_questions((new, old)):
        name = united.name
        if name in had and name in has:
            yield _compare_one(old, new, name, out_of_place=name in out_of_place)
        elif name in has:
            yield _verdict_of(name, *succession.of_added(old, new, new.by_name[name]))
        else:
            yield _verdict_of(name, *succession.of_dropped(new, old.by_name[name]))


def _verdict_of(name: str, kind: Change, sentence: str) -> QuestionComparison:
    return QuestionComparison(name, kind, sentence, changes=(kind,))


def _compare_one(
    old: Definition, new: Definition, name: str, *, out_of_place: bool
) -> QuestionComparison:
    found = differences(old, new, name)
    if out_of_place and not any(one.change is Change.MOVED for one in found):
        found = (*found, Difference(Change.MOVED, "Asked at another place in its section."))
    kind = gravest(found)
    return QuestionComparison(
        name=name,
        kind=kind,
        sentence=_sentence(kind, found),
        refused=any(one.refused for one in found),
        changes=tuple(dict.fromkeys(one.change for one in found)) or (kind,),
    )


def _sentence(kind: Change, found: tuple[Difference, ...]) -> str:
    if kind is Change.SAME:
        return "Unchanged but for its hint; fully comparable." if found else VERDICTS[kind]
    # That translations changed too is no news beside a graver change.
    parts = [one.words for one in found if one.change in {kind, *_WORTH_SAYING}]
    widened = any(one.change is Change.RETYPED and not one.refused for one in found)
    # That a type was widened says itself how answers can be compared.
    if kind is not Change.RETYPED or not widened:
        parts.append(VERDICTS[kind])
    return " ".join(parts)


def _out_of_place(old: Definition, new: Definition) -> set[str]:
    """Shared questions of a section that stand in another order: the fewest that explain it."""
    had = {question.name: place for place, question in enumerate(old.fields)}
    shared: defaultdict[str, list[str]] = defaultdict(list)
    for question in new.fields:
        section = new.ancestors[question.name][0].name
        if question.name in had and old.ancestors[question.name][0].name == section:
            shared[section].append(question.name)
    moved: set[str] = set()
    for names in shared.values():
        kept = _longest_rising([had[name] for name in names])
        moved |= {name for name in names if had[name] not in kept}
    return moved


def _longest_rising(numbers: list[int]) -> set[int]:
    """A longest rising subsequence of different numbers: what stayed in order."""
    lowest_ends: list[int] = []
    """The lowest number that ends a rising run, by the length of the run."""
    before: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(lowest_ends, number)
        before[number] = lowest_ends[length - 1] if length else None
        lowest_ends[length : length + 1] = [number]
    run: set[int] = set()
    last = lowest_ends[-1] if lowest_ends else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run
