"""Text as a cell can hold it: control characters made visible, long text in parts, direction."""

import re
from enum import IntEnum
from unicodedata import bidirectional

MAX_UNITS = 32_767
"""The most that a cell holds, in UTF-16 code units, which is how Excel counts."""

_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|\u2039(?=U\\+)"
)
_ESCAPE = re.compile("\u2039U\\+([0-9A-F]{4})\u203a")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_STRONG = frozenset({"L", "R", "AL"})
_XSTRING = re.compile(r"_x[0-9A-Fa-f]{4}_")


def visible(text: str) -> str:
    """The text with every character that a cell cannot hold or show written as ``‹U+001B›``.

    These are the control characters but tab, line feed and carriage return, lone surrogates and
    the two non-characters that XML forbids. The sign ``‹`` before ``U+`` is written so as well,
    which makes the replacement reversible: ``restored(visible(text)) == text`` for every text.
    """
    if _UNSHOWABLE.search(text) is None:
        return text
    return _UNSHOWABLE.sub(lambda found: f"\u2039U+{ord(found[0]):04X}\u203a", text)


def unshowable(text: str) -> list[str]:
    """The characters that ``visible`` replaces because no cell can show them, as ``U+001B``."""
    return [f"U+{ord(sign):04X}" for sign in _UNSHOWABLE.findall(text) if sign != "\u2039"]


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
    if _RIGHT_TO_LEFT.search(text) is None:
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
