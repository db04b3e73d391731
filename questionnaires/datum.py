"""What expressions calculate with: the types of XPath 1.0 and ODK's conversions between them."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from questionnaires.answered import is_answered
from questionnaires.answers import Answer, Entry, Value

Datum = str | int | float | bool | list[str]
"""A list is what XPath calls a node-set: one text for each row of a table."""

_EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


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
    """ODK's ``number()``: as XPath's, but a date counts as its days since 1 January 1970."""
    match datum:
        case bool() | int() | float():
            return float(datum)
        case list():
            return number_of(datum[0]) if datum else math.nan
        case str():
            text = datum.strip()
            if _NUMBER.fullmatch(text):
                return float(text)
            return _days_since_epoch(text) if _ISO_DATE.fullmatch(text) else math.nan


def _days_since_epoch(text: str) -> float:
    try:
        return float((date.fromisoformat(text) - _EPOCH).days)
    except ValueError:
        return math.nan


def truth_of(datum: Datum) -> bool:
    """XPath's ``boolean()``: nothing, zero and «not a number» are false."""
    match datum:
        case bool():
            return datum
        case int() | float():
            return datum != 0 and not math.isnan(datum)
        case str() | list():
            return bool(datum)


def compare(
    left: Datum, right: Datum, *, numbers: Callable[[float, float], bool], ordered: bool
) -> bool:
    """XPath 1.0 comparison: by truth, by number or by text, and for any item of a list.

    ``numbers`` is the operator; ``ordered`` is true for ``<``, ``<=``, ``>`` and ``>=``, which
    always compare numbers.
    """
    if isinstance(left, bool) or isinstance(right, bool):
        return numbers(float(truth_of(left)), float(truth_of(right)))
    lefts = left if isinstance(left, list) else (left,)
    rights = right if isinstance(right, list) else (right,)
    for one in lefts:
        for other in rights:
            if isinstance(one, str) and isinstance(other, str) and not ordered:
                # Texts are equal or not: 0 against 0 or 1 lets the same operator say so.
                found = numbers(0.0, 0.0 if one == other else 1.0)
            else:
                found = numbers(number_of(one), number_of(other))
            if found:
                return True
    return False


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
        case str():
            return value if is_answered(value) else ""
        case _:
            return value


def _row_text(row: Mapping[str, Entry]) -> str:
    return " ".join(text_of(datum_of_value(entry)) for entry in row.values())
