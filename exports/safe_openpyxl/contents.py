"""Contents turned into what a cell may hold, and what of a text doesn't fit into it."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from openpyxl.cell.rich_text import TextBlock

from exports.cell_text import (
    Direction,
    as_written,
    direction_of,
    literal_runs,
    parts,
    unshowable,
    visible,
)
from exports.safe_openpyxl.streamed import Held, Letters
from exports.sheet_content import Content, Face, Look, Rich, Run, Shown
from exports.sheet_styles import run_font
from questionnaires.datum import text_of

SHORT = 120
"""Letters of a text that is remembered: marks, names and titles come back on row after row."""
REMEMBERED = 8_192
_EXACT_INTEGERS = 10**15
_FIRST_YEAR = 1900


class Prepared(NamedTuple):
    """What one cell is to hold."""

    value: Held
    text: str = ""
    """The letters of a text, as shown."""
    rest: Sequence[str] = ()
    """Further parts of a text that is longer than a cell, as shown."""
    escaped: Sequence[str] = ()
    """Characters that no cell can show, as ``U+001B``; they are written visibly."""
    direction: Direction = Direction.OF_THE_PROGRAM


def prepare(content: Content, look: Look) -> Prepared:
    """Make a content ready for a cell of a look; a ``datetime`` is without zone here."""
    match content:
        case "":
            return Prepared(None)
        case Shown():
            return _plain(str(content), look)
        case str():
            return _short(content, look) if len(content) <= SHORT else _text(content, look)
        case Rich():
            return _rich(content, look)
        case datetime() | date():
            if content.year < _FIRST_YEAR:
                return Prepared(content.isoformat(), content.isoformat())
            return Prepared(content)
        case int() | float():
            number = as_written(content)
            if fits_exactly(number):
                return Prepared(number)
            return Prepared(text_of(number), text_of(number))


def fits_exactly(number: float) -> bool:
    """Whether Excel, which keeps fifteen digits, holds the number as it is."""
    if isinstance(number, int):
        return abs(number) < _EXACT_INTEGERS
    return isfinite(number) and float(f"{number:.15g}") == number


def _text(text: str, look: Look) -> Prepared:
    shown = visible(text)
    return _plain(shown, look, () if shown is text else unshowable(text))


_short = lru_cache(maxsize=REMEMBERED)(_text)


def _plain(shown: str, look: Look, escaped: Sequence[str] = ()) -> Prepared:
    first, *rest = parts(shown)
    runs = literal_runs(first)
    direction = direction_of(first)
    if len(runs) == 1:
        return Prepared(first, first, rest, escaped, direction)
    font = run_font(look, Face.PLAIN)
    letters = Letters([TextBlock(font, run) for run in runs])
    return Prepared(letters, first, rest, escaped, direction)


def _rich(rich: Rich, look: Look) -> Prepared:
    shown = [Run(visible(run.text), run.face) for run in rich.runs if run.text]
    escaped = [sign for run in rich.runs for sign in unshowable(run.text)]
    first, *rest = parts("".join(run.text for run in shown))
    blocks = []
    room = len(first)
    for run in shown:
        font = run_font(look, run.face)
        blocks += [TextBlock(font, letters) for letters in literal_runs(run.text[:room])]
        room -= len(run.text)
        if room <= 0:
            break
    if not blocks:
        return Prepared(None)
    return Prepared(Letters(blocks), first, rest, escaped, direction_of(first))
