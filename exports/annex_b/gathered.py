"""What a response adds to its row of Annex B: condensed statements, gaps, and where to read on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from exports.annex_b.reading import FieldReading, ResponseReading
from exports.sheet_content import Place
from questionnaires.condense import statements
from questionnaires.marks import MEANINGS, Mark

MOST_LETTERS = 1_500
"""Of condensed answers kept for a cell, which never shows more."""
_SPOKEN = (Mark.DK, Mark.DECLINED, Mark.NA, Mark.WITHHELD)
"""Marks that a respondent has chosen, and that are said question by question."""
_GAPS = (Mark.BLANK, Mark.NOT_REACHED, Mark.ROUTED, Mark.NOT_IN_VERSION)
"""Why nothing is said, the most telling first."""
_VALUES = frozenset({Mark.ANSWERED, Mark.NIL})


@dataclass(frozen=True, slots=True)
class Said:
    """One condensed answer in a cell."""

    text: str
    question: str
    code: str
    """Number of the question: ``C3``."""


@dataclass(slots=True)
class GatheredCell:
    """One respondent's answers under one column."""

    said: list[Said] = field(default_factory=list)
    more: int = 0
    """Statements left out because the cell is full."""
    letters: int = 0
    gap: Mark = Mark.NOT_IN_VERSION
    """Why nothing is said, when nothing is."""
    withheld: bool = False
    """True when there are answers that may not stand here."""
    place: Place | None = None
    """Where the answers begin on the sheet Answers."""

    def note_mark(self, one: FieldReading, *, is_named: bool, place: Place | None = None) -> None:
        """Take down the mark of a question that belongs here: the most telling gap stands.

        What is withheld or answered is no gap; what may not be attributed is withheld.
        """
        if one.mark in _GAPS and _GAPS.index(one.mark) < _GAPS.index(self.gap):
            self.gap = one.mark
        if one.mark in _VALUES or one.mark in _SPOKEN:
            self.withheld |= not is_named
            self.place = self.place or place

    def add(self, said: Said) -> None:
        """Add a statement while there is room."""
        if self.more or self.letters + len(said.text) > MOST_LETTERS:
            self.more += 1
            return
        self.said.append(said)
        self.letters += len(said.text)


@dataclass(frozen=True, slots=True)
class GatheredRow:
    """One respondent's answers, condensed."""

    cells: Mapping[str, GatheredCell]
    place: Place | None
    submitted: bool
    answers: int
    is_named: bool
    suggestion: str | None
    """Group that the answers suggest."""


def gather(reading: ResponseReading, places: Mapping[str, Place]) -> GatheredRow:
    """Condense a response; ``places`` says where each field stands on the sheet Answers."""
    cells: dict[str, GatheredCell] = {}
    marks = {one.field.question.name: one for one in reading.fields}
    for one in reading.fields:
        for dimension in one.field.dimensions:
            cell = cells.setdefault(dimension, GatheredCell())
            place = places.get(one.field.question.name)
            cell.note_mark(one, is_named=reading.is_named, place=place)
    if reading.is_named:
        _say_values(reading, cells, marks)
        _say_codes(reading, cells)
    for cell in cells.values():
        if cell.said and cell.place is None:
            cell.place = next(iter(places.values()), None)
    band = reading.definition.settings.band
    suggestion = reading.route.calculated.get(band) if band is not None else None
    return GatheredRow(
        cells=cells,
        place=next(iter(places.values()), None),
        submitted=reading.record.submitted,
        answers=len(reading.record.answers),
        is_named=reading.is_named,
        suggestion=suggestion if isinstance(suggestion, str) and reading.is_named else None,
    )


def _say_values(
    reading: ResponseReading, cells: dict[str, GatheredCell], marks: Mapping[str, FieldReading]
) -> None:
    said = statements(reading.definition, reading.answers, reading.route)
    for dimension, found in said.items():
        cell = cells.setdefault(dimension, GatheredCell())
        for statement in found:
            one = marks.get(statement.question)
            sign = nil_sign(reading, one) if one is not None else ""
            code = one.field.code if one is not None else ""
            cell.add(Said(sign + statement.text, statement.question, code))


def nil_sign(reading: ResponseReading, one: FieldReading) -> str:
    """What stands before an answer that says «none»: but for a matrix, told row after row."""
    groups = reading.definition.ancestors.get(one.field.question.name, ())
    if one.mark is not Mark.NIL or any(group.is_matrix for group in groups):
        return ""
    return f"{MEANINGS[Mark.NIL].shown} "


def spoken(one: FieldReading) -> Said | None:
    """A mark that is said question by question: ``Year of founding: dk``."""
    if one.mark not in _SPOKEN:
        return None
    text = f"{one.field.title.rstrip(' :?.')}: {MEANINGS[one.mark].shown}"
    return Said(text, one.field.question.name, one.field.code)


def _say_codes(reading: ResponseReading, cells: Mapping[str, GatheredCell]) -> None:
    for one in reading.fields:
        if said := spoken(one):
            for dimension in one.field.dimensions:
                cells[dimension].add(said)
