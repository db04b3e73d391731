"""The grammar of expressions: elementpath's XPath 1.0 parser, without paths and with ${name}.

Operators and conversions follow XPath 1.0 as ODK extends it (see ``datum``), so an expression
means here what it means in ODK's own clients.
"""

from types import new_class
from typing import cast

import elementpath.aliases as ta
from elementpath import XPath1Parser, XPathFunction, XPathToken
from elementpath.tdop import Parser

from questionnaires.datum import Datum
from questionnaires.evaluation import evaluate, evaluation_of, scope_of
from questionnaires.functions import FUNCTIONS, Argument, Call, Function
from questionnaires.meter import Meter
from questionnaires.operators import operators
from questionnaires.scope import Scope

_KEPT = (
    *("(start)", "(end)", "(invalid)", "(unknown)"),
    *("(string)", "(float)", "(decimal)", "(integer)"),
    *("(", ")", ",", "}"),
)


class ExpressionParser(XPath1Parser):
    """XPath 1.0 without paths, axes and variables, and with ODK's functions."""

    def parse(self, source: str) -> XPathToken:
        """Read an expression without evaluating it; elementpath's own tries it out at once."""
        return Parser.parse(self, source)


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
        scope = scope_of(context)
        found = scope.cells.get(self.value)
        if found is None:
            found = scope.values.get(self.value)
        if found is None:
            # Outside of its table a column is all its cells.
            found = list(scope.columns[self.value]) if self.value in scope.columns else ""
        return cast("ta.ValueType", found)


class _CurrentValue(XPathToken):
    """``.``: the value of the question that the expression belongs to."""

    symbol = lookup_name = "."
    label = "current value"

    def nud(self) -> XPathToken:
        return self

    def evaluate(self, context: ta.ContextType = None) -> ta.ValueType:
        return cast("ta.ValueType", scope_of(context).current)


class _ChoiceColumn(XPathToken):
    """A bare name: in a ``choice_filter``, a column of the choice; elsewhere lint refuses it."""

    symbol = lookup_name = "(name)"
    label = "name"
    value: str

    def nud(self) -> XPathToken:
        return self

    def evaluate(self, context: ta.ContextType = None) -> str:
        return scope_of(context).choice.get(self.value, "")


class _Row(XPathToken):
    """``..``: the row around the question, of which only ``position(..)`` can ask the number."""

    symbol = lookup_name = ".."
    label = "row"

    def nud(self) -> XPathToken:
        return self

    def evaluate(self, context: ta.ContextType = None) -> int:
        return scope_of(context).row


class _CallOf(Call):
    """The call that a function's body sees."""

    __slots__ = ("_context", "_token")

    def __init__(self, token: XPathToken, context: ta.ContextType) -> None:
        self._token = token
        self._context = context

    @property
    def scope(self) -> Scope:
        return scope_of(self._context)

    @property
    def meter(self) -> Meter:
        return evaluation_of(self._context).meter

    @property
    def place(self) -> str:
        return f"{self._token.span[0]} {evaluation_of(self._context).text}"

    def __len__(self) -> int:
        return len(self._token)

    def datum(self, index: int) -> Datum:
        return evaluate(self._token[index], self._context)

    def reference(self, index: int) -> str:
        argument = argument_of(self._token[index])
        return argument.reference or argument.quoted


def argument_of(token: XPathToken) -> Argument:
    """An argument as it is written."""
    match token.symbol:
        case "(string)":
            return Argument(literal=str(token.value))
        case "${":
            return Argument(reference=str(token.value))
        case _:
            return Argument()


def _function_token(function: Function) -> type[XPathFunction]:
    def value(self: XPathFunction, context: ta.ContextType = None) -> Datum:
        return function.body(_CallOf(self, context))

    members = {
        "symbol": function.name,
        "lookup_name": function.name,
        "label": "function",
        "lbp": 90,
        "rbp": 90,
        # Counted in ``expressions``, which says better what is missing.
        "nargs": (0, None),
        "evaluate": value,
        "__module__": __name__,
    }
    if ":" in function.name:
        members["pattern"] = rf"\b{function.name}(?=\s*\()"
    name = "_" + "".join(filter(str.isalpha, function.name.title())) + "Function"
    created = new_class(name, (XPathFunction,), exec_body=lambda body: body.update(members))
    return cast("type[XPathFunction]", created)


def _register() -> None:
    ExpressionParser.symbol_table = {symbol: XPath1Parser.symbol_table[symbol] for symbol in _KEPT}
    tokens: list[type[XPathToken]] = [_Reference, _CurrentValue, _ChoiceColumn, _Row, *operators()]
    tokens.extend(_function_token(function) for function in FUNCTIONS.values())
    for token in tokens:
        ExpressionParser.symbol_table[token.lookup_name] = token


_register()
ExpressionParser.build()
