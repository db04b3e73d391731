"""Definitions from YAML files, with every fault found in one pass and its line."""

from pathlib import Path

from questionnaires.documents import Mapped, read_tree
from questionnaires.lines import Lines
from questionnaires.lint import lint
from questionnaires.models import Definition
from questionnaires.problems import Problem, Severity
from questionnaires.reading import Builder

_READ_AS_TEXT = frozenset({"unknown-type", "refused-type"})
"""Faults of a question that is then read as one of the type text, whatever was meant."""
_OF_LANGUAGES = frozenset({"default-language", "unknown-language", "no-translation", "no-label"})
"""Faults that may follow from settings that could not be read: which languages there are."""


class DefinitionInvalid(Exception):
    """A definition has faults. ``problems`` lists them all, in the order of the file."""

    def __init__(self, problems: list[Problem], source: str = "") -> None:
        super().__init__("\n".join(problem.sentence(source) for problem in problems))
        self.problems = problems
        self.source = source


def read_definition(
    text: str, *, source: str, lines: Lines | None = None
) -> tuple[Definition | None, list[Problem]]:
    """Read a definition and check it: what it holds, and everything that is wrong with it.

    ``source`` is the file's name for a fault that concerns the file as a whole; into ``lines`` goes
    where its parts stand. There is a definition if and only if no problem is an error.
    """
    tree, problems = read_tree(text)
    if tree is None:
        return None, problems
    if not isinstance(tree, Mapped):
        problem = Problem(
            code="not-a-definition",
            message=f"{source} does not hold a questionnaire.",
            mend="Start with «settings:» and «survey:».",
            line=tree.line,
        )
        return None, [*problems, problem]
    definition = definition_of(tree, problems, lines)
    problems.sort(key=lambda problem: (problem.line is None, problem.line or 0))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    return definition, problems


def definition_of(tree: Mapped, problems: list[Problem], lines: Lines | None = None) -> Definition:
    """Build and check what a tree holds, and add everything that is wrong with it.

    There is a definition in spite of errors: what could be read of it.
    """
    builder = Builder(problems, Lines() if lines is None else lines)
    definition = builder.definition(tree)
    follows = set[str]()
    if any(problem.place == "survey" for problem in problems):
        follows.add("no-sections")
    if any(problem.code in _READ_AS_TEXT for problem in problems):
        follows |= {"type-clash", "text-as-number"}
    if not builder.languages_are_known:
        follows |= _OF_LANGUAGES
    problems += [
        problem for problem in lint(definition, builder.lines) if problem.code not in follows
    ]
    return definition


def load_definition(path: Path) -> Definition:
    """Read a definition from a file; ``DefinitionInvalid`` with all its faults if it has any."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problem = Problem(
            code="not-utf-8",
            message=f"The file is not UTF-8 text: byte {error.start} cannot be read.",
            mend="Save it as UTF-8.",
            line=error.object[: error.start].count(b"\n") + 1,
        )
        raise DefinitionInvalid([problem], str(path)) from error
    definition, problems = read_definition(text, source=str(path))
    if definition is None:
        raise DefinitionInvalid(problems, str(path))
    return definition
