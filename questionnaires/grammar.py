"""The grammar of expressions: elementpath's XPath 1.0 parser, without paths and with ${name}.

Operators and conversions follow XPath 1.0 as ODK extends it (see ``datum``), so an expression
means here what it means in ODK's own clients.
"""

import math
import operator
from collections.abc import Callable
from datetime import UTC, datetime, time
from decimal import Decimal
from types import new_class
from typing import cast

import elementpath.aliases as ta
from elementpath import XPath1Parser, XPathContext, XPathFunction, XPathToken
from elementpath.tdop import Parser

from questionnaires.datum import Datum, compare, number_of, truth_of
from questionnaires.functions import FUNCTIONS, Function, Scope

_KEPT = (
    *("(start)", "(end)", "(invalid)", "(unknown)"),
    *("(string)", "(float)", "(decimal)", "(integer)"),
    *("(", ")", ",", "}"),
)


class Evaluation(XPathContext):
    """The dynamic context of one evaluation: elementpath's, with our scope in it."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(item="", current_dt=datetime.combine(scope.today, time(), UTC))
        self.scope = scope


class ExpressionParser(XPath1Parser):
    """XPath 1.0 without paths, axes and variables, and with ODK's functions."""

    def parse(self, source: str) -> XPathToken:
        """Read an expression without evaluating it; elementpath's own tries it out at once."""
        return Parser.parse(self, source)


def evaluate(token: XPathToken, context: ta.ContextType) -> Datum:
    """The value of a part of an expression."""
    value = token.evaluate(context)
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [str(item) for item in value]
    raise TypeError(f"{token} has no value that an expression can use")


def _scope(context: ta.ContextType) -> Scope:
    if not isinstance(context, Evaluation):
        raise TypeError("An expression is evaluated in an Evaluation")
    return context.scope


class _Reference(XPathToken):
    """``${name}``: the answer to another question."""

    symbol = lookup_name = "${"
    label = "reference"
    value: str

    def nud(self) -> XPathToken:
        self.parser.expected_next("(name)")
        self.value = str(self.parser.advance("(name)").value)
        self.parser.advance("}")
        return self

    def evaluate(self, context: ta.ContextType = None) -> ta.ValueType:
        return cast("ta.ValueType", _scope(context).values.get(self.value, ""))


class _CurrentValue(XPathToken):
    """``.``: the value of the question that the expression belongs to."""

    symbol = lookup_name = "."
    label = "current value"

    def nud(self) -> XPathToken:
        return self

    def evaluate(self, context: ta.ContextType = None) -> ta.ValueType:
        return cast("ta.ValueType", _scope(context).current)


class _ChoiceColumn(XPathToken):
    """A bare name: in a ``choice_filter``, a column of the choice; elsewhere lint refuses it."""

    symbol = lookup_name = "(name)"
    label = "name"
    value: str

    def nud(self) -> XPathToken:
        return self

    def evaluate(self, context: ta.ContextType = None) -> str:
        return _scope(context).choice.get(self.value, "")


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
    lbp = rbp = 30
    numbers: Callable[[float, float], bool]
    ordered = True

    def led(self, left: XPathToken) -> XPathToken:
        if isinstance(left, _Comparison):
            raise self.wrong_syntax("two comparisons in a row: put one of them in brackets")
        return super().led(left)

    def evaluate(self, context: ta.ContextType = None) -> bool:
        left, right = evaluate(self[0], context), evaluate(self[1], context)
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


class _CallOf:
    """The call that a function's body sees."""

    __slots__ = ("_context", "_token")

    def __init__(self, token: XPathToken, context: ta.ContextType) -> None:
        self._token = token
        self._context = context

    @property
    def scope(self) -> Scope:
        return _scope(self._context)

    def __len__(self) -> int:
        return len(self._token)

    def datum(self, index: int) -> Datum:
        return evaluate(self._token[index], self._context)


def _function_token(function: Function) -> type[XPathFunction]:
    def value(self: XPathFunction, context: ta.ContextType = None) -> Datum:
        return function.body(_CallOf(self, context))

    exact = function.least == function.most
    members = {
        "symbol": function.name,
        "lookup_name": function.name,
        "label": "function",
        "lbp": 90,
        "rbp": 90,
        "nargs": function.least if exact else (function.least, function.most),
        "evaluate": value,
        "__module__": __name__,
    }
    name = "_" + function.name.title().replace("-", "") + "Function"
    created = new_class(name, (XPathFunction,), exec_body=lambda body: body.update(members))
    return cast("type[XPathFunction]", created)


def _infix(base: type[_Infix], symbol: str, **members: object) -> type[_Infix]:
    name = f"{base.__name__}{len(ExpressionParser.symbol_table)}"
    members |= {"symbol": symbol, "lookup_name": symbol, "__module__": __name__}
    created = new_class(name, (base,), exec_body=lambda body: body.update(members))
    return cast("type[_Infix]", created)


def _register() -> None:
    ExpressionParser.symbol_table = {symbol: XPath1Parser.symbol_table[symbol] for symbol in _KEPT}
    tokens: list[type[XPathToken]] = [_Reference, _CurrentValue, _ChoiceColumn, _Or, _And, _Minus]
    for symbol, ordered, numbers in (
        ("=", False, operator.eq),
        ("!=", False, operator.ne),
        ("<", True, operator.lt),
        ("<=", True, operator.le),
        (">", True, operator.gt),
        (">=", True, operator.ge),
    ):
        body = {"numbers": staticmethod(numbers), "ordered": ordered}
        tokens.append(_infix(_Comparison, symbol, **body))
    for symbol, power, calculate in (
        ("+", 40, operator.add),
        ("*", 45, operator.mul),
        ("div", 45, _divide),
        ("mod", 45, _remainder),
    ):
        body = {"numbers": staticmethod(calculate), "lbp": power, "rbp": power}
        tokens.append(_infix(_Arithmetic, symbol, **body))
    tokens.extend(_function_token(function) for function in FUNCTIONS.values())
    for token in tokens:
        ExpressionParser.symbol_table[token.lookup_name] = token


_register()
ExpressionParser.build()
