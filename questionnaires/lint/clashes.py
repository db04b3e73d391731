"""Things of different types that an expression compares, counts or joins as if they were alike."""

from collections.abc import Iterator

from elementpath import XPathToken

from questionnaires.datum import number_of
from questionnaires.functions import FUNCTIONS, Kind
from questionnaires.lint.findings import Findings
from questionnaires.lint.worth import ARITHMETIC, COMPARISONS, ORDERED, Worth, Worths
from questionnaires.lint.written import Names, Written
from questionnaires.models import Question, QuestionType
from questionnaires.moments import read_moment

_DAYS = frozenset({Kind.DATE, Kind.DATETIME})
_MOMENTS = _DAYS | {Kind.TIME}
_MEASURED = _MOMENTS | {Kind.NUMBER}
_CONVERTS = frozenset({"number", "int"})
"""Who writes these says that a text is to be read as a number."""
_OF_CHOICES = frozenset({"selected", "count-selected", "selected-at"})
_ADDS = frozenset({"sum"})
_OF_NUMBERS = frozenset({"min", "max"})
"""Functions that take anything, and make numbers of it."""
_TRUE_OR_NOT = frozenset({"relevant", "constraint", "choice_filter", "published_when"})
"""Keys whose expressions are true or not."""
_A_DATE = "Write a date as in '2007-05-31'."


def check_clashes(findings: Findings, item: Written, names: Names) -> None:
    """Refuse what can never work as written; warn where free text is treated as a number."""
    worths = Worths(findings.definition, item, names)
    whole = item.expression.root
    for token in item.tokens:
        symbol = str(token.symbol)
        if symbol in COMPARISONS:
            found = _in_comparison(worths, token, ordered=symbol in ORDERED)
        elif symbol in ARITHMETIC:
            found = (trouble for operand in token for trouble in _as_number(worths, operand))
        elif symbol in ("and", "or"):
            found = _in_condition(worths, token)
        elif token.label == "function":
            found = _in_call(worths, token)
        elif token is whole and item.key in _TRUE_OR_NOT:
            found = _as_truth(worths, token)
        else:
            continue
        for code, message, mend in found:
            findings.add(
                code,
                f"«{item.key}» {message}",
                mend,
                at=item.part.node,
                key=item.key,
                place=item.part.place,
            )
            break  # one fault a part: the others follow from it


Trouble = tuple[str, str, str]
"""Code, message (after the key's name) and mend."""


def _in_comparison(worths: Worths, token: XPathToken, *, ordered: bool) -> Iterator[Trouble]:
    left, right = worths.of(token[0]), worths.of(token[1])
    for one, other in ((left, right), (right, left)):
        yield from _beside(worths, one, other, ordered=ordered)
    if {left.kind, right.kind} <= _MEASURED and not _measured_alike(left, right):
        yield (
            "type-clash",
            f"compares {left.said} with {right.said}.",
            "Compare numbers with numbers, dates with dates and times with times.",
        )


def _measured_alike(left: Worth, right: Worth) -> bool:
    kinds = {left.kind, right.kind}
    if len(kinds) == 1 or kinds == _DAYS:
        return True
    # A sum such as today() - 30 is a number of days, and compares with a date.
    return any(
        worth.kind is Kind.NUMBER and worth.question is None and not worth.is_number_literal
        for worth in (left, right)
    ) and bool(kinds & _DAYS)


def _beside(worths: Worths, one: Worth, other: Worth, *, ordered: bool) -> Iterator[Trouble]:
    if one.kind is Kind.BOOLEAN and other.literal is not None:
        yield (
            "type-clash",
            f"compares what is true or false with {other.said}, and any text counts as true.",
            "Leave the comparison out, or put not(…) around it.",
        )
    if one.question is not None and one.question.type is QuestionType.REPEAT:
        yield (
            "type-clash",
            f"compares the whole table {one.question.name}.",
            f"Compare the number of its rows: count(${{{one.question.name}}}).",
        )
    if other.literal:
        yield from _beside_text(one, other, other.literal, ordered=ordered)
    elif other.kind is Kind.NUMBER:
        yield from _beside_number(worths, one, other, ordered=ordered)


def _beside_text(one: Worth, other: Worth, literal: str, *, ordered: bool) -> Iterator[Trouble]:
    is_number = number_of(literal) == number_of(literal)
    is_moment = read_moment(literal.strip()) is not None
    if ordered and not (is_number or is_moment):
        yield (
            "type-clash",
            f"asks whether something is larger or smaller than {other.said}.",
            "Compare with a number, or a date such as '2007-05-31'.",
        )
    elif one.kind is Kind.NUMBER and not is_number:
        yield (
            "type-clash",
            f"compares {one.said}, with {other.said}, which is no number.",
            "Compare with a number, without quotes.",
        )
    elif one.kind in _DAYS and not (is_moment and "-" in literal):
        yield "type-clash", f"compares {one.said}, with {other.said}, which is no date.", _A_DATE
    elif one.kind is Kind.TIME and not (is_moment and "-" not in literal[:5]):
        yield (
            "type-clash",
            f"compares {one.said}, with {other.said}, which is no time of day.",
            "Write a time as in '14:30'.",
        )


def _beside_number(worths: Worths, one: Worth, other: Worth, *, ordered: bool) -> Iterator[Trouble]:
    if one.kind in _MOMENTS and other.is_number_literal:
        yield (
            "type-clash",
            f"compares {one.said}, with a plain number.",
            _A_DATE if one.kind in _DAYS else "Write a time as in '14:30'.",
        )
        return
    why = worths.why_no_number(one)
    if why is not None and (ordered or one.question is None or not worths.options(one.question)):
        yield (
            "type-clash",
            f"compares {one.said}, with a number, and it is {why}.",
            "Compare it with one of the values that it can have.",
        )
    yield from _as_free_text(one)


def _as_number(worths: Worths, token: XPathToken) -> Iterator[Trouble]:
    worth = worths.of(token)
    if worth.literal is not None and read_moment(worth.literal.strip()) is not None:
        return
    why = worths.why_no_number(worth)
    if why is not None:
        yield (
            "type-clash",
            f"calculates with {worth.said}, which is {why}.",
            "Calculate with questions of the type integer, decimal or date.",
        )
    yield from _as_free_text(worth)


def _as_free_text(worth: Worth) -> Iterator[Trouble]:
    question = worth.question
    if question is not None and question.type is QuestionType.TEXT and question.takes_answer:
        yield (
            "text-as-number",
            f"treats {question.name} as a number, and its type is text.",
            "Make it an integer or a decimal; then nobody can write words there.",
        )


def _in_condition(worths: Worths, token: XPathToken) -> Iterator[Trouble]:
    for operand in token:
        worth = worths.of(operand)
        if worth.literal is None and not worth.is_number_literal:
            yield from _as_truth(worths, operand)
            continue
        alone = "a number" if worth.is_number_literal else worth.said
        yield (
            "type-clash",
            f"has {alone} beside «{token.symbol}» that is not compared with anything.",
            f"Repeat the question: ${{name}} = 'a' {token.symbol} ${{name}} = 'b'.",
        )


def _as_truth(worths: Worths, token: XPathToken) -> Iterator[Trouble]:
    """A text is true unless it is empty, whatever it says."""
    worth = worths.of(token)
    if worth.question is None:
        return
    name = worth.question.name
    options = worths.options(worth.question)
    if worth.is_kept_truth:
        kept = "it is kept as the text 'true' or 'false', which both count as true"
        yield "type-clash", f"asks whether {name} is true; {kept}.", f"Write ${{{name}}} = 'true'."
    elif options and worth.question.type is not QuestionType.ACKNOWLEDGE:
        any_answer = f"or write ${{{name}}} != '' if any answer will do"
        yield (
            "option-as-truth",
            f"takes {name} for true as soon as it is answered, whatever the answer is.",
            f"Name the answer: ${{{name}}} = '{options[0]}'; {any_answer}.",
        )


def _in_call(worths: Worths, token: XPathToken) -> Iterator[Trouble]:
    name = str(token.symbol)
    signature = FUNCTIONS[name].signature
    for index, argument in enumerate(token):
        takes = signature.takes(index)
        if name in _OF_CHOICES and index == 0:
            yield from _as_choice(worths.of(argument), name)
        elif takes is Kind.NUMBER and name not in _CONVERTS:
            yield from _as_number(worths, argument)
        elif takes in _MOMENTS:
            yield from _as_moment(worths, argument, takes, signature.written)
        elif takes is Kind.NODES:
            yield from _as_nodes(argument, signature.written)
            if name in _ADDS:
                yield from _as_number(worths, argument)
        elif name in _OF_NUMBERS:
            yield from _as_number(worths, argument)
        elif takes is Kind.BOOLEAN and worths.of(argument).literal is None:
            yield from _as_truth(worths, argument)
        elif takes is Kind.BOOLEAN:
            yield (
                "type-clash",
                f"gives {worths.of(argument).said} to {name}(), where something is true or false.",
                f"Write {signature.written} with a comparison, such as ${{name}} = 'a'.",
            )
    if name == "jr:choice-name":
        yield from _as_list(worths, token)


def _as_choice(worth: Worth, name: str) -> Iterator[Trouble]:
    if worth.kind in (_MEASURED | {Kind.NODES}) and worth.literal is None:
        yield (
            "type-clash",
            f"asks {name}() about {worth.said}, which has no options.",
            "Ask it about a question of the type select_multiple, select_one or rank.",
        )


def _as_moment(
    worths: Worths, argument: XPathToken, takes: Kind, written: str
) -> Iterator[Trouble]:
    worth = worths.of(argument)
    wrong = worth.literal is not None and (
        bool(worth.literal) and read_moment(worth.literal.strip()) is None
    )
    if takes is Kind.TIME:
        wrong = wrong or worth.kind in (_DAYS | {Kind.NUMBER})
    elif worth.question is not None:
        wrong = wrong or worth.kind in (Kind.NUMBER, Kind.TIME, Kind.NODES)
        wrong = wrong or bool(worths.options(worth.question))
    else:
        wrong = wrong or worth.kind is Kind.TIME
    if wrong:
        mend = f"{written} takes a {takes}."
        yield "type-clash", f"gives {worth.said} where a {takes} is needed.", mend


def _as_nodes(argument: XPathToken, written: str) -> Iterator[Trouble]:
    inner = argument[0] if argument.symbol == "(" else argument
    if inner.symbol not in ("${", "|", "."):
        yield (
            "type-clash",
            "counts or adds up something that is no table, column or question.",
            f"Write {written} with a reference, such as ${{column}}.",
        )


def _as_list(worths: Worths, token: XPathToken) -> Iterator[Trouble]:
    question = _named(worths, token[1])
    if question is not None and not worths.options(question):
        yield (
            "type-clash",
            f"asks jr:choice-name() for an option of {question.name}, which has none.",
            "Name a question of the type select_one, select_multiple or rank.",
        )


def _named(worths: Worths, token: XPathToken) -> Question | None:
    name = str(token.value).strip().removeprefix("${").removesuffix("}")
    return worths.question(name)
