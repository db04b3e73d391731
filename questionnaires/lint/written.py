"""The expressions of a definition where they are written, and the names they may refer to."""

from dataclasses import dataclass

from elementpath import XPathToken

from questionnaires.expressions import Expression
from questionnaires.lint.findings import Findings, Part
from questionnaires.models import Group, Question


@dataclass(frozen=True, slots=True)
class Written:
    """An expression where it is written."""

    part: Part
    key: str
    expression: Expression
    tokens: tuple[XPathToken, ...]
    """All parts of the expression, taken apart once for all checks."""


class Names:
    """The questions that expressions of the form (or of the panel) may refer to, with order."""

    def __init__(self, findings: Findings, *, in_panel: bool) -> None:
        self.questions: dict[str, Question] = {}
        self.groups: set[str] = set()
        self.columns: dict[str, Question] = {}
        self.table_of: dict[str, Question] = {}
        """By name of a column: the table it belongs to."""
        self.position: dict[int, int] = {}
        """By identity of the part's node: how many parts stand before it."""
        self.first: dict[str, int] = {}
        self.first_column: dict[str, int] = {}
        for position, part in enumerate(findings.parts):
            self.position[id(part.node)] = position
            if part.in_panel is not in_panel:
                continue
            name = part.node.name
            match part.node:
                case Group():
                    self.groups.add(name)
                case Question() if part.table is not None:
                    self.columns.setdefault(name, part.node)
                    self.table_of.setdefault(name, part.table)
                    self.first_column.setdefault(name, position)
                case Question():
                    self.questions.setdefault(name, part.node)
                    self.first.setdefault(name, position)
