"""Where in its author's file each part of a definition stands, after the file was read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from questionnaires.lines import Lines
from questionnaires.lint import lint
from questionnaires.models import Definition
from questionnaires.problems import Problem


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Tells faults that are found later in the words of the file: by its lines or its cells."""

    lines: Lines = field(default_factory=Lines)
    told: Callable[[Iterable[Problem]], list[Problem]] = list
    """What problems with lines are to the author; for a workbook, problems at cells."""

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems at places of the definition, where the file has them."""
        return [placed for problem in problems for placed in self._placed(problem)]

    def _placed(self, problem: Problem) -> list[Problem]:
        line = self.lines.at(problem.place)
        return [problem] if line is None else self.told([_at(problem, line)])

    def lint(self, definition: Definition) -> list[Problem]:
        """What is wrong with a definition that has the parts of the file, and other words."""
        return self.told(lint(definition, self.lines))


def _at(problem: Problem, line: int) -> Problem:
    return problem.model_copy(update={"line": line})
