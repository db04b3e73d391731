"""What expressions calculate with: the types of XPath 1.0 and ODK's conversions between them."""

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

from questionnaires.answered import is_answered
from questionnaires.answers import Answer, Entry, Point, Value
from questionnaires.moments import days_of, order

Datum = str | int | float | bool | list[str]
"""A list is what XPath calls a node-set: one text for each row of a table."""

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")


def text_of(datum: Datum) -> str:
    """XPath's ``string()``: whole numbers without a point, a list as its first item."""
    match datum:
        case str():
            return datum
        case bool():
            return "true" if datum else "false"
        case int():
            return str(datum)
        case float():
            return _number_text(datum)
        case list():
            return datum[0] if datum else ""


def _number_text(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    # Decimal writes the same digits as repr, but never an exponent, which XPath doesn't know.
    return format(Decimal(repr(number)), "f")


def number_of(datum: Datum) -> float:
    """ODK's ``number()``: as XPath's, but dates and moments count as days since 1 January 1970."""
    match datum:
        case float():
            return datum
        case bool() | int():
            return _as_double(datum)
        case list():
            return number_of(datum[0]) if datum else math.nan
        case str():
            text = datum.strip()
            if _NUMBER.fullmatch(text):
                return float(text)
            days = days_of(text)
            return math.nan if days is None else days


def _as_double(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def truth_of(datum: Datum) -> bool:
    """XPath's ``boolean()``: nothing, zero and «not a number» are false."""
    match datum:
        case bool():
            return datum
        case int():
            return datum != 0
        case float():
            return datum != 0 and not math.isnan(datum)
        case str() | list():
            return bool(datum)


def compare(
    left: Datum, right: Datum, *, numbers: Callable[[float, float], bool], ordered: bool
) -> bool:
    """XPath 1.0 comparison: by truth, by number or by text, and for any item of a list.

    ``numbers`` is the operator; ``ordered`` is true for ``<``, ``<=``, ``>`` and ``>=``, which
    always compare numbers. Two dates, moments or times compare as such, however they are written.
    """
    if isinstance(left, bool) or isinstance(right, bool):
        return _compare_truth(left, right, numbers, ordered=ordered)
    lefts = left if isinstance(left, list) else (left,)
    rights = right if isinstance(right, list) else (right,)
    # Each item is met again in every pair that it is part of; it is read as a number once.
    number = cache(number_of) if pairs_of(left, right) > 1 else number_of
    return any(
        _compare_items(one, other, numbers, number, ordered=ordered)
        for one in lefts
        for other in rights
    )


def pairs_of(left: Datum, right: Datum) -> int:
    """How many pairs of items a comparison looks at; one where truth is compared."""
    if isinstance(left, bool) or isinstance(right, bool):
        return 1
    return math.prod(len(side) for side in (left, right) if isinstance(side, list))


def _compare_truth(
    left: Datum, right: Datum, numbers: Callable[[float, float], bool], *, ordered: bool
) -> bool:
    """Beside what is true or false a list counts as true or false; all else when it is not ordered.

    What is larger or smaller is a question of numbers (XPath 1.0, 3.4): 1 and 0 for true and false.
    """
    if not ordered:
        return numbers(float(truth_of(left)), float(truth_of(right)))
    one, other = (
        float(truth_of(side)) if isinstance(side, list) else number_of(side)
        for side in (left, right)
    )
    return numbers(one, other)


def _compare_items(
    one: str | float,
    other: str | float,
    numbers: Callable[[float, float], bool],
    number: Callable[[str | float], float],
    *,
    ordered: bool,
) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        moments = order(one, other)
        if moments is not None:
            return numbers(*moments)
        if not ordered:
            # Texts are equal or not: 0 against 0 or 1 lets the same operator say so.
            return numbers(0.0, 0.0 if one == other else 1.0)
    return numbers(number(one), number(other))


def datum_of(answer: Answer | None) -> Datum:
    """What an answer is worth in an expression: empty unless it has a value that says something."""
    if answer is None or answer.missing is not None or answer.value is None:
        return ""
    return datum_of_value(answer.value)


def datum_of_value(value: Value) -> Datum:
    """A value as expressions see it: selections parted by spaces, a table as a list of its rows."""
    match value:
        case tuple():
            if not is_answered(value):
                return ""
            rows = [part for part in value if isinstance(part, Mapping)]
            if rows:
                return [_row_text(row) for row in rows if is_answered((row,))]
            return " ".join(part for part in value if isinstance(part, str))
        case Point(latitude, longitude):
            # ODK's places have an altitude and an accuracy too, which nobody types.
            return f"{text_of(latitude)} {text_of(longitude)} 0 0"
        case str():
            return value if is_answered(value) else ""
        case _:
            return value


def _row_text(row: Mapping[str, Entry]) -> str:
    return " ".join(text_of(datum_of_value(entry)) for entry in row.values())
