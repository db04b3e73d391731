"""The sheet Annex B: banded by thematic priority, a row for each respondent that was invited."""

from collections.abc import Iterator, Mapping

from exports.annex_b.cells import ReadOn, name_cell, response_cell, silence, statement_lines
from exports.annex_b.frame import NAME, RESPONSE, Band, Frame
from exports.annex_b.gathered import GatheredRow
from exports.annex_b.heads import head_rows, new_sheet, write_head, write_legends
from exports.annex_b.lines import fitted, listed
from exports.annex_b.sentences import band_words, is_shown
from exports.annex_b.vocabulary import REFERENCES, mark_legend, outcome_legend, source_legend
from exports.records import Invited
from exports.safe_openpyxl import Book
from exports.sheet_content import Column, Content, Look, Place, Styled

PAPER_WIDTH = 1215.0
"""Points across; printed on A3 landscape this keeps 8 points above 7."""
NAME_WIDTH = 92.0
RESPONSE_WIDTH = 92.0
LINK_WIDTH = 10.0
"""Of the narrow column at the right of each cell, which holds its link.

A link in the cell itself would lose its wrapping and its superscripts in LibreOffice.
"""
NARROWEST = 74.0
LINK_SIGN = "›"
_LINKS = f"{LINK_SIGN} opens the answers, or else the note."


class AnnexBSheet:
    """Opened first, for its place in the workbook; written once all responses are read."""

    def __init__(self, book: Book, frame: Frame) -> None:
        self._frame = frame
        above = head_rows(frame, legend=False)
        columns = _columns(frame)
        self._text_width = columns[2].width
        self._rows = dict(_row_numbers(frame, above + 2))
        self.sheet = new_sheet(
            book,
            frame,
            "Annex B",
            columns,
            head_rows=above + 2,
            repeated=(above + 1, above + 2),
            frozen_columns=2,
            by_hand=True,
        )
        self._width = 2 + 2 * (len(frame.headings) - 2)

    def write(
        self,
        rows: Mapping[str, GatheredRow],
        note_places: Mapping[int, Place],
    ) -> None:
        """Write the whole table; ``rows`` holds what the stored responses say."""
        title = f"Annex B: {self._frame.round.title}, by thematic priority"
        legends = (
            f"Response: {outcome_legend()}",
            f"Signs: {mark_legend()}",
            f"Sources: {source_legend()}. {REFERENCES} {_LINKS}",
        )
        write_head(self.sheet, self._frame, title, self._width)
        self._write_heads()
        for band in self._frame.bands:
            self._write_band(band)
            for one in band.members:
                self._write_row(one, rows.get(one.key), note_places)
        write_legends(self.sheet, self._width, legends)

    def place(self, respondent: str) -> Place | None:
        """Where a respondent's row stands, also before it is written."""
        row = self._rows.get(respondent)
        return self.sheet.place(row) if row is not None else None

    def _write_heads(self) -> None:
        first, second, *others = self._frame.headings
        joined = [(column, column + 1) for column in range(3, self._width, 2)]
        codes: list[Content] = [first.name, second.name]
        labels: list[Content] = [first.label, second.label]
        for heading in others:
            codes += [heading.name, ""]
            labels += [heading.label, ""]
        self.sheet.append(codes, look=Look.CODE_HEAD, merge=joined)
        self.sheet.append(labels, look=Look.HEAD, merge=joined)

    def _write_band(self, band: Band) -> None:
        if not is_shown(band):
            return
        self.sheet.append([band_words(band)], look=Look.BAND, merge=[(1, self._width)], height=17)

    def _write_row(
        self,
        one: Invited,
        row: GatheredRow | None,
        note_places: Mapping[int, Place],
    ) -> None:
        cells: list[Content | Styled | None] = [
            name_cell(one),
            response_cell(self._frame, one, row),
        ]
        for heading in self._frame.headings:
            if heading.name in {NAME, RESPONSE}:
                continue
            lines, read_on = statement_lines(self._frame, one, heading.name, row)
            if lines:
                where = "see Sources" if row is None else "see Answers and Sources"
                cells.append(listed(fitted(lines, self._text_width, where)))
            else:
                cell = row.cells.get(heading.name) if row is not None else None
                sign = silence(self._frame, one, cell, has_response=row is not None)
                cells.append(Styled(sign, Look.OPEN_MARK))
            cells.append(_link(read_on, note_places))
        self.sheet.append(cells)


def _row_numbers(frame: Frame, above: int) -> Iterator[tuple[str, int]]:
    row = above
    for band in frame.bands:
        row += is_shown(band)
        for one in band.members:
            row += 1
            yield one.key, row


def _link(read_on: ReadOn, note_places: Mapping[int, Place]) -> Styled | None:
    """The narrow cell with the link to where a cell's words come from."""
    place = read_on.answers or note_places.get(read_on.note or 0)
    if place is None:
        return Styled("", Look.ARROW)
    return Styled(LINK_SIGN, Look.ARROW, place)


def _columns(frame: Frame) -> tuple[Column, ...]:
    others = len(frame.headings) - 2
    rest = PAPER_WIDTH - NAME_WIDTH - RESPONSE_WIDTH
    width = max(NARROWEST, rest / others - LINK_WIDTH)
    pair = (Column(width, Look.OPEN), Column(LINK_WIDTH, Look.ARROW))
    return (Column(NAME_WIDTH, Look.NAME), Column(RESPONSE_WIDTH), *pair * others)
