"""The parts of a definition with their places, and the faults found in them so far."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from questionnaires.lines import Lines
from questionnaires.lint.codes import FAULTS
from questionnaires.models import Definition, Frozen, Group, Question
from questionnaires.problems import Problem

_LISTED = 12
_MOST_COMPARED = 50
_FURTHEST = 4
"""By so many letters a slip makes a name longer or shorter."""


@dataclass(frozen=True, slots=True)
class Part:
    """A question, a group or a column, with where it stands."""

    node: Question | Group
    place: str
    in_panel: bool
    above: tuple[Group, ...]
    table: Question | None = None
    """The table that a column belongs to."""


class Findings:
    """Collects faults."""

    def __init__(self, definition: Definition, lines: Lines) -> None:
        self.definition = definition
        self.lines = lines
        self.problems: list[Problem] = []
        self._compared = 0
        self._faulty: set[tuple[str, str | None]] = set()
        self.parts = tuple(_all_parts(definition))
        """Groups and questions in the order of the form, columns after their table."""

    def add(
        self,
        code: str,
        message: str,
        mend: str,
        *,
        at: Frozen | None = None,
        key: str | None = None,
        place: str = "",
        line: int | None = None,
    ) -> None:
        """Add a fault, at the line of a model's key where that is known.

        How grave it is, the table of faults says.
        """
        if at is not None and line is None:
            line = self.lines.of(at, key)
            if line is None:
                # A definition with other words than the file that its lines are of.
                line = self.lines.at(f"{place}/{key}" if key is not None else place)
        self.problems.append(
            Problem(
                code=code,
                message=message,
                mend=mend,
                place=place,
                line=line,
                severity=FAULTS[code].severity,
            )
        )
        self._faulty.add((place, key))

    def has_fault(self, place: str, key: str) -> bool:
        """Whether something was found at that key of a part already."""
        return (place, key) in self._faulty

    def nearest(self, name: str, known: Iterable[str], otherwise: str) -> str:
        """Advice that names the nearest known name, if one is near.

        Looking for it is slow: a form where hundreds of names are wrong has another fault.
        """
        self._compared += 1
        if self._compared > _MOST_COMPARED:
            return otherwise
        alike = [one for one in known if abs(len(one) - len(name)) <= _FURTHEST]
        near = difflib.get_close_matches(name, alike, n=1)
        return f"Did you mean «{near[0]}»?" if near else otherwise

    def questions(self, *, columns: bool = False) -> Iterator[tuple[Question, Part]]:
        """Every question of sections and panel; columns of tables too, if asked for."""
        for part in self.parts:
            if isinstance(part.node, Question) and (columns or part.table is None):
                yield part.node, part

    def groups(self) -> Iterator[tuple[Group, Part]]:
        """Every group of sections and panel."""
        for part in self.parts:
            if isinstance(part.node, Group):
                yield part.node, part


def some_of(names: Iterable[str]) -> str:
    """Names as a message lists them: sorted, and not hundreds of them."""
    ordered = sorted(names)
    return ", ".join(ordered[:_LISTED]) + (" …" if len(ordered) > _LISTED else "")


def _all_parts(definition: Definition) -> Iterator[Part]:
    for section in definition.survey:
        yield from _parts(section, "survey", (), in_panel=False)
    if definition.panel is not None:
        yield from _parts(definition.panel, "panel", (), in_panel=True)


def _parts(
    node: Question | Group, above_place: str, above: tuple[Group, ...], *, in_panel: bool
) -> Iterator[Part]:
    place = f"{above_place}/{node.name}"
    yield Part(node, place, in_panel, above)
    match node:
        case Group():
            for child in node.children:
                yield from _parts(child, place, (*above, node), in_panel=in_panel)
        case Question():
            for column in node.columns:
                yield Part(column, f"{place}/{column.name}", in_panel, above, table=node)
