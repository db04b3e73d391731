"""Which questions may look different once others are answered."""

from collections.abc import Iterable, Iterator

from questionnaires.expressions import parse
from questionnaires.models import Definition, Group, Question

_NONE: frozenset[str] = frozenset()


def dependents_of(definition: Definition, changed: Iterable[str]) -> set[str]:
    """The questions and groups that depend on some answers, through others too."""
    known = set(changed)
    found: set[str] = set()
    if not known:
        return found
    # Conditions only look back, so one walk down the form finds what follows from what.
    for section in definition.survey:
        for node, inherited in _nodes(section, frozenset()):
            if not (inherited.isdisjoint(known) and _references(node).isdisjoint(known)):
                known.add(node.name)
                found.add(node.name)
    return found


def within(section: Group, names: set[str]) -> set[str]:
    """Those of some questions and groups that belong to a section."""
    return names & {node.name for node, _ in _nodes(section, frozenset())}


def with_matrices(group: Group, names: set[str]) -> set[str]:
    """Some questions, and the matrices of which they are rows."""
    found = set(names)
    for child in group.children:
        if isinstance(child, Group):
            if child.is_matrix and any(row.name in names for row in child.questions()):
                found.add(child.name)
            found |= with_matrices(child, found)
    return found


def _nodes(
    group: Group, inherited: frozenset[str]
) -> Iterator[tuple[Group | Question, frozenset[str]]]:
    yield group, inherited
    below = inherited | _references(group) if group.relevant is not None else inherited
    for child in group.children:
        if isinstance(child, Group):
            yield from _nodes(child, below)
        else:
            yield child, below


def _references(node: Group | Question) -> frozenset[str]:
    found = _NONE if node.relevant is None else parse(node.relevant).references
    if isinstance(node, Question):
        for text in (node.choice_filter, node.calculation):
            if text is not None:
                found |= parse(text).references
    return found
