"""The evaluation of an expression's parts, on elementpath's tokens."""

from datetime import UTC, datetime, time
from decimal import Decimal

import elementpath.aliases as ta
from elementpath import XPathContext, XPathToken

from questionnaires.datum import Datum
from questionnaires.functions import Scope


class Evaluation(XPathContext):
    """The dynamic context of one evaluation: elementpath's, with our scope in it."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(item="", current_dt=datetime.combine(scope.today, time(), UTC))
        self.scope = scope


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


def scope_of(context: ta.ContextType) -> Scope:
    """The scope that an evaluation carries."""
    if not isinstance(context, Evaluation):
        raise TypeError("An expression is evaluated in an Evaluation")
    return context.scope
