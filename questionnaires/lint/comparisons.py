"""Values that an expression compares a closed question with."""

from elementpath import XPathToken

from questionnaires.datum import number_of
from questionnaires.lint.findings import Findings, some_of
from questionnaires.lint.worth import COMPARISONS, NUMBERS, ORDERED, Worths
from questionnaires.lint.written import Names, Written
from questionnaires.models import Question, QuestionType

_SEVERAL = frozenset({QuestionType.SELECT_MULTIPLE, QuestionType.RANK})


def check_comparisons(findings: Findings, item: Written, names: Names) -> None:
    """Refuse comparisons with an option that is not in the list, or with one of several."""
    worths = Worths(findings.definition, item, names)
    for token in item.tokens:
        if token.symbol in COMPARISONS:
            sides = [(token[0], token[1]), (token[1], token[0])]
        elif token.symbol == "selected":
            sides = [(token[0], token[1])]
        else:
            continue
        for asked, beside in sides:
            literal = _literal(beside)
            question = _asked(worths, asked)
            if literal and question is not None and token.symbol not in ORDERED:
                one = token.symbol == "selected" or asked.symbol == "selected-at"
                _check_option(findings, item, worths, question, literal, one=one)


def _literal(token: XPathToken) -> str:
    return str(token.value) if token.symbol == "(string)" or token.symbol in NUMBERS else ""


def _asked(worths: Worths, token: XPathToken) -> Question | None:
    if token.symbol == "selected-at":
        return _asked(worths, token[0])
    return worths.of(token).question


def _check_option(
    findings: Findings,
    item: Written,
    worths: Worths,
    question: Question,
    literal: str,
    *,
    one: bool,
) -> None:
    options = worths.options(question)
    if not options:
        return
    if not any(_is_option(literal, option) for option in options):
        findings.add(
            "unknown-option",
            f"«{item.key}» compares {question.name} with '{literal}', which is none of its "
            "options.",
            findings.nearest(literal, options, f"Options are: {some_of(options)}."),
            at=item.part.node,
            key=item.key,
            place=item.part.place,
        )
    elif question.type in _SEVERAL and not one:
        findings.add(
            "use-selected",
            f"«{item.key}» compares {question.name} with one option, but several can be chosen.",
            f"Write selected(${{{question.name}}}, '{literal}').",
            at=item.part.node,
            key=item.key,
            place=item.part.place,
        )


def _is_option(literal: str, option: str) -> bool:
    return literal.strip() == option or number_of(literal) == number_of(option)
