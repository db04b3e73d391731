"""Text and numbers as a cell can hold them: control characters visible, long text in parts."""

import re
from enum import IntEnum
from unicodedata import bidirectional

MAX_UNITS = 32_767
"""The most that a cell holds, in UTF-16 code units, which is how Excel counts."""

_NEVER_SHOWN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069"
)
_UNSHOWABLE = re.compile(rf"[{_NEVER_SHOWN}]|\u2039(?=U\+)")
_SUSPECT = re.compile(f"[{_NEVER_SHOWN}\u2039]")
"""One set of letters, which is searched for three times as fast."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What sets the direction of the letters after it: embeddings, overrides, isolates, their ends."""
_END_OF_EMBEDDING = "\u202c"
_END_OF_ISOLATE = "\u2069"
_ISOLATES = frozenset("\u2066\u2067\u2068")
_OVERRIDES = frozenset("\u202d\u202e")
_ESCAPE = re.compile("\u2039U\\+([0-9A-F]{4})\u203a")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_STRONG = frozenset({"L", "R", "AL"})
_XSTRING = re.compile(r"_x[0-9A-Fa-f]{4}_")


def visible(text: str) -> str:
    """The text with every character that a cell cannot hold or show written as ``‹U+001B›``.

    These are the control characters but tab, line feed and carriage return, lone surrogates and
    the two non-characters that XML forbids; and what would show other letters than there are: an
    override of the direction of letters, and an embedding or isolate that nothing ends. Those that
    are ended, as in Arabic or Hebrew text, stay. The sign ``‹`` before ``U+`` is written so as
    well, which makes the replacement reversible: ``restored(visible(text)) == text`` always.
    """
    places = _unshowable_places(text)
    if not places:
        return text
    shown = []
    start = 0
    for place in places:
        shown += [text[start:place], f"\u2039U+{ord(text[place]):04X}\u203a"]
        start = place + 1
    return "".join((*shown, text[start:]))


def unshowable(text: str) -> list[str]:
    """The characters that ``visible`` replaces but the sign ``‹`` itself, as ``U+001B``."""
    signs = (text[place] for place in _unshowable_places(text))
    return [f"U+{ord(sign):04X}" for sign in signs if sign != "\u2039"]


def _unshowable_places(text: str) -> list[int]:
    if _SUSPECT.search(text) is None:
        return []
    misleading, still_open = _turned(text)
    misleading |= set(still_open)
    return [
        found.start()
        for found in _UNSHOWABLE.finditer(text)
        if found.start() in misleading or _TURNING.match(found[0]) is None
    ]


def _turned(text: str) -> tuple[set[int], list[int]]:
    """Where overrides and ends of nothing stand, and what nothing ends; by Unicode's annex 9."""
    misleading: set[int] = set()
    open_ones: list[int] = []
    for found in _TURNING.finditer(text):
        place, sign = found.start(), found[0]
        if sign == _END_OF_EMBEDDING:
            if not open_ones or text[open_ones[-1]] in _ISOLATES:
                misleading.add(place)
            elif text[begun := open_ones.pop()] in _OVERRIDES:
                misleading |= {begun, place}
        elif sign == _END_OF_ISOLATE:
            if not any(text[one] in _ISOLATES for one in open_ones):
                misleading.add(place)
                continue
            while text[begun := open_ones.pop()] not in _ISOLATES:
                misleading.add(begun)
        else:
            open_ones.append(place)
    return misleading, open_ones


def closed(text: str) -> str:
    """The beginning of a text with the ends of those embeddings and isolates that it cut off."""
    _, still_open = _turned(text)
    ends = (
        _END_OF_ISOLATE if text[place] in _ISOLATES else _END_OF_EMBEDDING
        for place in reversed(still_open)
    )
    return text + "".join(ends)


def as_written(number: float) -> float:
    """A number in the one type that it is written in: whole ones without a point."""
    match number:
        case float() if number.is_integer():
            return int(number)
        case _:
            return number


def restored(shown: str) -> str:
    """The text that ``visible`` was given."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), shown)


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def parts(text: str, limit: int = MAX_UNITS) -> list[str]:
    """The text in pieces of at most ``limit`` UTF-16 units; joined they are the text again.

    A character outside the basic plane (two units) is never divided.
    """
    if len(text) * 2 <= limit or units(text) <= limit:
        return [text]
    pieces = []
    start = 0
    while start < len(text):
        end = min(start + limit, len(text))
        while (excess := units(text[start:end]) - limit) > 0:
            end -= max(1, excess // 2)
        pieces.append(text[start:end])
        start = end
    return pieces


class Direction(IntEnum):
    """The reading order of a cell, as Excel numbers it."""

    OF_THE_PROGRAM = 0
    LEFT_TO_RIGHT = 1
    RIGHT_TO_LEFT = 2


def direction_of(text: str) -> Direction:
    """From right to left where a text begins so and most of its letters are.

    Words of ours around those of others, such as «Founded in:», keep a cell as it is. A text
    without any letter from right to left needs no direction.
    """
    if text.isascii() or _RIGHT_TO_LEFT.search(text) is None:
        return Direction.OF_THE_PROGRAM
    kinds = [kind for kind in map(bidirectional, text) if kind in _STRONG]
    most = sum(kind != "L" for kind in kinds) * 2 >= len(kinds)
    begins = bool(kinds) and kinds[0] != "L"
    return Direction.RIGHT_TO_LEFT if begins and most else Direction.LEFT_TO_RIGHT


def literal_runs(text: str) -> list[str]:
    """The text cut inside whatever Excel would read as an escape, such as ``_x0041_``.

    Excel decodes that pattern within one element of text, so a text that holds it literally is
    written as neighbouring runs, which every reader joins again. A text without it is one run.
    """
    if "_x" not in text:
        return [text]
    runs = []
    start = 0
    position = 0
    while (found := _XSTRING.search(text, position)) is not None:
        cut = found.start() + 2
        runs.append(text[start:cut])
        start = cut
        position = found.start() + 1
    runs.append(text[start:])
    return runs
