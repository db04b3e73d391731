"""Cells whose height LibreOffice has measured, to hold our own figures against.

The table was made with LibreOffice 7.4 and Liberation Sans, whose letters are as wide as those of
Arial; ``tests/integration/exports/test_row_heights.py`` measures the same cells anew.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exports.line_breaks import lines_of
from exports.row_height import height_of
from exports.sheet_content import Face, Look, Rich, Run
from exports.sheet_styles import LOOKS, pieces_of

TABLE = Path(__file__).with_name("libreoffice_heights.jsonl")
LEAST = 12.85
"""Of a row in either program."""
HAIR = 1.2
"""Points that a row may lack: the foot of a line, never a line."""
SPARE = 1.08
"""How much higher rows may be on average."""


@dataclass(frozen=True)
class MeasuredCell:
    """A text in a column, and the height that LibreOffice gives it in points."""

    look: Look
    width: float
    text: Rich
    height: float

    @property
    def ours(self) -> float:
        """The height that we give it."""
        lines = lines_of(pieces_of(self.text, self.look), self.width)
        return max(LEAST, height_of(lines, LOOKS[self.look].size).close)


def measured_cells() -> Sequence[MeasuredCell]:
    """The table."""
    cells = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        runs = tuple(Run(text, Face(face)) for text, face in told["runs"])
        cells.append(MeasuredCell(Look(told["look"]), told["width"], Rich(runs), told["height"]))
    return cells
