r"""The syntax of regular expressions, read into the machines of ``patterns``.

Supported: literals, ``.``, classes ``[a-z]`` and ``[^…]``, ``\d \w \s`` and their opposites,
groups, ``|``, ``* + ?`` and ``{m,n}``, ``^`` and ``$``. Back-references and look-around cannot be
matched in linear time and are refused.
"""

from dataclasses import dataclass
from functools import lru_cache

from questionnaires.patterns import Pattern, State, Test

MAX_STATES = 1_000
MAX_REPEAT = 200
MAX_BRACKETS = 20


class PatternInvalid(ValueError):
    """The pattern cannot be read, or asks for more than can be matched in linear time."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the machine with one way in and one way out."""

    start: int
    end: int


class _Builder:
    """Reads a pattern from left to right and builds its machine."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.states: list[State] = []
        self.depth = 0

    def build(self) -> Pattern:
        part = self._alternatives()
        if self.position < len(self.source):
            raise PatternInvalid("It has a closing bracket that nothing opened.")
        return Pattern(tuple(self.states), part.start, part.end)

    def _state(self, test: Test | None = None) -> int:
        if len(self.states) >= MAX_STATES:
            raise PatternInvalid("It is too large.")
        self.states.append(State(test))
        return len(self.states) - 1

    def _link(self, source: int, target: int) -> None:
        self.states[source].after.append(target)

    def _peek(self) -> str:
        return self.source[self.position] if self.position < len(self.source) else ""

    def _take(self) -> str:
        character = self._peek()
        if not character:
            raise PatternInvalid("It ends too early.")
        self.position += 1
        return character

    def _alternatives(self) -> _Part:
        part = self._sequence()
        while self._peek() == "|":
            self._take()
            other = self._sequence()
            start, end = self._state(), self._state()
            for branch in (part, other):
                self._link(start, branch.start)
                self._link(branch.end, end)
            part = _Part(start, end)
        return part

    def _sequence(self) -> _Part:
        start = end = self._state()
        while self._peek() not in ("", "|", ")"):
            part = self._repeated()
            self._link(end, part.start)
            end = part.end
        return _Part(start, end)

    def _repeated(self) -> _Part:
        begin = self.position
        part = self._atom()
        least, most = self._quantifier()
        if (least, most) == (1, 1):
            return part
        start = end = self._state()
        copies = [part]
        # Each further copy is built anew from the same piece of the source.
        for _ in range(max(least, most or 1) - 1):
            resume, self.position = self.position, begin
            copies.append(self._atom())
            self.position = resume
        optional_from: list[int] = []
        for number, copy in enumerate(copies):
            if number >= least:
                optional_from.append(end)
            self._link(end, copy.start)
            end = copy.end
        out = self._state()
        self._link(end, out)
        if most is None:
            self._link(end, copies[-1].start)
        for number in optional_from:
            self._link(number, out)
        return _Part(start, out) if most != 0 else self._nothing()

    def _nothing(self) -> _Part:
        number = self._state()
        return _Part(number, number)

    def _quantifier(self) -> tuple[int, int | None]:
        match self._peek():
            case "*":
                bounds: tuple[int, int | None] = (0, None)
            case "+":
                bounds = (1, None)
            case "?":
                bounds = (0, 1)
            case "{":
                return self._counted()
            case _:
                return 1, 1
        self._take()
        if self._peek() == "?":
            # A lazy repetition describes the same texts as a greedy one.
            self._take()
        if self._peek() and self._peek() in "*+?{":
            raise PatternInvalid("It has two repetition signs in a row.")
        return bounds

    def _counted(self) -> tuple[int, int | None]:
        close = self.source.find("}", self.position)
        inside = self.source[self.position + 1 : close] if close > 0 else ""
        low, comma, high = inside.partition(",")
        if not low.isascii() or not low.isdigit() or (high and not high.isdigit()):
            raise PatternInvalid("It has a repetition that isn't {m}, {m,} or {m,n}.")
        least = int(low)
        most = int(high) if high else (None if comma else least)
        if least > MAX_REPEAT or (most or 0) > MAX_REPEAT:
            raise PatternInvalid(f"It repeats something more than {MAX_REPEAT} times.")
        if most is not None and most < least:
            raise PatternInvalid("It has a repetition whose second number is the smaller one.")
        self.position = close + 1
        return least, most

    def _atom(self) -> _Part:
        match self._take():
            case "(":
                return self._group()
            case "[":
                return self._consuming(self._class())
            case ".":
                return self._consuming(lambda character: character != "\n")
            case "\\":
                return self._consuming(self._escape())
            case "^":
                return self._anchor(at_start=True)
            case "$":
                return self._anchor(at_end=True)
            case "*" | "+" | "?" | "{":
                raise PatternInvalid("It has a repetition sign with nothing before it.")
            case character:
                return self._consuming(lambda other: other == character)

    def _group(self) -> _Part:
        if self._peek() == "?":
            if not self.source.startswith("?:", self.position):
                raise PatternInvalid("It uses look-around or a flag, which is not supported.")
            self.position += 2
        self.depth += 1
        if self.depth > MAX_BRACKETS:
            raise PatternInvalid("It has too many brackets within brackets.")
        part = self._alternatives()
        if not self._peek():
            raise PatternInvalid("It has an opening bracket that nothing closes.")
        self._take()
        self.depth -= 1
        return part

    def _consuming(self, test: Test) -> _Part:
        start, end = self._state(test), self._state()
        self._link(start, end)
        return _Part(start, end)

    def _anchor(self, *, at_start: bool = False, at_end: bool = False) -> _Part:
        number = self._state()
        self.states[number].at_start = at_start
        self.states[number].at_end = at_end
        return _Part(number, number)

    def _escape(self) -> Test:
        character = self._take()
        if character in _CLASSES:
            return _CLASSES[character]
        if character in _CONTROLS:
            literal = _CONTROLS[character]
            return lambda other: other == literal
        if character.isalnum():
            raise PatternInvalid(f"It uses \\{character}, which is not supported.")
        return lambda other: other == character

    def _class(self) -> Test:
        negated = self._peek() == "^"
        if negated:
            self._take()
        tests: list[Test] = []
        while self._peek() != "]" or not tests:
            tests.append(self._class_member())
        self._take()
        return lambda character: any(test(character) for test in tests) != negated

    def _class_member(self) -> Test:
        first = self._take()
        if first == "\\":
            mark = self._peek()
            if mark in _CLASSES:
                return self._escape()
            first = _CONTROLS.get(self._take(), mark)
        following = self.source[self.position : self.position + 2]
        if not following.startswith("-") or following in ("-", "-]"):
            return lambda character: character == first
        self._take()
        last = self._take()
        if last == "\\":
            last = self._take()
        if last < first:
            raise PatternInvalid(f"It has the range {first}-{last} the wrong way round.")
        return lambda character: first <= character <= last


_CLASSES: dict[str, Test] = {
    "d": str.isdecimal,
    "D": lambda character: not character.isdecimal(),
    "s": str.isspace,
    "S": lambda character: not character.isspace(),
    "w": lambda character: character.isalnum() or character == "_",
    "W": lambda character: not (character.isalnum() or character == "_"),
}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}


@lru_cache(maxsize=512)
def compile_pattern(source: str) -> Pattern:
    """Read a pattern; ``PatternInvalid`` says in words what is wrong with it."""
    return _Builder(source).build()
