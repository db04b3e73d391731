"""Functions of truth and choice between values: conditions, fallbacks, checklists."""

import math

from questionnaires.datum import Datum, number_of, text_of
from questionnaires.functions.registry import Call, function


@function("true() → boolean", "True.")
def _true(_call: Call) -> Datum:
    return True


@function("false() → boolean", "False.")
def _false(_call: Call) -> Datum:
    return False


@function("not(boolean) → boolean", "True when its argument is false, and the reverse.")
def _not(call: Call) -> Datum:
    return not call.truth(0)


@function(
    "boolean(any) → boolean",
    "False for an empty text, 0 and what is not a number; else true. `'false'` is a text: true.",
)
def _boolean(call: Call) -> Datum:
    return call.truth(0)


@function("boolean-from-string(text) → boolean", "True for `'true'` and `'1'` alone.")
def _boolean_from_string(call: Call) -> Datum:
    return call.text(0) in ("true", "1")


@function(
    "if(boolean, any, any) → any",
    "The second argument when the first is true, else the third; only that one is worked out.",
)
def _if(call: Call) -> Datum:
    return call.datum(1) if call.truth(0) else call.datum(2)


@function(
    "coalesce(any+) → any", "The first that is not empty; what is not a number counts as empty."
)
def _coalesce(call: Call) -> Datum:
    for index in range(len(call)):
        datum = call.datum(index)
        if not _is_empty(datum):
            return datum
    return ""


def _is_empty(datum: Datum) -> bool:
    if isinstance(datum, float):
        return math.isnan(datum)
    return text_of(datum) == ""


@function(
    "once(any) → any",
    "The question's present value, and only while it has none the argument;"
    " a calculation has none.",
    moves=True,
)
def _once(call: Call) -> Datum:
    current = call.scope.current
    return call.datum(0) if text_of(current) == "" else current


@function(
    "checklist(number, number, any*) → boolean",
    "Whether at least so many and at most so many of the rest are true (or numbers over 0);"
    " -1 sets no bound.",
)
def _checklist(call: Call) -> Datum:
    count = sum(_holds(item) for item in call.all_items(2))
    return _is_between(count, call.number(0), call.number(1))


@function(
    "weighted-checklist(number, number, [any, number]*) → boolean",
    "As `checklist`, adding up the weight that follows each; two columns go row by row.",
)
def _weighted_checklist(call: Call) -> Datum:
    total = 0.0
    for index in range(2, len(call), 2):
        values, weights = call.items(index), call.items(index + 1)
        if len(values) != len(weights):
            return False
        total += sum(
            number_of(weight)
            for value, weight in zip(values, weights, strict=True)
            if _holds(value)
        )
    return _is_between(total, call.number(0), call.number(1))


def _holds(datum: Datum) -> bool:
    return number_of(datum) > 0


def _is_between(number: float, least: float, most: float) -> bool:
    return (least == -1 or number >= least) and (most == -1 or number <= most)
