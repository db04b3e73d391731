"""Forms that are too long: the first reason why they don't come back."""

from questionnaires.burden import burden_of
from questionnaires.lint.findings import Findings

MOST_QUESTIONS = 50
MOST_MINUTES = 90
"""For the longest way through the form; ``questionnaires.burden`` says how they are counted."""


def check_length(findings: Findings) -> None:
    """Warn of a form with more questions than people answer, or more minutes than they give."""
    burden = burden_of(findings.definition)
    if burden.questions <= MOST_QUESTIONS and burden.minutes <= MOST_MINUTES:
        return
    settings = findings.definition.settings
    findings.add(
        "long-form",
        f"The form has {burden.questions} questions and takes about {round(burden.minutes)} "
        f"minutes; more than {MOST_QUESTIONS} questions or {MOST_MINUTES} minutes often stay "
        "unanswered.",
        "Cut what no table or decision needs, or mark the most important ones as core.",
        at=settings,
        place="settings",
    )
