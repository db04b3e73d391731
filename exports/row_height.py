"""How high a row must be for its wrapped text, in LibreOffice and in Excel."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from exports.letter_widths import PIXELS_PER_POINT, pixels
from exports.line_breaks import Lines, Piece, lines_of

MAX_HEIGHT = 409.0
"""The highest row that Excel allows, in points."""
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


LEAST = RowHeight(close=12.85, highest=12.85, fixed=12.85)
"""A row of one line; LibreOffice makes none lower by itself."""


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
    close, highest, fixed, whole = zip(LEAST, *heights, strict=True)
    return RowHeight(max(close), max(highest), max(fixed), all(whole))
