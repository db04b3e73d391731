"""Which questions may look different once others are answered."""

from collections.abc import Iterable, Iterator

from questionnaires.expressions import parse
from questionnaires.models import Definition, Group


def dependents_of(definition: Definition, changed: Iterable[str]) -> set[str]:
    """The questions and groups that depend on some answers, through others too."""
    known = set(changed)
    found: set[str] = set()
    if not known:
        return found
    # Conditions only look back, so one walk down the form finds what follows from what.
    for name, conditions in definition.conditions.items():
        if not all(parse(text).references.isdisjoint(known) for text in conditions):
            known.add(name)
            found.add(name)
    return found


def limited_by(definition: Definition, changed: set[str]) -> set[str]:
    """The questions whose constraints refer to some others."""
    return {
        name
        for name, limits in definition.limits.items()
        if changed and not all(parse(text).references.isdisjoint(changed) for text in limits)
    }


def within(section: Group, names: set[str]) -> set[str]:
    """Those of some questions and groups that belong to a section."""
    return names & set(_names(section))


def with_matrices(group: Group, names: set[str]) -> set[str]:
    """Some questions, and the matrices of which they are rows."""
    found = set(names)
    for child in group.children:
        if isinstance(child, Group):
            if child.is_matrix and any(row.name in names for row in child.questions()):
                found.add(child.name)
            found |= with_matrices(child, found)
    return found


def _names(group: Group) -> Iterator[str]:
    yield group.name
    for child in group.children:
        if isinstance(child, Group):
            yield from _names(child)
        else:
            yield child.name
