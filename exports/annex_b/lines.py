"""Lines of a cell: each a statement with its source raised, as many as a row can show."""

from collections.abc import Sequence

from exports.cell_text import closed
from exports.line_breaks import Lines, lines_of
from exports.row_height import height_of
from exports.sheet_content import Face, Look, Rich, Run
from exports.sheet_styles import LOOKS, pieces_of

Line = tuple[Run, ...]
BULLET = "• "
NO_BREAK = "\u00a0"
"""Keeps a source beside the last word of its statement."""
_SHORT_WORD = 12
"""Letters; a longer word fills a line of its own and would be torn from the middle."""
_LONGEST_WORD = 40
"""Letters; what is longer is cut anywhere."""
_SIZE = LOOKS[Look.OPEN].size
HIGHEST = 250.0
"""Points in Excel: three such rows fit on a page, so that little of one is left empty."""
_POINTER = 3
"""Lines that the words take which say where to read on."""
_LEAST_SHOWN = 3
MOST_LINES = next(
    count for count in range(99, 0, -1) if height_of(Lines(count), _SIZE).highest < HIGHEST
)


def statement(text: str, source: str) -> Line:
    """A statement with its source raised: ``Remittances [T3]``."""
    last_word = text.rsplit(" ", 1)[-1]
    gap = NO_BREAK if len(last_word) <= _SHORT_WORD else " "
    return Run(text), Run(f"{gap}[{source.replace(' ', NO_BREAK)}]", Face.RAISED)


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
        needed = lines_of(pieces_of(Rich((Run(BULLET), *line)), Look.OPEN), width).count
        others = len(lines) - place - 1
        if needed <= (room - _POINTER if others else room):
            kept.append(line)
            room -= needed
            continue
        shown = room - _POINTER - 1
        if shown >= _LEAST_SHOWN:
            text = Rich(line).text
            kept.append((Run(_beginning(text, len(text) * shown // needed)),))
        more = f"this and {others} more" if others else "the whole"
        more = more if shown >= _LEAST_SHOWN else f"{others + 1} more"
        kept.append((Run(f"{more}: {where}", Face.QUIET),))
        break
    return kept


def _beginning(text: str, letters: int) -> str:
    """The text up to a word that ends before so many letters; a word that is longer is cut."""
    cut = text[:letters]
    if not text[letters : letters + 1].isspace():
        whole = cut.rsplit(maxsplit=1)[0] if len(cut.split()) > 1 else cut
        cut = whole if len(cut) - len(whole) <= _LONGEST_WORD else cut
    return closed(f"{cut.rstrip()}…")
