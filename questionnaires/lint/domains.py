"""The answers that are worth trying, to find out whether a condition can be true at all.

What a question is compared with divides its answers into classes that the conditions cannot tell
apart; one of each class is tried. A question that is used in a way that cannot be divided like
that has no domain, and what depends on it is left open.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from elementpath import XPathToken

from questionnaires.datum import Datum, number_of
from questionnaires.kinds.acknowledged import OK
from questionnaires.kinds.ranges import scale_of
from questionnaires.lint.worth import COMPARISONS, NUMBERS
from questionnaires.models import Choice, Definition, Question, QuestionType

_MOST_SUBSETS = 64
_SOMETHING_ELSE = "\N{HORIZONTAL ELLIPSIS}"
"""A text that no author compares with."""
_TRUTHS = frozenset({"and", "or", "not", "boolean", "("})


@dataclass(slots=True)
class Uses:
    """How a question is used by the expressions that are looked at."""

    literals: set[str] = field(default_factory=set)
    """What it is compared with, or what is asked of selected()."""
    is_closed: bool = True
    """Whether all uses are comparisons with literals, selected(), or plain truth."""
    counts: bool = False
    """Whether the number of chosen options matters."""


def uses_in(roots: Iterable[XPathToken]) -> dict[str, Uses]:
    """By name (a full stop for the value itself), how questions are used in expressions."""
    found: dict[str, Uses] = {}
    for root in roots:
        waiting: list[tuple[XPathToken, XPathToken | None, int]] = [(root, None, 0)]
        while waiting:
            token, parent, index = waiting.pop()
            if token.symbol in ("${", "."):
                name = "." if token.symbol == "." else str(token.value)
                _note(found.setdefault(name, Uses()), parent, index)
            waiting.extend((child, token, at) for at, child in enumerate(token))
    return found


def _note(uses: Uses, parent: XPathToken | None, index: int) -> None:
    if parent is None or parent.symbol in _TRUTHS:
        uses.literals.add("")
        return
    if parent.symbol in COMPARISONS:
        literal = _literal(parent[1 - index])
        if literal is not None:
            uses.literals.add(literal)
            return
    if parent.symbol == "selected" and index == 0 and parent[1].symbol == "(string)":
        uses.literals.add(str(parent[1].value).strip())
        return
    if parent.symbol == "count-selected":
        uses.counts = True
        return
    uses.is_closed = False


def _literal(token: XPathToken) -> str | None:
    if token.symbol == "(string)" or token.symbol in NUMBERS:
        return str(token.value)
    if token.symbol == "-" and len(token) == 1 and token[0].symbol in NUMBERS:
        return f"-{token[0].value}"
    return None


def domain_of(question: Question, definition: Definition, uses: Uses) -> tuple[Datum, ...] | None:
    """Answers of which one behaves like any other: empty first; ``None`` when there is no telling.

    It may hold answers that nobody could give, and never lacks one that somebody could.
    """
    match question.type:
        case QuestionType.SELECT_ONE:
            return ("", *(choice.name for choice in definition.options(question)))
        case QuestionType.ACKNOWLEDGE:
            return ("", OK)
        case QuestionType.NOTE:
            return ("",)
        case QuestionType.SELECT_MULTIPLE | QuestionType.RANK:
            return _selections(definition.options(question), uses)
        case QuestionType.INTEGER | QuestionType.DECIMAL | QuestionType.RANGE:
            return _numbers(question, uses) if uses.is_closed and not uses.counts else None
        case QuestionType.DATE:
            return _dates(uses) if uses.is_closed and not uses.counts else None
        case QuestionType.TEXT:
            return _texts(uses) if uses.is_closed and not uses.counts else None
        case _:
            return None


def _selections(options: tuple[Choice, ...], uses: Uses) -> tuple[Datum, ...] | None:
    told_apart = [choice for choice in options if choice.name in uses.literals]
    if uses.is_closed and not uses.counts:
        others = [choice for choice in options if choice not in told_apart]
        if 2 ** len(told_apart) > _MOST_SUBSETS:
            return None
        rest = [choice.name for choice in others if not choice.exclusive][:1] or [
            choice.name for choice in others
        ][:1]
        return ("", *rest, *_subsets(told_apart))
    if 2 ** len(options) > _MOST_SUBSETS or not uses.is_closed:
        return None
    return ("", *_subsets(list(options)))


def _subsets(options: list[Choice]) -> Iterator[str]:
    for bits in range(1, 2 ** len(options)):
        chosen = [choice for at, choice in enumerate(options) if bits >> at & 1]
        if len(chosen) == 1 or not any(choice.exclusive for choice in chosen):
            yield " ".join(choice.name for choice in chosen)


def _numbers(question: Question, uses: Uses) -> tuple[Datum, ...] | None:
    given = sorted({number for text in uses.literals if not math.isnan(number := number_of(text))})
    given = sorted({0.0, *given})
    tried = [given[0] - 1, given[-1] + 1, *given]
    if question.type is QuestionType.INTEGER:
        tried = [whole for number in tried for whole in _whole_near(number)]
    else:
        tried += [(one + other) / 2 for one, other in pairwise(given)]
    scale = scale_of(question) if question.type is QuestionType.RANGE else None
    if scale is not None:
        least, most = float(scale.start), float(scale.end)
        tried = [least, most, *(number for number in tried if least <= number <= most)]
        tried += [(one + other) / 2 for one, other in pairwise(sorted(tried))]
    return ("", *dict.fromkeys(tried))


def _whole_near(number: float) -> Iterator[float]:
    if math.isfinite(number):
        yield from (math.floor(number) - 1, math.floor(number), math.floor(number) + 1)


def _dates(uses: Uses) -> tuple[Datum, ...] | None:
    tried: list[str] = [date(1970, 1, 1).isoformat()]
    for text in sorted(uses.literals - {""}):
        try:
            day = date.fromisoformat(text.strip())
            tried += [(day + timedelta(days=days)).isoformat() for days in (-1, 0, 1)]
        except (ValueError, OverflowError):
            return None
    return ("", *dict.fromkeys(tried))


def _texts(uses: Uses) -> tuple[Datum, ...] | None:
    if any(number_of(text) == number_of(text) for text in uses.literals):
        return None  # ordered like numbers, or written in many ways
    return ("", _SOMETHING_ELSE, *sorted(uses.literals - {""}))
