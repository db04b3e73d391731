"""A sheet that takes contents row by row, and checks every cell on its way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.pagebreak import Break

from exports.cell_text import Direction
from exports.page_flow import PageFlow
from exports.row_height import highest_of
from exports.safe_openpyxl.charts import bar_chart
from exports.safe_openpyxl.contents import prepare
from exports.safe_openpyxl.drawn import DrawnCell, drawn_cells, height_of_cell
from exports.safe_openpyxl.page import room_of
from exports.safe_openpyxl.streamed import StreamedCell, StreamedSheet, StreamedWorkbook
from exports.sheet_content import BarChart, Column, Escapes, Look, Page, Place, Row, WebAddress
from exports.sheet_styles import ruled_rows

MAX_ROWS = 1_048_576
MAX_LINKS = 65_000
"""Excel drops the links of a sheet that has more than 65,530."""
_MAX_BREAKS = 1_000
"""Excel allows 1,026; of further pages it finds the ends itself."""
_HEADINGS = frozenset({Look.BAND, Look.HEADING, Look.CODE_HEAD, Look.HEAD})


@dataclass(frozen=True, slots=True)
class Whole:
    """Where a text stands whole that its own row cannot show."""

    number: int
    """Of the texts on that sheet."""
    place: Place


KeepWhole = Callable[[str, Place], Whole]
"""Told a text as shown that its row cannot show whole, and its cell; answers where it stands."""


class Surroundings(Protocol):
    """What a sheet needs of its book."""

    workbook: StreamedWorkbook
    escapes: Escapes
    keep_whole: KeepWhole | None

    def local(self, moment: datetime) -> datetime:
        """A time in the zone of the book, without the zone."""


@dataclass(frozen=True, slots=True)
class _TableHead:
    """The head of a table that comes again on every page that the table goes on."""

    row: Row
    look: Look | None
    merge: Sequence[tuple[int, int]]


class Sheet:
    """One sheet, written from the top; a row once written cannot be changed."""

    def __init__(
        self, book: Surroundings, sheet: StreamedSheet, columns: Sequence[Column], page: Page
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._columns = tuple(columns)
        self._letters = [get_column_letter(place) for place in range(1, len(columns) + 1)]
        self._tells_at = next(
            (place for place, column in enumerate(self._columns, 1) if column.tells_whole), None
        )
        self._shows_wholes = page.shows_wholes
        self._links = 0
        self._flow = PageFlow(room_of(columns), page.repeated_rows) if page.by_hand else None
        self._breaks = 0
        self._table_head: _TableHead | None = None
        self.rows = 0
        """How many rows are written."""

    @property
    def name(self) -> str:
        """The name on the tab."""
        return self._sheet.title

    @property
    def width(self) -> float:
        """Of all its columns, in points."""
        return sum(column.width for column in self._columns)

    @property
    def is_full(self) -> bool:
        """Whether Excel allows no further row."""
        return self.rows >= MAX_ROWS

    def place(self, row: int, column: int = 1) -> Place:
        """A cell of this sheet, to link to."""
        return Place(self.name, row, column)

    def append(
        self,
        row: Row,
        *,
        look: Look | None = None,
        merge: Sequence[tuple[int, int]] = (),
        height: float | None = None,
        fixed: bool = False,
        filtered: bool = False,
        with_next: bool = False,
    ) -> int:
        """Write a row and answer its number.

        ``look`` replaces that of the columns; ``merge`` joins cells from a first to a last
        column; the height in points is worked out from the wrapped text, and is at least the one
        given. Excel and LibreOffice may then fit the row to their own letters, but for one that is
        ``fixed`` or has joined cells, which they leave out of account. In a ``filtered`` one the
        buttons of a filter take some of the room. One ``with_next`` is printed on the same page
        as the row below it, where pages are ended by hand; so is one with the look of a heading.
        A text that does not fit into its cell, or that is higher than a row can be, is kept whole
        on another sheet, and the row says so: in the column that tells of it, or else above the
        text. LibreOffice shows a linked cell in one line, so that long texts themselves bear none.
        """
        cells = list(drawn_cells(row, self._columns, look, merge, self._book.local))
        heights = [height_of_cell(cell, self._columns, filtered=filtered) for cell in cells]
        needed = highest_of(heights)
        is_fixed = fixed or height is not None or bool(merge)
        written = needed.fixed if is_fixed else needed.close
        if height is not None:
            written = max(height, written) if any(cell.held.text for cell in cells) else height
        if self._flow is not None:
            highest = written if is_fixed else needed.highest
            self._turn_page(self._flow, highest, with_next=with_next or look in _HEADINGS)
        self.rows += 1
        if not needed.is_whole and not self._shows_wholes:
            hiding = [cell for cell, one in zip(cells, heights, strict=True) if not one.is_whole]
            cells = self._with_wholes(cells, hiding)
        self._sheet.write(self.rows, self._streamed(cells), written, fixed=is_fixed)
        for first, last in merge:
            self._sheet.merged_cells.add(
                f"{get_column_letter(first)}{self.rows}:{get_column_letter(last)}{self.rows}"
            )
        return self.rows

    def begin_table(self, head: Row, look: Look, merge: Sequence[tuple[int, int]] = ()) -> int:
        """Write the head of a table; it comes again on each page that is ended within the table."""
        self._table_head = None
        row = self.append(head, look=look, merge=merge)
        self._table_head = _TableHead(head, look, merge)
        return row

    def end_table(self) -> None:
        """Let the head of the last table come no more."""
        self._table_head = None

    def make_room(self, height: float) -> None:
        """Begin a new page unless the last one has so many points left."""
        if self._flow is not None:
            self._end_page(self._flow.end_before(self.rows + 1, height))

    def add_chart(self, chart: BarChart) -> None:
        """Put a chart beside the rows that it shows."""
        self._sheet.show(bar_chart(chart, self.name))

    def rule_rows(self, first: int) -> None:
        """Draw a thin line under each row from a first one on, across cells that are not there."""
        last = get_column_letter(len(self._columns))
        rows = f"A{first}:{last}{max(self.rows, first)}"
        self._sheet.conditional_formatting.add(rows, ruled_rows())

    def filter_rows(self, head: int) -> None:
        """Let people filter the table whose heading is this row; called after its last row."""
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A{head}:{last}{max(self.rows, head)}"

    def close(self) -> None:
        """Set what is printed; called by the book when it is saved."""
        if self._flow is not None:
            self._end_page(self._flow.finish())
        last = get_column_letter(len(self._columns))
        self._sheet.print_area = f"A1:{last}{max(self.rows, 1)}"

    def _turn_page(self, flow: PageFlow, height: float, *, with_next: bool) -> None:
        """End the page if the next row does not fit, and go on with the head of its table."""
        head = self._table_head
        if head is not None and not flow.waits:
            ends = flow.end_before(self.rows + 1, height)
            self._end_page(ends)
            if ends is not None:
                self._table_head = None
                self.append(head.row, look=head.look, merge=head.merge, with_next=True)
                self._table_head = head
        self._end_page(flow.add(self.rows + 1, height, with_next=with_next))

    def _end_page(self, row: int | None) -> None:
        if row is not None and self._breaks < _MAX_BREAKS:
            self._breaks += 1
            self._sheet.row_breaks.append(Break(id=row))

    def _with_wholes(self, cells: list[DrawnCell], hiding: Sequence[DrawnCell]) -> list[DrawnCell]:
        """The cells with word of where those texts can be read whole that the row cannot show."""
        keep = self._book.keep_whole
        if keep is None:
            self._refuse_longer_than_a_cell(hiding)
            return cells
        told = {
            cell.column: keep(cell.whole_text, self.place(self.rows, cell.column))
            for cell in hiding
        }
        beside = self._tells_at
        if beside is not None and all(_is_free(cell, beside) for cell in cells):
            drawn = {cell.column: cell for cell in cells}
            drawn[beside] = _link_to(list(told.values()), beside)
            return [drawn[column] for column in sorted(drawn)]
        return [
            cell.after(f"Longer than its row. All of it: {_numbers([told[cell.column]])}")
            if cell.column in told
            else cell
            for cell in cells
        ]

    def _refuse_longer_than_a_cell(self, cells: Sequence[DrawnCell]) -> None:
        if any(cell.held.rest for cell in cells):
            raise RuntimeError(f"No sheet for what does not fit into {self.name} row {self.rows}")

    def _streamed(self, cells: Sequence[DrawnCell]) -> list[StreamedCell]:
        streamed = []
        for cell in cells:
            if cell.held.escaped:
                self._book.escapes.add(self.place(self.rows, cell.column), cell.held.escaped)
            if cell.link is not None:
                self._link(f"{self._letters[cell.column - 1]}{self.rows}", cell.link)
            style = self._style(cell.look, cell.held.direction)
            streamed.append(StreamedCell(self._letters[cell.column - 1], style, cell.held.value))
            for column in range(cell.column + 1, cell.last + 1):
                blank = self._style(cell.look, Direction.OF_THE_PROGRAM)
                streamed.append(StreamedCell(self._letters[column - 1], blank, None))
        return streamed

    def _style(self, look: Look, direction: Direction) -> str:
        return self._book.workbook.style(self._sheet, look, direction)

    def _link(self, reference: str, link: Place | WebAddress) -> None:
        if self._links >= MAX_LINKS:
            return
        match link:
            case Place():
                there = f"{get_column_letter(link.column)}{link.row}"
                location = f"{quote_sheetname(link.sheet)}!{there}"
                self._sheet.link(reference, location=location)
            case WebAddress():
                if not link.is_safe:
                    return
                self._sheet.link(reference, url=link.url)
        self._links += 1


def _is_free(cell: DrawnCell, column: int) -> bool:
    """Whether a cell leaves a column to others."""
    covers = cell.column <= column <= cell.last
    return not covers or (cell.column == cell.last and cell.held.value is None)


def _link_to(wholes: Sequence[Whole], column: int) -> DrawnCell:
    words = _numbers(wholes)
    held = prepare(words, Look.GRID_LINK)
    return DrawnCell(column, column, held, Look.GRID_LINK, words, wholes[0].place)


def _numbers(wholes: Sequence[Whole]) -> str:
    """Where to read on, by numbers that stand on paper too: ``Overflow 3–5``."""
    first, last = wholes[0], wholes[-1]
    further = f"–{last.number}" if last is not first else ""
    return f"{first.place.sheet} {first.number}{further}"
