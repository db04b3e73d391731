r"""The syntax of regular expressions, read into the machines of ``patterns``.

Supported: literals, ``.``, classes ``[a-z]`` and ``[^…]``, ``\d \w \s`` and their opposites,
groups, ``|``, ``* + ?`` and ``{m,n}``, ``^`` and ``$``. Back-references and look-around cannot be
matched in linear time and are refused.

A pattern is read once into parts, and how large its machine would be is known before it is built:
what is repeated is built again for each time, but its classes are shared.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from questionnaires.patterns import Charset, Pattern, State, Test

MAX_STATES = 1_000
MAX_REPEAT = 200
MAX_BRACKETS = 20
MAX_LENGTH = 2_000
"""Characters of a pattern: as many as an expression may have."""
KEPT = 128
"""Patterns that are kept as they were read, or as they were refused."""

_COUNTS = re.compile(r"\{(?P<least>[0-9]{1,6})(?P<open>,(?P<most>[0-9]{1,6})?)?\}")
_NESTED = re.compile(r"\[[:.=]")


class PatternInvalid(ValueError):
    """The pattern cannot be read, or asks for more than can be matched in linear time."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """One character."""

    test: Test
    size: int = 2


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The beginning or the end of the text."""

    at_end: bool
    size: int = 1


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Parts one after the other."""

    parts: tuple["_Part", ...]
    size: int


@dataclass(frozen=True, slots=True)
class _Either:
    """One of several parts."""

    parts: tuple["_Part", ...]
    size: int


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A part so many times; without ``most``, any number from ``least`` on."""

    part: "_Part"
    least: int
    most: int | None
    size: int

    @property
    def copies(self) -> int:
        """How often the part is built."""
        return _copies(self.least, self.most)


_Part = _Taken | _Anchor | _Sequence | _Either | _Repeated
"""A piece of a pattern; its size is the number of states that it takes."""


def _copies(least: int, most: int | None) -> int:
    return max(least, 1) if most is None else most


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.depth = 0

    def read(self) -> _Part:
        part = self._alternatives()
        if self.position < len(self.source):
            raise PatternInvalid("It has a closing bracket that nothing opened.")
        return part

    def _peek(self) -> str:
        return self.source[self.position] if self.position < len(self.source) else ""

    def _take(self) -> str:
        character = self._peek()
        if not character:
            raise PatternInvalid("It ends too early.")
        self.position += 1
        return character

    def _alternatives(self) -> _Part:
        branches = [self._sequence()]
        while self._peek() == "|":
            self._take()
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        size = sum(branch.size for branch in branches) + 2
        return _Either(tuple(branches), _affordable(size))

    def _sequence(self) -> _Part:
        parts: list[_Part] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated())
        return _Sequence(tuple(parts), _affordable(1 + sum(part.size for part in parts)))

    def _repeated(self) -> _Part:
        part = self._atom()
        bounds = self._quantifier()
        if bounds is None:
            return part
        if self._peek() == "?":
            # A lazy repetition describes the same texts as a greedy one.
            self._take()
        if self._peek() and self._peek() in "*+?{":
            raise PatternInvalid("It has two repetition signs in a row.")
        size = 2 + _copies(*bounds) * part.size
        return _Repeated(part, *bounds, _affordable(size))

    def _quantifier(self) -> tuple[int, int | None] | None:
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
                return None
        self._take()
        return bounds

    def _counted(self) -> tuple[int, int | None]:
        found = _COUNTS.match(self.source, self.position)
        if found is None:
            raise PatternInvalid("It has a repetition that isn't {m}, {m,} or {m,n}.")
        least = int(found["least"])
        most = int(found["most"]) if found["most"] else (None if found["open"] else least)
        if least > MAX_REPEAT or (most or 0) > MAX_REPEAT:
            raise PatternInvalid(f"It repeats something more than {MAX_REPEAT} times.")
        if most is not None and most < least:
            raise PatternInvalid("It has a repetition whose second number is the smaller one.")
        self.position = found.end()
        return least, most

    def _atom(self) -> _Part:
        match self._take():
            case "(":
                return self._group()
            case "[":
                return _Taken(self._class())
            case ".":
                return _Taken("\n".__ne__)
            case "\\":
                return _Taken(self._escape())
            case "^":
                return _Anchor(at_end=False)
            case "$":
                return _Anchor(at_end=True)
            case "*" | "+" | "?" | "{":
                raise PatternInvalid("It has a repetition sign with nothing before it.")
            case character:
                return _Taken(character.__eq__)

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

    def _escape(self) -> Test:
        character = self._take()
        if character in _CLASSES:
            return _CLASSES[character]
        if character in _CONTROLS:
            return _CONTROLS[character].__eq__
        if character.isalnum():
            raise PatternInvalid(f"It uses \\{character}, which is not supported.")
        return character.__eq__

    def _class(self) -> Test:
        negated = self._peek() == "^"
        if negated:
            self._take()
        ranges: list[tuple[str, str]] = []
        further: dict[str, Test] = {}
        begin = self.position
        while self._peek() != "]" or self.position == begin:
            self._refuse_sets_of_sets()
            mark = self.source[self.position + 1 : self.position + 2]
            if self._peek() == "\\" and mark in _CLASSES:
                further[mark] = _CLASSES[mark]
                self.position += 2
            else:
                ranges.append(self._range())
        self._take()
        return _charset(ranges, further.values(), negated=negated)

    def _refuse_sets_of_sets(self) -> None:
        """What other engines read as a class within a class, each in its own way."""
        if _NESTED.match(self.source, self.position):
            raise PatternInvalid(
                "It has a class with a name, such as [:alpha:], which is not supported: write the "
                "letters that are meant, such as a-zA-Z."
            )
        if self._peek() == "[":
            raise PatternInvalid(
                "It has an opening bracket within [ ], which not all tools read alike: write \\[ "
                "for the sign itself."
            )
        if self.source.startswith("&&", self.position):
            raise PatternInvalid(
                "It has && within [ ], which is not supported: write the characters that are meant."
            )

    def _range(self) -> tuple[str, str]:
        first = self._member()
        following = self.source[self.position : self.position + 2]
        if not following.startswith("-") or following in ("-", "-]"):
            return first, first
        self._take()
        last = self._member()
        if last < first:
            raise PatternInvalid(f"It has the range {first}-{last} the wrong way round.")
        return first, last

    def _member(self) -> str:
        character = self._take()
        if character != "\\":
            return character
        mark = self._take()
        if mark in _CLASSES:
            raise PatternInvalid(f"It has a range that ends with \\{mark}, which is no character.")
        if mark.isalnum() and mark not in _CONTROLS:
            raise PatternInvalid(f"It uses \\{mark}, which is not supported.")
        return _CONTROLS.get(mark, mark)


def _affordable(size: int) -> int:
    """The size, unless it is too large; asked of each part, so that no number becomes huge."""
    if size > MAX_STATES:
        raise PatternInvalid("It is too large.")
    return size


def _charset(ranges: list[tuple[str, str]], further: Iterable[Test], *, negated: bool) -> Charset:
    joined: list[tuple[str, str]] = []
    for first, last in sorted(ranges):
        if joined and ord(first) <= ord(joined[-1][1]) + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    firsts = "".join(first for first, _ in joined)
    return Charset(firsts, "".join(last for _, last in joined), tuple(further), negated)


@dataclass(slots=True)
class _State:
    """A state while the machine is built."""

    test: Test | None
    at_start: bool
    at_end: bool
    after: list[int]


class _Builder:
    """Builds the machine of a part; each piece has one way in and one way out."""

    def __init__(self) -> None:
        self.states: list[_State] = []

    def build(self, whole: _Part) -> Pattern:
        start, end = self._part(whole)
        states = (
            State(state.test, tuple(state.after), state.at_start, state.at_end)
            for state in self.states
        )
        return Pattern(tuple(states), start, end)

    def _state(
        self, test: Test | None = None, *, at_start: bool = False, at_end: bool = False
    ) -> int:
        self.states.append(_State(test, at_start, at_end, []))
        return len(self.states) - 1

    def _link(self, source: int, target: int) -> None:
        self.states[source].after.append(target)

    def _part(self, part: _Part) -> tuple[int, int]:
        match part:
            case _Taken():
                start, end = self._state(part.test), self._state()
                self._link(start, end)
                return start, end
            case _Anchor():
                number = self._state(at_start=not part.at_end, at_end=part.at_end)
                return number, number
            case _Sequence():
                start = end = self._state()
                for piece in part.parts:
                    first, last = self._part(piece)
                    self._link(end, first)
                    end = last
                return start, end
            case _Either():
                start, end = self._state(), self._state()
                for branch in part.parts:
                    first, last = self._part(branch)
                    self._link(start, first)
                    self._link(last, end)
                return start, end
            case _Repeated():
                return self._repeated(part)

    def _repeated(self, part: _Repeated) -> tuple[int, int]:
        start = end = self._state()
        out = self._state()
        first = start
        for number in range(part.copies):
            if number >= part.least:
                self._link(end, out)
            first, last = self._part(part.part)
            self._link(end, first)
            end = last
        self._link(end, out)
        if part.most is None:
            self._link(end, first)
        return start, out


_CLASSES: dict[str, Test] = {
    "d": str.isdecimal,
    "D": lambda character: not character.isdecimal(),
    "s": str.isspace,
    "S": lambda character: not character.isspace(),
    "w": lambda character: character.isalnum() or character == "_",
    "W": lambda character: not (character.isalnum() or character == "_"),
}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}


def compile_pattern(source: str) -> Pattern:
    """Read a pattern; ``PatternInvalid`` says in words what is wrong with it."""
    if len(source) > MAX_LENGTH:
        # Before it is kept as refused: a respondent may write a pattern as long as an answer.
        raise PatternInvalid(f"It has more than {MAX_LENGTH:,} characters.")
    found = _compiled(source)
    if isinstance(found, str):
        raise PatternInvalid(found)
    return found


@lru_cache(maxsize=KEPT)
def _compiled(source: str) -> Pattern | str:
    """A pattern, or why it is refused: what is refused once is not read again either."""
    try:
        return _Builder().build(_Reader(source).read())
    except PatternInvalid as invalid:
        return str(invalid)
