"""Where a text breaks into lines in its column, as LibreOffice and Excel break it.

Lines break at spaces and behind hyphens; a word wider than the column is broken anywhere. Most
cells hold letters of one setting: those are set by whole words, whose widths are remembered, with
a search for the end of each line. A text of several settings is set letter by letter.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from exports.letter_widths import (
    PIXELS_PER_POINT,
    Setting,
    Widths,
    is_wide,
    points_across,
    widths_of,
)

_MARGIN = 3.5
"""Points at the sides of a column that its text keeps clear."""
_LOOSE = 1.03
"""Lines are counted as if letters were a little wider, so that few are one line too short."""
_HYPHENS = "\u2010\u2013\u2014-"
_PART = re.compile(rf"\n| +|[^ \n{_HYPHENS}]+[{_HYPHENS}]*|[{_HYPHENS}]+")
_UNBROKEN = re.compile(f"[{_HYPHENS}]*[^{_HYPHENS}]+[{_HYPHENS}]*|[{_HYPHENS}]+")
"""What of a word without spaces stands on one line."""
_MAYBE_WIDE = re.compile("[\u1100-\U0001efff]")
_LONGEST_KNOWN = 30
"""Letters of words whose widths are remembered."""
_MOST_KNOWN = 20_000

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


def lines_of(pieces: Iterable[Piece], width: float, most: int | None = None) -> Lines:
    """The lines that a text takes in a column of ``width`` points; not counted beyond ``most``."""
    room = max(1.0, (width - _MARGIN) * PIXELS_PER_POINT / _LOOSE)
    match pieces:
        case [(text, setting)] if not setting.raised:
            return Lines(_count(_paragraphs(text, setting), room, most), wide=_is_wide(text))
    setter = _Setter(room, most)
    for text, setting in pieces:
        setter.add(text, widths_of(setting), raised=setting.raised)
    return setter.lines()


def _is_wide(text: str) -> bool:
    if text.isascii() or _MAYBE_WIDE.search(text) is None:
        return False
    return any(map(is_wide, text))


class _Advances(dict[str, int]):
    """How far words lead along a line in pixels, each with the space behind it."""

    def __init__(self, widths: Widths) -> None:
        super().__init__()
        self._widths = widths
        self._gap = widths[" "]

    def __missing__(self, word: str) -> int:
        advance = self._widths.across(word) + self._gap
        if len(word) <= _LONGEST_KNOWN:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[word] = advance
        return advance


@cache
def _advances_of(setting: Setting) -> _Advances:
    return _Advances(widths_of(setting))


class _Paragraph(NamedTuple):
    """What stands between two line breaks, ready to be set in any column."""

    words: list[str]
    """None is broken by a space or behind a hyphen."""
    ends: list[int]
    """Where each ends on one endless line, in pixels, with a space behind it."""
    joined: frozenset[int]
    """Places of the words that have in truth no space behind them."""
    indent: int
    """Pixels of the spaces before the first."""
    widths: Widths


@lru_cache(maxsize=8)
def _paragraphs(text: str, setting: Setting) -> tuple[_Paragraph, ...]:
    """A text ready to be set; remembered, as a cell is set for LibreOffice and for Excel."""
    return tuple(_paragraph(line, setting) for line in text.split("\n"))


def _paragraph(line: str, setting: Setting) -> _Paragraph:
    advances, widths = _advances_of(setting), widths_of(setting)
    kept = line.strip(" ")
    indent = (len(line) - len(line.lstrip(" "))) * widths[" "] if kept else 0
    words = kept.split(" ") if kept else []
    if not any(hyphen in kept for hyphen in _HYPHENS):
        ends = list(accumulate(map(advances.__getitem__, words)))
        return _Paragraph(words, ends, frozenset(), indent, widths)
    unbroken: list[str] = []
    joined: list[int] = []
    for word in words:
        parts = _UNBROKEN.findall(word) or [word]
        joined += range(len(unbroken), len(unbroken) + len(parts) - 1)
        unbroken += parts
    spaces = dict.fromkeys(joined, widths[" "])
    end = 0
    ends = []
    for place, word in enumerate(unbroken):
        ends.append(end + advances[word])
        end = ends[-1] - spaces.get(place, 0)
    return _Paragraph(unbroken, ends, frozenset(joined), indent, widths)


def _count(paragraphs: Iterable[_Paragraph], room: float, most: int | None) -> int:
    count = 0
    for paragraph in paragraphs:
        if most is not None:
            if count > most:
                break
            if count + _fewest(paragraph, room) > most:
                return most + 1
        count += _count_of(paragraph, room)
    return count


def _fewest(paragraph: _Paragraph, room: float) -> float:
    """The lines it would take if every one were full to its last pixel."""
    if not paragraph.ends:
        return 1
    return (paragraph.ends[-1] - len(paragraph.ends) * paragraph.widths[" "]) / room


def _count_of(paragraph: _Paragraph, room: float) -> int:
    words, ends, joined, indent, widths = paragraph
    space = widths[" "]
    first, last = 0, len(ends)
    count = 0
    begin = -indent
    """Where on the endless line the line begins that is being filled."""
    while first < last:
        next_line = bisect_right(ends, begin + room + space, first)
        if next_line == first:
            # Nothing fits beside an indent or behind the rest of a broken word, or into any line.
            if widths.across(words[first]) > room:
                more, rest = _broken(words[first], widths, room)
                count += more
                begin = ends[first] - space - rest
                first += 1
                next_line = bisect_right(ends, begin + room + space, first)
            elif first == 0:
                next_line = 1
        count += 1
        first = next_line
        while first < last and not words[first]:
            first += 1
        begin = ends[first - 1] - (space if first - 1 in joined else 0)
    return max(count, 1)


def _broken(word: str, widths: Widths, room: float) -> tuple[int, int]:
    """The full lines that a word takes which is wider than any, and the pixels of its rest."""
    lines = used = 0
    for letter in word:
        width = widths[letter]
        if used and used + width > room:
            lines += 1
            used = 0
        used += width
    return lines, used


class _Setter:
    """Sets one word after the other, letter by letter, whatever their settings."""

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
        self._wide = self._wide or _is_wide(text)
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
