"""Constraints that refuse every answer, or the default; defaults that come to no answer."""

from datetime import date

from questionnaires.answers import Value
from questionnaires.datum import datum_of_value, text_of
from questionnaires.expressions import parse
from questionnaires.kinds import default_value, read_default
from questionnaires.lint.domains import domain_of, uses_in
from questionnaires.lint.findings import Findings, Part
from questionnaires.lint.reach import Reach, names_in, parts_of
from questionnaires.lint.search import Condition, Found, TooMany, Unknown
from questionnaires.models import Question
from questionnaires.scope import Scope

_NO_DAY = date(1970, 1, 1)  # what looks at the day is not tried


def check_accepted(findings: Findings, form: Reach, panel: Reach) -> None:
    """Refuse constraints that no answer meets, and defaults that nobody could give."""
    for question, part in findings.questions(columns=True):
        reach = panel if part.in_panel else form
        default = _default_of(findings, reach, question, part)
        if question.constraint is None or findings.has_fault(part.place, "constraint"):
            continue
        if not _is_impossible(findings, reach, question, part) and default is not None:
            _check_against_constraint(findings, reach, question, part, default)


def _default_of(findings: Findings, reach: Reach, question: Question, part: Part) -> Value | None:
    """What the default comes to for everybody, if it does and that can be an answer."""
    if question.default is None or findings.has_fault(part.place, "default"):
        return None
    if not question.default_is_expression:
        return default_value(question, findings.definition)[0]
    expression = parse(question.default)
    if not expression.is_constant:
        return None
    try:
        text = text_of(reach.bound.try_out(expression, Scope({}, _NO_DAY)))
    except TooMany:
        return None
    value, problems = read_default(question, findings.definition, text)
    if text != "NaN" and value is not None and not problems:
        return value
    reason = problems[0].message if problems else "It is empty."
    findings.add(
        "bad-default",
        f"The default «{question.default}» comes to «{text}», which cannot be an answer. {reason}",
        "Correct the expression, or take the default out.",
        at=question,
        key="default",
        place=part.place,
    )
    return None


def _is_impossible(findings: Findings, reach: Reach, question: Question, part: Part) -> bool:
    """Report a constraint that no answer meets; gives whether it is one."""
    conditions = _conditions_of(question)
    uses = uses_in(condition.expression.root for condition in conditions).get(".")
    if uses is None:
        return False
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
        return True
    return False


def _check_against_constraint(
    findings: Findings, reach: Reach, question: Question, part: Part, default: Value
) -> None:
    conditions = _conditions_of(question)
    if _refuses(reach, conditions, Unknown(".", (datum_of_value(default),))):
        findings.add(
            "default-breaks-constraint",
            f"The default «{question.default}» is refused by the question's own constraint.",
            "Give a default that the constraint accepts, or correct the constraint.",
            at=question,
            key="default",
            place=part.place,
        )


def _conditions_of(question: Question) -> list[Condition]:
    return [Condition(one, names_in(one)) for one in parts_of((question.constraint or "",))]


def _refuses(reach: Reach, conditions: list[Condition], current: Unknown) -> bool:
    return reach.search(conditions, {".": current}) is Found.IMPOSSIBLE
