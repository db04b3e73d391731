"""Regular expressions that always finish: matched in time linear in the text, no backtracking.

Texts come from respondents, so a pattern must not be able to hang the service. The usual engine
backtracks, and some patterns take it years; here a pattern is a machine of states (Thompson's
construction) that is walked once along the text. ``pattern_syntax`` reads patterns.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from questionnaires.meter import Meter

MAX_LENGTH = 5_000
"""Longer texts match no pattern."""

Test = Callable[[str], bool]


@dataclass(slots=True)
class State:
    """One step: take a character that passes ``test`` and go on to ``after``, or just go on."""

    test: Test | None = None
    after: list[int] = field(default_factory=list)
    at_start: bool = False
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern."""

    states: tuple[State, ...]
    start: int
    final: int

    def matches(self, text: str, meter: Meter | None = None) -> bool:
        """Whether the pattern describes the whole text; each state looked at is a step."""
        meter = Meter() if meter is None else meter
        if len(text) > MAX_LENGTH:
            return False
        last = len(text)
        here = self._reach((self.start,), first=True, last=last == 0)
        for position, character in enumerate(text, start=1):
            moved = {
                target
                for number in here
                if (test := self.states[number].test) is not None and test(character)
                for target in self.states[number].after
            }
            if not moved:
                return False
            meter.spend(len(here))
            here = self._reach(moved, first=False, last=position == last)
        return self.final in here

    def _reach(self, numbers: Iterable[int], *, first: bool, last: bool) -> set[int]:
        reached: set[int] = set()
        waiting = list(numbers)
        while waiting:
            number = waiting.pop()
            state = self.states[number]
            if number in reached or (state.at_start and not first) or (state.at_end and not last):
                continue
            reached.add(number)
            if state.test is None:
                waiting.extend(state.after)
        return reached
