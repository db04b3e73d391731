"""Regular expressions that always finish: matched in time linear in the text, no backtracking.

Texts come from respondents, so a pattern must not be able to hang the service. The usual engine
backtracks, and some patterns take it years; here a pattern is a machine of states (Thompson's
construction) that is walked once along the text. ``pattern_syntax`` reads patterns.

Where the walk has been before with the same character, it need not look at the states again, so
that a long text costs an ordinary pattern little more than a step for each character.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from questionnaires.meter import Meter

Test = Callable[[str], bool]

MOST_REMEMBERED = 50_000
"""States and ways between them that one walk along a text remembers, before it begins anew."""


@dataclass(frozen=True, slots=True)
class Charset:
    """The characters of a class: ranges that do not overlap, in order, and further tests.

    However many characters a class names, asking for one of them costs about the same.
    """

    first: str
    """The first character of each range."""
    last: str
    """The last character of each range."""
    further: tuple[Test, ...] = ()
    negated: bool = False

    def __call__(self, character: str) -> bool:
        """Whether a character is in the class."""
        at = bisect_right(self.first, character) - 1
        found = at >= 0 and character <= self.last[at]
        return (found or any(test(character) for test in self.further)) is not self.negated


@dataclass(frozen=True, slots=True)
class State:
    """One step: take a character that passes ``test`` and go on to ``after``, or just go on."""

    test: Test | None = None
    after: tuple[int, ...] = ()
    at_start: bool = False
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern."""

    states: tuple[State, ...]
    start: int
    final: int

    def matches(self, text: str, meter: Meter | None = None) -> bool:
        """Whether the pattern describes the whole text.

        A step for each character, and one for each state that has to be looked at.
        """
        walk = _Walk(self, Meter() if meter is None else meter)
        here = self.reach((self.start,), first=True, last=not text)
        for character in text[:-1]:
            here = walk.on(here, character)
            if not here:
                return False
        if text:
            here = self.after(here, text[-1], last=True)
        return self.final in here

    def after(self, states: frozenset[int], character: str, *, last: bool) -> frozenset[int]:
        """The states that a character, which may be the last one, leads to from some."""
        moved = {
            target
            for number in states
            if (test := self.states[number].test) is not None and test(character)
            for target in self.states[number].after
        }
        return self.reach(moved, first=False, last=last)

    def reach(self, numbers: Iterable[int], *, first: bool, last: bool) -> frozenset[int]:
        """The states that are reached from some without taking a character, and they themselves."""
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
        return frozenset(reached)


@dataclass(slots=True)
class _Walk:
    """One walk along one text; it remembers nothing of others, so that it always costs the same."""

    pattern: Pattern
    meter: Meter
    _ways: dict[tuple[frozenset[int], str], frozenset[int]] = field(default_factory=dict)
    _sets: dict[frozenset[int], frozenset[int]] = field(default_factory=dict)
    """Each set of states once: one that is met again is the same object, and found at once."""
    _remembered: int = 0

    def on(self, here: frozenset[int], character: str) -> frozenset[int]:
        """Where a character leads that is not the last one."""
        self.meter.spend()
        ahead = self._ways.get((here, character))
        if ahead is None:
            found = self.pattern.after(here, character, last=False)
            self.meter.spend(len(here) + len(found))
            if self._remembered > MOST_REMEMBERED:
                self._ways, self._sets, self._remembered = {}, {}, 0
            ahead = self._sets.setdefault(found, found)
            self._remembered += 1 + len(found)
            self._ways[here, character] = ahead
        return ahead
