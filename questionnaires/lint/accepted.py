"""Constraints that refuse every answer, or the default."""

from questionnaires.datum import datum_of_value
from questionnaires.kinds import default_value
from questionnaires.lint.domains import domain_of, uses_in
from questionnaires.lint.findings import Findings, Part
from questionnaires.lint.reach import Reach, names_in, parts_of
from questionnaires.lint.search import Condition, Found, Unknown
from questionnaires.models import Question


def check_accepted(findings: Findings, form: Reach, panel: Reach) -> None:
    """Refuse constraints that no answer meets, and defaults that their constraint refuses."""
    for question, part in findings.questions(columns=True):
        if question.constraint is None or findings.has_fault(part.place, "constraint"):
            continue
        _check_constraint(findings, panel if part.in_panel else form, question, part)


def _check_constraint(findings: Findings, reach: Reach, question: Question, part: Part) -> None:
    conditions = [Condition(one, names_in(one)) for one in parts_of((question.constraint or "",))]
    uses = uses_in(condition.expression.root for condition in conditions).get(".")
    if uses is None:
        return
    tried = domain_of(question, findings.definition, uses)
    if tried is not None and _refuses(reach, conditions, Unknown(".", tried[1:])):
        findings.add(
            "impossible-constraint",
            "No answer meets the constraint, so every answer is refused.",
            "Correct «constraint»: «and» may have to be «or», or a sign may be turned round.",
            at=question,
            key="constraint",
            place=part.place,
        )
        return
    value, problems = default_value(question, findings.definition)
    if value is None or problems:
        return
    if _refuses(reach, conditions, Unknown(".", (datum_of_value(value),))):
        findings.add(
            "default-breaks-constraint",
            f"The default «{question.default}» is refused by the question's own constraint.",
            "Give a default that the constraint accepts, or correct the constraint.",
            at=question,
            key="default",
            place=part.place,
        )


def _refuses(reach: Reach, conditions: list[Condition], current: Unknown) -> bool:
    return reach.search(conditions, {".": current}) is Found.IMPOSSIBLE
