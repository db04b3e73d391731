"""The functions that expressions may call: ODK's names, one small function each, one registry.

To add one, write a function that takes a ``Call`` and register it under its ODK name with the
least and most number of arguments.
"""

import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from questionnaires.datum import Datum, number_of, text_of, truth_of
from questionnaires.pattern_syntax import compile_pattern


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression can see: answers, the value it is about, a choice, and the day."""

    values: Mapping[str, Datum]
    today: date
    current: Datum = ""
    """The value of the question itself, written as a single full stop."""
    choice: Mapping[str, str] = field(default_factory=dict)
    """The columns of the choice that a ``choice_filter`` is being asked about."""


class Call(Protocol):
    """A function call being evaluated; arguments are evaluated when they are asked for."""

    @property
    def scope(self) -> Scope:
        """What the expression can see."""

    def __len__(self) -> int:
        """How many arguments were given."""

    def datum(self, index: int) -> Datum:
        """The value of an argument, counted from 0."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the expression language."""

    name: str
    least: int
    most: int | None
    body: Callable[[Call], Datum]


FUNCTIONS: dict[str, Function] = {}


def _function(
    name: str, least: int, most: int | None = None, *, unbounded: bool = False
) -> Callable[[Callable[[Call], Datum]], Callable[[Call], Datum]]:
    def register(body: Callable[[Call], Datum]) -> Callable[[Call], Datum]:
        upper = None if unbounded else (least if most is None else most)
        FUNCTIONS[name] = Function(name, least, upper, body)
        return body

    return register


def _choices(datum: Datum) -> list[str]:
    return text_of(datum).split()


@_function("true", 0)
def _true(_call: Call) -> Datum:
    return True


@_function("false", 0)
def _false(_call: Call) -> Datum:
    return False


@_function("not", 1)
def _not(call: Call) -> Datum:
    return not truth_of(call.datum(0))


@_function("boolean", 1)
def _boolean(call: Call) -> Datum:
    return truth_of(call.datum(0))


@_function("if", 3)
def _if(call: Call) -> Datum:
    return call.datum(1) if truth_of(call.datum(0)) else call.datum(2)


@_function("coalesce", 1, unbounded=True)
def _coalesce(call: Call) -> Datum:
    for index in range(len(call)):
        datum = call.datum(index)
        if text_of(datum) != "":
            return datum
    return ""


@_function("selected", 2)
def _selected(call: Call) -> Datum:
    return text_of(call.datum(1)).strip() in _choices(call.datum(0))


@_function("selected-at", 2)
def _selected_at(call: Call) -> Datum:
    chosen = _choices(call.datum(0))
    position = number_of(call.datum(1))
    if math.isnan(position) or not 0 <= position < len(chosen):
        return ""
    return chosen[int(position)]


@_function("count-selected", 1)
def _count_selected(call: Call) -> Datum:
    return len(_choices(call.datum(0)))


@_function("count", 1)
def _count(call: Call) -> Datum:
    datum = call.datum(0)
    return len(datum) if isinstance(datum, list) else int(text_of(datum) != "")


@_function("string", 1)
def _string(call: Call) -> Datum:
    return text_of(call.datum(0))


@_function("concat", 1, unbounded=True)
def _concat(call: Call) -> Datum:
    return "".join(text_of(call.datum(index)) for index in range(len(call)))


@_function("string-length", 0, 1)
def _string_length(call: Call) -> Datum:
    return len(text_of(call.datum(0) if len(call) else call.scope.current))


@_function("normalize-space", 0, 1)
def _normalize_space(call: Call) -> Datum:
    return " ".join(text_of(call.datum(0) if len(call) else call.scope.current).split())


@_function("contains", 2)
def _contains(call: Call) -> Datum:
    return text_of(call.datum(1)) in text_of(call.datum(0))


@_function("starts-with", 2)
def _starts_with(call: Call) -> Datum:
    return text_of(call.datum(0)).startswith(text_of(call.datum(1)))


@_function("ends-with", 2)
def _ends_with(call: Call) -> Datum:
    return text_of(call.datum(0)).endswith(text_of(call.datum(1)))


@_function("substring-before", 2)
def _substring_before(call: Call) -> Datum:
    before, found, _ = text_of(call.datum(0)).partition(text_of(call.datum(1)) or "\0")
    return before if found else ""


@_function("substring-after", 2)
def _substring_after(call: Call) -> Datum:
    text, mark = text_of(call.datum(0)), text_of(call.datum(1))
    return text.partition(mark)[2] if mark else text


@_function("regex", 2)
def _regex(call: Call) -> Datum:
    """As in ODK Collect, the pattern has to describe the whole text."""
    return compile_pattern(text_of(call.datum(1))).matches(text_of(call.datum(0)))


@_function("number", 0, 1)
def _number(call: Call) -> Datum:
    return number_of(call.datum(0) if len(call) else call.scope.current)


@_function("int", 1)
def _int(call: Call) -> Datum:
    number = number_of(call.datum(0))
    return number if math.isnan(number) or math.isinf(number) else math.trunc(number)


@_function("round", 1, 2)
def _round(call: Call) -> Datum:
    """Halves go up, as XPath wants; the second argument is the number of decimals."""
    number = number_of(call.datum(0))
    places = number_of(call.datum(1)) if len(call) > 1 else 0.0
    if not math.isfinite(number) or math.isnan(places) or abs(places) > sys.float_info.dig:
        return number
    factor = 10.0 ** int(places)
    return math.floor(number * factor + 0.5) / factor


@_function("today", 0)
def _today(call: Call) -> Datum:
    return call.scope.today.isoformat()


@_function("date", 1)
def _date(call: Call) -> Datum:
    """A date from ISO text, or from the number of days since 1 January 1970."""
    days = number_of(call.datum(0))
    try:
        return (date(1970, 1, 1) + timedelta(days=math.floor(days))).isoformat()
    except (OverflowError, ValueError):
        return ""
