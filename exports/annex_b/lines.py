"""Lines of a cell: each a statement with its source raised, as many as a row can show."""

from collections.abc import Sequence

from exports.row_height import height_of, lines_of
from exports.sheet_content import Face, Look, Rich, Run
from exports.sheet_styles import LOOKS

Line = tuple[Run, ...]
BULLET = "• "
NO_BREAK = "\u00a0"
"""Keeps a source beside the last word of its statement."""
_SIZE = LOOKS[Look.OPEN].size
_PADDING = 5.0
HIGHEST = 365.0
"""Points: two such rows fit on a page; Excel allows 409."""
MOST_LINES = next(count for count in range(99, 0, -1) if height_of(count, _SIZE) < HIGHEST)


def statement(text: str, source: str) -> Line:
    """A statement with its source raised: ``Remittances [T3]``."""
    return Run(text), Run(f"{NO_BREAK}[{source.replace(' ', NO_BREAK)}]", Face.RAISED)


def listed(lines: Sequence[Line]) -> Rich:
    """Lines below one another; with a bullet each when there are several."""
    runs: list[Run] = []
    for place, line in enumerate(lines):
        lead = ("\n" if place else "") + (BULLET if len(lines) > 1 else "")
        if lead:
            runs.append(Run(lead))
        runs += line
    return Rich(tuple(runs))


def fitted(lines: Sequence[Line], width: float, where: str) -> Sequence[Line]:
    """The lines that a row has room for in a column of that width in points.

    What is left out is said, with where it can be read; nothing is dropped without a word.
    """
    room = MOST_LINES
    kept: list[Line] = []
    for place, line in enumerate(lines):
        needed = lines_of(BULLET + Rich(line).measure, width - _PADDING, _SIZE)
        is_last = place == len(lines) - 1
        if needed <= room - (0 if is_last else 2):
            kept.append(line)
            room -= needed
            continue
        if not kept:
            text = Rich(line).text
            kept.append((Run(f"{text[: len(text) * (room - 3) // needed].rstrip()}…"),))
            kept.append((Run(f"continued: {where}", Face.QUIET),))
        else:
            kept.append((Run(f"{len(lines) - place} more: {where}", Face.QUIET),))
        break
    return kept
