"""Answers that make conditions true, looked for among all that matter, within a bound."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from questionnaires.datum import Datum, truth_of
from questionnaires.expressions import Expression
from questionnaires.meter import Meter
from questionnaires.routing import as_kept
from questionnaires.scope import Scope

_NO_DAY = date(1970, 1, 1)  # what looks at the day is never searched


class Found(StrEnum):
    """What a search came to."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A question with the answers that are tried for it, or the expression that gives its value."""

    name: str
    domain: tuple[Datum, ...] = ()
    calculation: Expression | None = None
    asked_if: tuple[Expression, ...] = ()
    """It has a value only if these are true."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold, with the names it depends on."""

    expression: Expression
    names: frozenset[str]
    unless_empty: str | None = None
    """It must hold only if this question has a value."""
    negated: bool = False


@dataclass(slots=True)
class Bound:
    """What trying may still cost, in steps of evaluation: one search, and all of a form."""

    left: int
    each: int

    def try_out(self, expression: Expression, scope: Scope) -> Datum:
        """The value of an expression in a scope; ``TooMany`` when the bound is reached."""
        trial = expression.trial(replace(scope, meter=Meter(max(self.left, 0))))
        self.left -= trial.steps
        if not trial.finished or self.left <= 0:
            raise TooMany
        return trial.value


class TooMany(Exception):
    """The bound is reached."""


@dataclass(slots=True)
class Search:
    """Looks for values of the unknowns, in their order, under which all conditions hold."""

    unknowns: Sequence[Unknown]
    conditions: Sequence[Condition]
    bound: Bound
    _values: dict[str, Datum] = field(default_factory=dict)
    _current: Datum = ""
    _checks: list[list[Condition]] = field(default_factory=list)
    _own: Bound = field(default_factory=lambda: Bound(0, 0))

    def run(self) -> Found:
        """Whether there are such values; unknown when the bound is reached before."""
        allowed = min(self.bound.each, self.bound.left)
        self._own = Bound(allowed, allowed)
        try:
            found = Found.POSSIBLE if self._begin() and self._assign(0) else Found.IMPOSSIBLE
        except TooMany:
            found = Found.UNKNOWN
        self.bound.left -= allowed - max(self._own.left, 0)
        return found

    def _begin(self) -> bool:
        """Put each condition where all it depends on has a value; try those that need none."""
        at = {unknown.name: index for index, unknown in enumerate(self.unknowns)}
        self._checks = [[] for _ in self.unknowns]
        for condition in self.conditions:
            if condition.names:
                self._checks[max(at[name] for name in condition.names)].append(condition)
        return all(self._holds(condition) for condition in self.conditions if not condition.names)

    def _assign(self, index: int) -> bool:
        if index == len(self.unknowns):
            return True
        unknown = self.unknowns[index]
        for value in self._values_of(unknown):
            self._set(unknown.name, value)
            if all(map(self._holds, self._checks[index])) and self._assign(index + 1):
                return True
        return False

    def _values_of(self, unknown: Unknown) -> tuple[Datum, ...]:
        if unknown.calculation is None:
            return unknown.domain
        asked = all(truth_of(self._evaluate(expression)) for expression in unknown.asked_if)
        return (as_kept(self._evaluate(unknown.calculation)) if asked else "",)

    def _set(self, name: str, value: Datum) -> None:
        if name == ".":
            self._current = value
        else:
            self._values[name] = value

    def _holds(self, condition: Condition) -> bool:
        guarded = condition.unless_empty
        if guarded is not None and self._values[guarded] == "":
            return True
        return truth_of(self._evaluate(condition.expression)) is not condition.negated

    def _evaluate(self, expression: Expression) -> Datum:
        return self._own.try_out(expression, Scope(self._values, _NO_DAY, self._current))


def search(unknowns: Sequence[Unknown], conditions: Sequence[Condition], bound: Bound) -> Found:
    """Whether there are values of the unknowns under which all conditions hold."""
    return Search(unknowns, conditions, bound).run()
