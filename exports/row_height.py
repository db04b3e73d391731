"""How high a row must be for its wrapped text; Excel does not work it out by itself."""

from math import ceil
from unicodedata import east_asian_width

MAX_HEIGHT = 409.0
"""The highest row that Excel allows, in points."""
_MARGIN = 1.02
"""Letters are set a little wider on screen than on paper."""
_PIXELS_PER_POINT = 96 / 72
_LEADING = 4
_PADDING = 1.5
_MANY = 1_500
"""From this length the estimate counts letters instead of setting every word."""

# Advance widths of Arial in thousandths of an em, from the space (32) to the tilde (126).
_ADVANCES = (
    (278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278)
    + (556,) * 10
    + (278, 278, 584, 584, 584, 556, 1015)
    + (667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778)
    + (722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333)
    + (556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556)
    + (333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584)
)
_WIDTHS = {chr(32 + place): advance / 1000 for place, advance in enumerate(_ADVANCES)}
_AVERAGE = 0.45
_BROKEN = 1.06
"""Room lost at the ends of lines, where the next word does not fit."""
_SPACE = _WIDTHS[" "]


def text_width(text: str, size: float) -> float:
    """The width of a line of text set in Arial, in points."""
    return sum(map(_em, text)) * size * _MARGIN


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a column of ``width`` points at ``size`` points."""
    room = max(width, size) / size / _MARGIN
    if len(text) > _MANY:
        return sum(max(1, ceil(_average_width(line) / room * _BROKEN)) for line in text.split("\n"))
    if len(text) < room * 0.9 and "\n" not in text:
        return 1
    return sum(_lines_of_paragraph(line, room) for line in text.split("\n"))


def line_height(size: float) -> float:
    """The height of a line of Arial in Excel, which counts in whole pixels: 8 points take 11.25.

    Elsewhere lines stand closer, so that a row has room to spare rather than too little.
    """
    return (round(size * _PIXELS_PER_POINT) + _LEADING) / _PIXELS_PER_POINT


def height_of(lines: int, size: float) -> float:
    """The height of a row of so many lines in points, at most what Excel allows."""
    return min(MAX_HEIGHT, round(lines * line_height(size) + _PADDING, 2))


def _lines_of_paragraph(paragraph: str, room: float) -> int:
    lines = 1
    used = 0.0
    for word in paragraph.split(" "):
        width = sum(map(_em, word))
        if used and used + _SPACE + width > room:
            lines += 1
            used = 0.0
        if width > room:
            more = ceil(width / room)
            lines += more - 1
            used = width - (more - 1) * room
        else:
            used += width + (_SPACE if used else 0.0)
    return lines


def _average_width(text: str) -> float:
    return len(text) * _AVERAGE if text.isascii() else sum(map(_em, text))


def _em(character: str) -> float:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    width = 1.0 if east_asian_width(character) in "WF" else 0.6
    _WIDTHS[character] = width
    return width
