"""What is wrong with a definition beyond its spelling: every fault, in one pass."""

from questionnaires.lines import Lines
from questionnaires.lint.choices import check_choices
from questionnaires.lint.expressions import check_expressions
from questionnaires.lint.findings import Findings
from questionnaires.lint.names import check_names
from questionnaires.lint.structure import check_structure
from questionnaires.lint.synthesis import check_synthesis
from questionnaires.lint.texts import check_texts
from questionnaires.models import Definition
from questionnaires.problems import Problem

__all__ = ["lint"]


def lint(definition: Definition, lines: Lines | None = None) -> list[Problem]:
    """Find every semantic fault of a definition; with ``lines``, say where in the file it is."""
    findings = Findings(definition, lines if lines is not None else Lines())
    for check in (
        check_names,
        check_structure,
        check_choices,
        check_expressions,
        check_synthesis,
        check_texts,
    ):
        check(findings)
    return findings.problems
