"""Functions of columns and rows: counted, summed, and looked up by the number of a row."""

import math
from collections.abc import Sequence

from questionnaires.datum import Datum, number_of, text_of
from questionnaires.functions.registry import Argument, Call, CallInvalid, function


@function("count(nodes) → number", "How many rows a table or a column has.")
def _count(call: Call) -> Datum:
    datum = call.datum(0)
    return len(datum) if isinstance(datum, list) else int(text_of(datum) != "")


@function("count-non-empty(nodes) → number", "How many cells of a column are filled.")
def _count_non_empty(call: Call) -> Datum:
    return sum(text_of(item) != "" for item in call.items(0))


@function(
    "sum(nodes) → number",
    "The sum of a column: 0 without rows, not a number when a cell is empty or no number.",
)
def _sum(call: Call) -> Datum:
    numbers = _numbers(call)
    # Rounded once, at the end, so that tenths add up as they do on paper.
    return math.fsum(numbers) if all(map(math.isfinite, numbers)) else sum(numbers)


@function(
    "min(any+) → number",
    "The smallest; not a number when there is none, or one is empty or no number.",
)
def _min(call: Call) -> Datum:
    return _extreme(call, largest=False)


@function(
    "max(any+) → number",
    "The largest; not a number when there is none, or one is empty or no number.",
)
def _max(call: Call) -> Datum:
    return _extreme(call, largest=True)


def _numbers(call: Call) -> list[float]:
    return [number_of(item) for item in call.all_items()]


def _extreme(call: Call, *, largest: bool) -> float:
    numbers = _numbers(call)
    if not numbers or any(map(math.isnan, numbers)):
        return math.nan
    return max(numbers) if largest else min(numbers)


@function(
    "position(any?) → number",
    "The number of the row that is being looked at, from 1; also written `position(..)`.",
    moves=True,
)
def _position(call: Call) -> Datum:
    return call.scope.row


@function("last() → number", "How many rows the table has that is being looked at.", moves=True)
def _last(call: Call) -> Datum:
    return call.scope.rows


def _names_a_column(arguments: Sequence[Argument]) -> None:
    if not (arguments[0].reference and arguments[1].reference):
        raise CallInvalid(
            "indexed-repeat() does not say which column of which table is meant.",
            "Write: indexed-repeat(${column}, ${table}, 1)",
        )


@function(
    "indexed-repeat(nodes, nodes, number) → any",
    "The cell of a column, in a table, in the row of that number, from 1; empty beyond the rows.",
    check=_names_a_column,
)
def _indexed_repeat(call: Call) -> Datum:
    cells = call.scope.columns.get(call.reference(0), ())
    number = call.number(2)
    if math.isnan(number) or not 1 <= number < len(cells) + 1:
        return ""
    return cells[math.trunc(number) - 1]
