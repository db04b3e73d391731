"""The operators of expressions: XPath 1.0's, with its precedence and conversions."""

import math
import operator
from collections.abc import Callable, Iterator
from types import new_class
from typing import cast

import elementpath.aliases as ta
from elementpath import XPathToken

from questionnaires.datum import compare, number_of, pairs_of, text_of, truth_of
from questionnaires.evaluation import evaluate, evaluation_of

_STEPS_A_PAIR = 4
"""What it costs to compare a cell of a column with a value or with a cell of another column."""


class _Infix(XPathToken):
    label = "operator"

    def led(self, left: XPathToken) -> XPathToken:
        self[:] = left, self.parser.expression(rbp=self.rbp)
        return self


class _Or(_Infix):
    symbol = lookup_name = "or"
    lbp = rbp = 20

    def evaluate(self, context: ta.ContextType = None) -> bool:
        return any(truth_of(evaluate(self[side], context)) for side in (0, 1))


class _And(_Infix):
    symbol = lookup_name = "and"
    lbp = rbp = 25

    def evaluate(self, context: ta.ContextType = None) -> bool:
        return all(truth_of(evaluate(self[side], context)) for side in (0, 1))


class _Comparison(_Infix):
    numbers: Callable[[float, float], bool]
    ordered = True

    def led(self, left: XPathToken) -> XPathToken:
        # XPath would read 1 < . < 5 as (1 < .) < 5, which nobody means.
        if isinstance(left, _Comparison) and left.ordered is self.ordered:
            raise self.wrong_syntax("two comparisons in a row: put one of them in brackets")
        return super().led(left)

    def evaluate(self, context: ta.ContextType = None) -> bool:
        left, right = evaluate(self[0], context), evaluate(self[1], context)
        pairs = pairs_of(left, right)
        if pairs > 1:
            evaluation_of(context).meter.spend(pairs * _STEPS_A_PAIR)
        return compare(left, right, numbers=self.numbers, ordered=self.ordered)


class _Arithmetic(_Infix):
    numbers: Callable[[float, float], float]

    def evaluate(self, context: ta.ContextType = None) -> float:
        left, right = number_of(evaluate(self[0], context)), number_of(evaluate(self[1], context))
        return self.numbers(left, right)


class _Minus(_Arithmetic):
    """Both the sign and the subtraction."""

    symbol = lookup_name = "-"
    lbp = rbp = 40
    numbers = staticmethod(operator.sub)

    def nud(self) -> XPathToken:
        self[:] = (self.parser.expression(rbp=70),)
        return self

    def evaluate(self, context: ta.ContextType = None) -> float:
        if len(self) == 1:
            return -number_of(evaluate(self[0], context))
        return super().evaluate(context)


class _Union(_Infix):
    """``${one} | ${other}``: the cells of several columns, or several questions, as one list."""

    symbol = lookup_name = "|"
    lbp = rbp = 50

    def led(self, left: XPathToken) -> XPathToken:
        super().led(left)
        if any(side.symbol not in ("${", "|") for side in self):
            raise self.wrong_syntax("only references can be united by «|»")
        return self

    def evaluate(self, context: ta.ContextType = None) -> ta.ValueType:
        united: dict[str, XPathToken] = {}
        for side in self.iter("${"):
            united.setdefault(str(side.value), side)
        found: list[str] = []
        for side in united.values():
            datum = evaluate(side, context)
            found += datum if isinstance(datum, list) else [text_of(datum)]
        return cast("ta.ValueType", found)


def _divide(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    if right == 0 or math.isinf(left) or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.fmod(left, right)


def _infix(base: type[_Infix], symbol: str, **members: object) -> type[_Infix]:
    name = base.__name__ + symbol
    members |= {"symbol": symbol, "lookup_name": symbol, "__module__": __name__}
    created = new_class(name, (base,), exec_body=lambda body: body.update(members))
    return cast("type[_Infix]", created)


def operators() -> Iterator[type[XPathToken]]:
    """A token for each operator, with XPath's precedence."""
    yield from (_Or, _And, _Minus, _Union)
    for symbol, ordered, numbers in (
        ("=", False, operator.eq),
        ("!=", False, operator.ne),
        ("<", True, operator.lt),
        ("<=", True, operator.le),
        (">", True, operator.gt),
        (">=", True, operator.ge),
    ):
        power = 32 if ordered else 30
        compares = {"numbers": staticmethod(numbers), "ordered": ordered}
        yield _infix(_Comparison, symbol, lbp=power, rbp=power, **compares)
    for symbol, power, calculate in (
        ("+", 40, operator.add),
        ("*", 45, operator.mul),
        ("div", 45, _divide),
        ("mod", 45, _remainder),
    ):
        body = {"numbers": staticmethod(calculate), "lbp": power, "rbp": power}
        yield _infix(_Arithmetic, symbol, **body)
