"""What the workbook is built around: columns, groups and notes, all known before any answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from exports.records import (
    Attribution,
    Basis,
    CodingRecord,
    Invited,
    RoundSnapshot,
    SourceRecord,
    StatementRecord,
)
from questionnaires.bands import bands
from questionnaires.models import Dimension

BAND = "band"
NAME = "B1"
RESPONSE = "B2"
NOTES = "B14"
_OWN = {BAND, NAME, RESPONSE, NOTES}
"""Columns that the workbook fills by itself, whatever the definition says of them."""
_GIVEN_BESIDES = frozenset({Basis.MATERIALS, Basis.COMMUNICATIONS})
"""What comes from the respondent itself beside its answers, and so on its own terms."""
_HEADINGS = {NAME: "Respondent", RESPONSE: "Response", NOTES: "Sources and notes"}
UNCLASSIFIED = "Not classified yet"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of Annex B."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """A group of respondents; ``name`` is ``None`` for those whom nobody has classified."""

    name: str | None
    label: str
    members: tuple[Invited, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """An analyst's statement with the number that stands beside it everywhere."""

    number: int
    statement: StatementRecord


def is_in_row(note: Note) -> bool:
    """Whether a statement stands in the respondent's row, and not in its group alone."""
    return note.statement.dimension != BAND


class Frame:
    """A snapshot seen as the workbook needs it."""

    def __init__(self, snapshot: RoundSnapshot) -> None:
        self.snapshot = snapshot
        self.round = snapshot.round
        self.definition = snapshot.definition
        self.zone = ZoneInfo(snapshot.round.time_zone)
        self.moment = snapshot.as_of.astimezone(self.zone)
        self.today = self.moment.date()
        self.invited: Mapping[str, Invited] = {one.key: one for one in snapshot.invited}
        self.codings: Mapping[str, CodingRecord] = {
            coding.respondent: coding for coding in snapshot.codings
        }

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The columns of Annex B in order: a function of the definition alone."""
        given = {dimension.name: dimension for dimension in self.definition.dimensions}
        between = [
            Heading(dimension.name, self._words(dimension))
            for dimension in self.definition.dimensions
            if dimension.name not in _OWN
        ]
        return (
            self._own_heading(NAME, given),
            self._own_heading(RESPONSE, given),
            *between,
            self._own_heading(NOTES, given),
        )

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The groups in the definition's order, then those not classified; some may be empty."""
        choices = bands(self.definition)
        known = {choice.name for choice in choices}
        named = [
            Band(choice.name, self.definition.words(choice.label), self._members(choice.name))
            for choice in choices
        ]
        others = tuple(one for one in self.snapshot.invited if self.band_of(one.key) not in known)
        return (*named, Band(None, UNCLASSIFIED, others))

    def band_of(self, respondent: str) -> str | None:
        """Name of the group an analyst put a respondent in."""
        coding = self.codings.get(respondent)
        return coding.category if coding is not None else None

    def band_index(self, respondent: str) -> int:
        """Place of a respondent's group among ``bands``."""
        name = self.band_of(respondent)
        names = [band.name for band in self.bands]
        return names.index(name) if name in names else len(names) - 1

    def in_order(self) -> Iterator[Invited]:
        """All invited, band by band, in the order of the list within each."""
        for band in self.bands:
            yield from band.members

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The analysts' statements numbered as they are met when Annex B is read.

        Those of nobody who was invited, or of no column, come last: nothing is left out.
        """
        rows = {one.key: place for place, one in enumerate(self.in_order())}
        columns = {heading.name: place for place, heading in enumerate(self.headings)}
        columns[BAND] = columns[NOTES]

        def place(statement: StatementRecord) -> tuple[int, int, bool]:
            row = rows.get(statement.respondent, len(rows))
            column = columns.get(statement.dimension, len(columns))
            return row, column, statement.dimension != BAND

        ordered = sorted(self.snapshot.statements, key=place)
        return tuple(Note(number, statement) for number, statement in enumerate(ordered, 1))

    @cached_property
    def notes_by_cell(self) -> Mapping[tuple[str, str], tuple[Note, ...]]:
        """The notes of each cell; those of no column of their own belong to the last one."""
        columns = {BAND, *(heading.name for heading in self.headings)}
        cells: dict[tuple[str, str], list[Note]] = {}
        for note in self.notes:
            dimension = note.statement.dimension
            column = dimension if dimension in columns else NOTES
            cells.setdefault((note.statement.respondent, column), []).append(note)
        return {cell: tuple(notes) for cell, notes in cells.items()}

    def notes_of(self, respondent: str) -> tuple[Note, ...]:
        """All notes of one respondent, in order."""
        return self._notes_by_respondent.get(respondent, ())

    @cached_property
    def _notes_by_respondent(self) -> Mapping[str, tuple[Note, ...]]:
        found: dict[str, list[Note]] = {}
        for note in self.notes:
            found.setdefault(note.statement.respondent, []).append(note)
        return {respondent: tuple(notes) for respondent, notes in found.items()}

    def is_named(self, respondent: str) -> bool:
        """Whether answers may stand beside the respondent's name."""
        one = self.invited.get(respondent)
        return one is None or one.attribution is Attribution.PUBLISH

    def hides(self, statement: StatementRecord) -> bool:
        """Whether a statement repeats what its respondent gave and may not be attributed."""
        if statement.basis is Basis.QUESTIONNAIRE:
            return not self.is_named(statement.respondent)
        if statement.basis in _GIVEN_BESIDES:
            return not self._names_materials(statement.respondent)
        return statement.source is not None and statement.source in self._withheld_sources

    def withholds(self, source: SourceRecord) -> bool:
        """Whether a source is what a respondent sent that is not to be named with it."""
        return source.basis in _GIVEN_BESIDES and not self._names_materials(source.respondent)

    @cached_property
    def _withheld_sources(self) -> frozenset[int]:
        return frozenset(one.number for one in self.snapshot.sources if self.withholds(one))

    def _names_materials(self, respondent: str | None) -> bool:
        one = self.invited.get(respondent or "")
        if one is None:
            return True
        return (one.materials_attribution or one.attribution) is Attribution.PUBLISH

    def has_evidence(self, respondent: str) -> bool:
        """Whether an analyst's statement stands in the respondent's row, besides its group."""
        return any(is_in_row(note) for note in self.notes_of(respondent))

    def _members(self, name: str) -> tuple[Invited, ...]:
        return tuple(one for one in self.snapshot.invited if self.band_of(one.key) == name)

    def _own_heading(self, name: str, given: Mapping[str, Dimension]) -> Heading:
        dimension = given.get(name)
        return Heading(name, self._words(dimension) if dimension else _HEADINGS[name])

    def _words(self, dimension: Dimension) -> str:
        return self.definition.words(dimension.label) or dimension.name
