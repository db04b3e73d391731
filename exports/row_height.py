"""How high a row must be for its wrapped text, in LibreOffice and in Excel."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from exports.letter_widths import (
    PIXELS_PER_POINT,
    Setting,
    Widths,
    is_wide,
    pixels,
    points_across,
    widths_of,
)

MAX_HEIGHT = 409.0
"""The highest row that Excel allows, in points."""
_MARGIN = 3.5
"""Points at the sides of a column that its text keeps clear."""
_LOOSE = 1.03
"""Lines are counted as if letters were a little wider, so that few are one line too short."""
_CLOSE = 1.17
"""Distance of lines in their size; LibreOffice takes 1.12."""
_ARIAL = 1.149
"""Distance of lines of Arial in their size, by its design."""
_LEADING = 4
"""Pixels that Excel adds to the size of a line when it fits a row: 8 points take 11.25."""
_RAISED = 0.29
"""What raised letters add to a line in its size; LibreOffice takes 0.28."""
_RAISED_PIXELS = 2
_WIDE = 1.25
"""How much higher lines are in the face that shows Chinese, Japanese or Korean."""
_PADDING = 1.8
_MOST_LINES = int(MAX_HEIGHT / 5)
"""No row shows more."""
_WIDER_IN_EXCEL = 1.04
"""Its columns are a twentieth wider, and it keeps less of them clear."""
_PART = re.compile(r"\n| +|[^ \n\u2010\u2013\u2014-]+[\u2010\u2013\u2014-]*|[\u2010\u2013\u2014-]+")
_HYPHENS = frozenset("-\u2010\u2013\u2014")

Piece = tuple[str, Setting]
"""Letters of a text in one setting."""


@dataclass(frozen=True, slots=True)
class Lines:
    """How a text is broken in its column."""

    count: int
    raised: int = 0
    """How many of the lines have raised letters, which makes them higher."""
    wide: bool = False
    """Whether there are letters of Chinese, Japanese or Korean, which makes all of them higher."""


def width_for(words: Iterable[str], setting: Setting, *, least: float, most: float) -> float:
    """The width in points of a column in which none of the words is broken, within limits."""
    widest = max((points_across(word, setting) for word in words), default=0.0)
    return min(most, max(least, widest * _LOOSE + _MARGIN + 1))


class RowHeight(NamedTuple):
    """Of a row or of one of its cells, in points."""

    close: float
    """What LibreOffice needs to show every line, with a few per cent to spare."""
    highest: float
    """What Excel makes of it on a plain screen, where it fits the row to its letters itself."""
    fixed: float
    """What shows every line in both, for a row that neither of them fits by itself."""
    is_whole: bool = True
    """Whether all lines are shown: a row ends at ``MAX_HEIGHT``."""


_LEAST = RowHeight(close=12.85, highest=12.85, fixed=12.85)
"""A row of one line; LibreOffice makes none lower by itself."""


def lines_of(pieces: Iterable[Piece], width: float, most: int | None = None) -> Lines:
    """The lines that a text takes in a column of ``width`` points; not counted beyond ``most``.

    Lines break at spaces and behind hyphens; a word wider than the column is broken anywhere.
    """
    room = (width - _MARGIN) * PIXELS_PER_POINT / _LOOSE
    setter = _Setter(room, most)
    for text, setting in pieces:
        setter.add(text, widths_of(setting), raised=setting.raised)
    return setter.lines()


def measured(pieces: Sequence[Piece], width: float, size: float) -> RowHeight:
    """The height of a cell that holds this text, in a column of ``width`` points."""
    lines = lines_of(pieces, width, _MOST_LINES)
    if lines.count == 1:
        return height_of(lines, size)
    close, _, _, whole = height_of(lines, size)
    if close == MAX_HEIGHT and not whole:
        # No row is higher, in whatever program: how many more lines there are changes nothing.
        return RowHeight(close, close, close, is_whole=False)
    wider = lines_of(pieces, width * _WIDER_IN_EXCEL, _MOST_LINES)
    _, highest, fixed, whole_in_excel = height_of(wider, size)
    return RowHeight(close, max(close, highest), max(close, fixed), whole and whole_in_excel)


@lru_cache(maxsize=4096)
def height_of(lines: Lines, size: float) -> RowHeight:
    """The height of a cell of so many lines at ``size`` points, at most what Excel allows."""
    letters = pixels(size)
    spread = _WIDE if lines.wide else 1.0
    close = lines.count * size * _CLOSE * spread + lines.raised * size * _RAISED + _PADDING
    # Excel's lines, in whole pixels: what its letters are high, and what it gives them itself.
    tight = round(letters * _ARIAL) + 1
    loose = letters + _LEADING
    more = lines.raised * _RAISED_PIXELS
    fixed = (lines.count * tight * spread + more) / PIXELS_PER_POINT + _PADDING
    highest = (lines.count * loose * spread + more) / PIXELS_PER_POINT
    return RowHeight(
        close=min(MAX_HEIGHT, round(close, 2)),
        highest=min(MAX_HEIGHT, round(highest, 2)),
        fixed=min(MAX_HEIGHT, round(fixed, 2)),
        is_whole=max(close, highest, fixed) <= MAX_HEIGHT,
    )


def highest_of(heights: Iterable[RowHeight]) -> RowHeight:
    """The height of a row with cells of these heights."""
    close, highest, fixed, whole = _LEAST
    for height in heights:
        close = max(close, height.close)
        highest = max(highest, height.highest)
        fixed = max(fixed, height.fixed)
        whole = whole and height.is_whole
    return RowHeight(close, highest, fixed, whole)


class _Setter:
    """Sets one word after the other."""

    def __init__(self, room: float, most: int | None) -> None:
        self.count = 0
        """Lines that are finished."""
        self._room = room
        self._most = most
        self._raised = 0
        self._wide = False
        self._used = 0.0
        self._is_raised = False
        self._gap = 0
        self._word: list[int] = []
        self._word_is_raised = False

    def add(self, text: str, widths: Widths, *, raised: bool) -> None:
        if not text.isascii():
            self._wide = self._wide or any(map(is_wide, text))
        for found in _PART.finditer(text):
            part = found[0]
            if self._most is not None and self.count > self._most:
                break
            if part == "\n":
                self._set_word()
                self._end_line()
                self._gap = 0
            elif part[0] == " ":
                self._set_word()
                self._gap += widths[" "] * len(part)
            else:
                self._word.extend(map(widths.__getitem__, part))
                self._word_is_raised = self._word_is_raised or raised
                if part[-1] in _HYPHENS and part[0] not in _HYPHENS:
                    self._set_word()

    def lines(self) -> Lines:
        self._set_word()
        self._end_line()
        return Lines(self.count, self._raised, self._wide)

    def _set_word(self) -> None:
        if not self._word:
            return
        width = sum(self._word)
        if self._used and self._used + self._gap + width > self._room:
            self._end_line()
            self._gap = 0
        self._is_raised = self._is_raised or self._word_is_raised
        if width > self._room:
            self._break_word()
        else:
            self._used += self._gap + width
        self._gap = 0
        self._word = []
        self._word_is_raised = False

    def _break_word(self) -> None:
        for width in self._word:
            if self._used and self._used + width > self._room:
                self._end_line()
                self._is_raised = self._word_is_raised
            self._used += width

    def _end_line(self) -> None:
        self.count += 1
        self._raised += self._is_raised
        self._used = 0.0
        self._is_raised = False
