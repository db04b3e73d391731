"""Comparisons in expressions that can never come out as they look."""

from collections.abc import Mapping

from elementpath import XPathToken

from questionnaires.datum import number_of
from questionnaires.expressions import tokens_of
from questionnaires.lint.findings import Findings, nearest
from questionnaires.lint.written import Names, Written
from questionnaires.models import Question, QuestionType

_ORDERED = frozenset({"<", "<=", ">", ">="})
_COMPARISONS = _ORDERED | {"=", "!="}


def check_comparisons(findings: Findings, item: Written, names: Names) -> None:
    """Refuse comparisons that can never be true: with an option that is not in the list."""
    columns: Mapping[str, Question] = (
        {column.name: column for column in item.part.table.columns} if item.part.table else {}
    )
    for token in tokens_of(item.expression.root):
        if token.symbol not in _COMPARISONS and token.symbol != "selected":
            continue
        left, right = token[0], token[1]
        if token.symbol in _COMPARISONS and left.symbol == "(string)":
            left, right = right, left
        if right.symbol != "(string)":
            continue
        literal = str(right.value)
        question = _question_of(left, item, names, columns)
        if token.symbol in _ORDERED and number_of(literal) != number_of(literal):
            findings.add(
                "type-clash",
                f"«{item.key}» asks whether something is larger or smaller than the text "
                f"'{literal}'.",
                "Compare with a number, or a date such as '2007-05-31'.",
                at=item.part.node,
                key=item.key,
                place=item.part.place,
            )
        elif question is not None and token.symbol in {"=", "!=", "selected"}:
            _check_option(findings, item, token.symbol, question, literal)


def _question_of(
    token: XPathToken, item: Written, names: Names, columns: Mapping[str, Question]
) -> Question | None:
    if token.symbol == "${":
        name = str(token.value)
        return columns.get(name) or names.questions.get(name)
    if token.symbol == "." and isinstance(item.part.node, Question):
        return item.part.node
    return None


def _check_option(
    findings: Findings, item: Written, symbol: str, question: Question, literal: str
) -> None:
    several = question.type in (QuestionType.SELECT_MULTIPLE, QuestionType.RANK)
    if not several and question.type is not QuestionType.SELECT_ONE:
        return
    options = {choice.name for choice in findings.definition.options(question)}
    if literal and options and literal not in options:
        findings.add(
            "unknown-option",
            f"«{item.key}» compares {question.name} with '{literal}', which is none of its "
            "options.",
            nearest(literal, options, f"Options are: {', '.join(sorted(options))}."),
            at=item.part.node,
            key=item.key,
            place=item.part.place,
        )
    elif literal and several and symbol != "selected":
        findings.add(
            "use-selected",
            f"«{item.key}» compares {question.name} with one option, but several can be chosen.",
            f"Write selected(${{{question.name}}}, '{literal}').",
            at=item.part.node,
            key=item.key,
            place=item.part.place,
        )
