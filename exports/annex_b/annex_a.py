"""The sheet Annex A: an overview of each respondent, banded like Annex B."""

from collections.abc import Mapping, Sequence

from exports.annex_b.cells import evidence_lines, name_cell, silence
from exports.annex_b.frame import Band, Frame, Note
from exports.annex_b.gathered import GatheredCell
from exports.annex_b.heads import head_rows, new_sheet, write_head, write_legends
from exports.annex_b.lines import NO_BREAK, Line, fitted, listed
from exports.annex_b.overviews import Overview
from exports.annex_b.sentences import band_words, is_shown
from exports.annex_b.vocabulary import REFERENCES, SILENT_SOURCES, mark_legend, source_legend
from exports.records import Invited
from exports.safe_openpyxl import Book
from exports.sheet_content import Column, Content, Face, Look, Rich, Run, Styled

COLUMNS = (
    ("Respondent", Column(150, Look.NAME)),
    ("Other names", Column(140)),
    ("Year", Column(50)),
    ("Participating States", Column(190)),
    ("Observers and partners", Column(140)),
    ("Secretariat and structure", Column(150)),
    ("Main areas of discussion", Column(180)),
    ("Current priorities", Column(150)),
)
_EVIDENCE: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("year", "", frozenset({"year"})),
    ("members", "B3", frozenset({"members", "composition"})),
    ("observers", "", frozenset({"observers"})),
    ("secretariat", "B9", frozenset({"secretariat", "structure"})),
    ("themes", "B5", frozenset({"topics", "themes"})),
    ("priorities", "", frozenset({"priorities"})),
)
"""For each part of an overview: the column of Annex B whose notes belong to it, where they don't
say what kind of statement they are, and the kinds that do."""


class AnnexASheet:
    """Opened for its place in the workbook, written once all responses are read."""

    def __init__(self, book: Book, frame: Frame) -> None:
        self._frame = frame
        above = head_rows(frame, legend=False)
        self._sheet = new_sheet(
            book,
            frame,
            "Annex A",
            [column for _, column in COLUMNS],
            head_rows=above + 1,
            repeated=(above + 1, above + 1),
            frozen_columns=1,
            by_hand=True,
        )

    def write(self, overviews: Mapping[str, Overview]) -> None:
        """Write the whole table; ``overviews`` holds what the stored responses say."""
        legends = (f"Signs: {mark_legend()}", f"Sources: {source_legend()}. {REFERENCES}")
        title = "Annex A: those invited, by thematic priority"
        write_head(self._sheet, self._frame, title, len(COLUMNS))
        self._sheet.append([head for head, _ in COLUMNS], look=Look.HEAD)
        for band in self._frame.bands:
            self._write_band(band)
            for one in band.members:
                self._write_row(one, overviews.get(one.key))
        write_legends(self._sheet, len(COLUMNS), legends)

    def _write_band(self, band: Band) -> None:
        if not is_shown(band):
            return
        merge = [(1, len(COLUMNS))]
        self._sheet.append([band_words(band)], look=Look.BAND, merge=merge, height=17)

    def _write_row(self, one: Invited, overview: Overview | None) -> None:
        cells: list[Content | Styled | None] = [name_cell(one, with_region=True)]
        cells.append(self._other_names(one, overview))
        for place, (part, column, concepts) in enumerate(_EVIDENCE, 2):
            notes = [
                note for note in self._frame.notes_of(one.key) if _belongs(note, column, concepts)
            ]
            cell = overview.get(part) if overview is not None else None
            lines = evidence_lines(self._frame, notes, cell)
            width = COLUMNS[place][1].width
            cells.append(self._shown(one, overview, cell, lines, width))
        self._sheet.append(cells)

    def _other_names(self, one: Invited, overview: Overview | None) -> Styled | Rich:
        """Those in the registry of respondents, which says nothing where there are none."""
        lines: list[Line] = []
        for name in one.other_names:
            language = f"{name.language.upper()}: " if name.language else ""
            locator = f"{NO_BREAK}[{name.locator}]" if name.locator else ""
            lines.append((Run(language, Face.QUIET), Run(name.text), Run(locator, Face.RAISED)))
        cell = overview.get("names") if overview is not None else None
        if cell is None and not lines:
            return Styled(SILENT_SOURCES, Look.MARK)
        lines += evidence_lines(self._frame, (), cell, alone=not lines)
        return self._shown(one, overview, cell, lines, COLUMNS[1][1].width)

    def _shown(
        self,
        one: Invited,
        overview: Overview | None,
        cell: GatheredCell | None,
        lines: Sequence[Line],
        width: float,
    ) -> Styled | Rich:
        if lines:
            return listed(fitted(lines, width, "see Answers and Sources"))
        sign = silence(self._frame, one, cell, has_response=overview is not None)
        return Styled(sign, Look.MARK)


def _belongs(note: Note, column: str, concepts: frozenset[str]) -> bool:
    statement = note.statement
    if statement.concept:
        return statement.concept in concepts
    return statement.dimension == column
