"""The evaluation of an expression's parts, on elementpath's tokens, counted in steps."""

from datetime import UTC, datetime, time
from decimal import Decimal

import elementpath.aliases as ta
from elementpath import XPathContext, XPathToken

from questionnaires.datum import Datum, number_of
from questionnaires.meter import MAX_STEPS, Meter
from questionnaires.scope import Scope

TO_BEGIN = 8
"""Steps that an evaluation takes of what it shares, however little it does: as long as these."""

_ENDLESS = 10**300


class Evaluation(XPathContext):
    """The dynamic context of one evaluation: elementpath's, with our scope and meter in it."""

    def __init__(self, scope: Scope, text: str) -> None:
        super().__init__(item="", current_dt=datetime.combine(scope.today, time(), UTC))
        self.scope = scope
        self.text = text
        self.allowed = MAX_STEPS if scope.meter is None else min(MAX_STEPS, scope.meter.left)
        self.meter = Meter(self.allowed)
        if scope.meter is not None:
            self.meter.room = scope.meter.room

    @property
    def spent(self) -> int:
        """How many steps were taken so far."""
        return self.allowed - self.meter.left

    def settle(self) -> None:
        """Take what was spent from what the form's expressions share, and what beginning costs.

        So that a great many that do nothing, one for each option of each question, end as well.
        """
        if self.scope.meter is not None:
            self.scope.meter.left -= self.spent + TO_BEGIN
            self.scope.meter.room = self.meter.room


def evaluate(token: XPathToken, context: ta.ContextType) -> Datum:
    """The value of a part of an expression; ``Unaffordable`` when that takes too many steps.

    A text and the items of a list are counted here, before anything is done with them: even a
    comparison or a number reads all of them.
    """
    meter = evaluation_of(context).meter
    meter.spend()
    value = token.evaluate(context)
    if isinstance(value, str):
        return meter.read(value)
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        # Python's whole numbers have no end, XPath's have.
        return value if abs(value) < _ENDLESS else number_of(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        meter.spend(len(value))
        return [meter.read(str(item)) for item in value]
    raise TypeError(f"{token} has no value that an expression can use")


def evaluation_of(context: ta.ContextType) -> Evaluation:
    """The evaluation that a token is part of."""
    if not isinstance(context, Evaluation):
        raise TypeError("An expression is evaluated in an Evaluation")
    return context


def scope_of(context: ta.ContextType) -> Scope:
    """The scope that an evaluation carries."""
    return evaluation_of(context).scope
