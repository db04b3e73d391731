"""How wide letters are in Arial and Courier on a plain screen, where each takes whole pixels."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from unicodedata import category, east_asian_width, normalize

PIXELS_PER_POINT = 96 / 72
_RAISED = 0.58
"""Size of raised letters in that of the letters around them."""


class Letters(StrEnum):
    """Faces that differ in the widths of their letters."""

    REGULAR = "regular"
    BOLD = "bold"
    EVEN = "even"
    """All of one width."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How some letters are set."""

    size: float
    """In points."""
    letters: Letters = Letters.REGULAR
    raised: bool = False


class Widths(dict[str, int]):
    """Widths in pixels by letter, in one setting."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._pixels = pixels(setting.size * (_RAISED if setting.raised else 1.0))
        self._letters = setting.letters

    def __missing__(self, letter: str) -> int:
        self[letter] = width = int(_em(letter, self._letters) * self._pixels + 0.5)
        return width

    def across(self, text: str) -> int:
        """How wide a text is on one line, in pixels."""
        return sum(map(self.__getitem__, text))


@cache
def widths_of(setting: Setting) -> Widths:
    """The widths of all letters in a setting."""
    return Widths(setting)


def points_across(text: str, setting: Setting) -> float:
    """How wide a text is on one line, in points."""
    return widths_of(setting).across(text) / PIXELS_PER_POINT


def shortened(text: str, setting: Setting, points: float) -> str:
    """The text if it is no wider than so many points; else its beginning and an ellipsis."""
    if points_across(text, setting) <= points:
        return text
    widths = widths_of(setting)
    room = points * PIXELS_PER_POINT - widths["…"]
    for end, letter in enumerate(text):
        room -= widths[letter]
        if room < 0:
            return f"{text[:end].rstrip()}…"
    return text


def pixels(size: float) -> int:
    """The whole pixels that a size in points takes on a plain screen: 8 points are set as 11."""
    return int(size * PIXELS_PER_POINT + 0.5)


# Advance widths in thousandths of an em, from the space (32) to the tilde (126).
_REGULAR = (
    (278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278)
    + (556,) * 10
    + (278, 278, 584, 584, 584, 556, 1015)
    + (667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778)
    + (722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333)
    + (556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556)
    + (333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584)
)
_BOLD = (
    (278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278)
    + (556,) * 10
    + (333, 333, 584, 584, 584, 611, 975)
    + (722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778)
    + (722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333)
    + (556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611)
    + (389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584)
)
_ADVANCES = {Letters.REGULAR: _REGULAR, Letters.BOLD: _BOLD}
_SIGNS = {
    **dict.fromkeys("\u2018\u2019\u201a", 278),
    **dict.fromkeys("\u00a0\u00ad\u00b7\u202f", 278),
    **dict.fromkeys("\u2022\u25aa\u25ab\u00b0", 400),
    **dict.fromkeys("\u201c\u201d\u201e\u2039\u203a", 500),
    **dict.fromkeys("\u2026\u2014\u2192\u2190", 1000),
}
_OTHERS: tuple[tuple[str, str, int], ...] = (
    ("\u0370", "\u03ff", 590),
    ("\u0400", "\u052f", 660),
    ("\u0530", "\u058f", 930),
    ("\u0600", "\u08ff", 520),
    ("\u0b80", "\u0d7f", 880),
    ("\u10a0", "\u137f", 700),
)
"""First and last letter of a script, and the width of one as LibreOffice shows them on average."""
_EVEN = 600
_UNKNOWN = 610


def _em(letter: str, letters: Letters) -> float:
    if is_wide(letter):
        return 1.1
    if letters is Letters.EVEN:
        return _EVEN / 1000
    base = letter if letter.isascii() else normalize("NFD", letter)[0]
    place = ord(base) - 32
    advances = _ADVANCES[letters]
    if 0 <= place < len(advances):
        return advances[place] / 1000
    if category(letter) == "Mn":
        return 0.0
    script = next((width for first, last, width in _OTHERS if first <= letter <= last), _UNKNOWN)
    return _SIGNS.get(letter, script) / 1000


def is_wide(letter: str) -> bool:
    """Whether a letter belongs to Chinese, Japanese or Korean, whose lines are higher."""
    return "\u1100" <= letter < "\U0001f000" and east_asian_width(letter) in "WF"
