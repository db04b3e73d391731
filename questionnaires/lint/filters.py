"""Choice filters that leave nothing to choose."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from questionnaires.datum import truth_of
from questionnaires.expressions import Expression, ExpressionInvalid, parse, tokens_of
from questionnaires.functions import FUNCTIONS
from questionnaires.lint.findings import Findings, Part
from questionnaires.lint.reach import Reach, names_in, parts_of
from questionnaires.lint.search import Bound, Condition, Found, TooMany, Unknown
from questionnaires.models import Choice, Question, QuestionType
from questionnaires.routing import columns_of
from questionnaires.scope import Scope

_NO_DAY = date(1970, 1, 1)  # a filter that looks at the day is not tried
_SHOWN = 5


def check_filters(findings: Findings, form: Reach, panel: Reach) -> None:
    """Refuse filters that never leave an option; warn where some answers leave none."""
    for question, part in findings.questions():
        if question.choice_filter is None or findings.has_fault(part.place, "choice_filter"):
            continue
        try:
            expression = parse(question.choice_filter)
        except ExpressionInvalid:
            continue
        options = findings.definition.options(question)
        if options and not _looks_elsewhere(expression):
            with suppress(TooMany):
                _check(findings, panel if part.in_panel else form, question, part, expression)


def _looks_elsewhere(expression: Expression) -> bool:
    return any(
        token.label == "function" and FUNCTIONS[str(token.symbol)].moves
        for token in tokens_of(expression.root)
    )


def _check(
    findings: Findings, reach: Reach, question: Question, part: Part, expression: Expression
) -> None:
    options = findings.definition.options(question)
    names = sorted(expression.references)
    if not names:
        if not any(_holds(reach.bound, expression, "", "", choice) for choice in options):
            _add_ever(findings, question, part)
        return
    parent = reach.question(names[0])
    if len(names) > 1 or parent is None or parent.type is not QuestionType.SELECT_ONE:
        return
    answers = [choice.name for choice in findings.definition.options(parent)]
    without = list(_without_options(reach.bound, expression, parent.name, answers, options))
    if without and len(without) == len(answers):
        if not any(_holds(reach.bound, expression, parent.name, "", choice) for choice in options):
            _add_ever(findings, question, part)
        return
    conditions = [Condition(one, names_in(one)) for one in parts_of(reach.conditions_of(part))]
    asked = [
        answer
        for answer in without
        if reach.search(conditions, {parent.name: Unknown(parent.name, (answer,))})
        is not Found.IMPOSSIBLE
    ]
    if asked:
        shown = ", ".join(asked[:_SHOWN]) + (" …" if len(asked) > _SHOWN else "")
        findings.add(
            "no-options-for-some",
            f"When {parent.name} is answered with {shown}, «choice_filter» leaves no option.",
            "Give some options to that answer, or let «relevant» exclude it.",
            at=question,
            key="choice_filter",
            place=part.place,
        )


def _without_options(
    bound: Bound,
    expression: Expression,
    parent: str,
    answers: list[str],
    options: tuple[Choice, ...],
) -> Iterator[str]:
    column = _column_compared(expression)
    if column is not None:
        given = {columns_of(choice).get(column, "") for choice in options}
        yield from (answer for answer in answers if answer not in given)
        return
    for answer in answers:
        if not any(_holds(bound, expression, parent, answer, choice) for choice in options):
            yield answer


def _column_compared(expression: Expression) -> str | None:
    """The column, when the filter is nothing but ``column = ${parent}``, as most are."""
    root = expression.root
    if root.symbol != "=":
        return None
    sides = {str(side.symbol): str(side.value) for side in root}
    return sides["(name)"] if sides.keys() == {"(name)", "${"} else None


def _holds(bound: Bound, expression: Expression, parent: str, answer: str, choice: Choice) -> bool:
    scope = Scope({parent: answer}, _NO_DAY, choice=columns_of(choice))
    return truth_of(bound.try_out(expression, scope))


def _add_ever(findings: Findings, question: Question, part: Part) -> None:
    findings.add(
        "no-options-ever",
        "«choice_filter» leaves no option, whatever anyone answers.",
        "Compare a column of the options with what stands in it.",
        at=question,
        key="choice_filter",
        place=part.place,
    )
