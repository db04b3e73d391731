"""What is wrong with a definition beyond its spelling: every fault, in one pass."""

from questionnaires.lines import Lines
from questionnaires.lint.accepted import check_accepted
from questionnaires.lint.answers_in_words import check_answers_in_words
from questionnaires.lint.asked import check_asked
from questionnaires.lint.choices import check_choices
from questionnaires.lint.expressions import check_expressions
from questionnaires.lint.filters import check_filters
from questionnaires.lint.findings import Findings
from questionnaires.lint.length import check_length
from questionnaires.lint.looks import check_looks
from questionnaires.lint.names import check_names
from questionnaires.lint.parameters import check_parameters
from questionnaires.lint.pictures import check_pictures
from questionnaires.lint.reach import Reach
from questionnaires.lint.silent import check_silent
from questionnaires.lint.structure import check_structure
from questionnaires.lint.synthesis import check_synthesis
from questionnaires.lint.texts import check_texts
from questionnaires.lint.translated import check_translated
from questionnaires.lint.wording import check_wording
from questionnaires.models import Definition
from questionnaires.problems import Problem

__all__ = ["lint"]


def lint(definition: Definition, lines: Lines | None = None) -> list[Problem]:
    """Find every semantic fault of a definition; with ``lines``, say where in the file it is."""
    findings = Findings(definition, lines if lines is not None else Lines())
    for check in (
        check_names,
        check_structure,
        check_silent,
        check_choices,
        check_parameters,
        check_expressions,
        check_synthesis,
        check_texts,
        check_answers_in_words,
        check_translated,
        check_wording,
        check_looks,
        check_pictures,
        check_length,
    ):
        check(findings)
    # Conditions with a fault of their own, found by now, are not looked into further.
    form, panel = Reach(findings, in_panel=False), Reach(findings, in_panel=True)
    for check_reach in (check_asked, check_accepted, check_filters):
        check_reach(findings, form, panel)
    return findings.problems
