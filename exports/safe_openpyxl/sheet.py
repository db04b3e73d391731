"""A sheet that is written row by row and checks every cell on its way."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.pagebreak import Break

from exports.cell_text import Direction, direction_of, visible
from exports.page_flow import PageFlow
from exports.row_height import Lines, RowHeight, height_of, highest_of, measured
from exports.safe_openpyxl.charts import bar_chart
from exports.safe_openpyxl.contents import prepare
from exports.safe_openpyxl.page import room_of
from exports.safe_openpyxl.streamed import StreamedCell, StreamedSheet, StreamedWorkbook
from exports.sheet_content import (
    BarChart,
    Column,
    Content,
    Escapes,
    Look,
    Page,
    Place,
    Rich,
    Row,
    Run,
    Styled,
    WebAddress,
)
from exports.sheet_styles import LOOKS, pieces_of, ruled_rows

MAX_ROWS = 1_048_576
MAX_LINKS = 65_000
"""Excel drops the links of a sheet that has more than 65,530."""

_HEADINGS = frozenset({Look.BAND, Look.HEADING, Look.CODE_HEAD, Look.HEAD})
_MAX_BREAKS = 1_000
"""Excel allows 1,026; of further pages it finds the ends itself."""
_FILTER_BUTTON = 15.0
"""Points of a heading that LibreOffice keeps for the button of a filter."""
_SHORT = 120
"""Letters of texts whose heights are remembered."""

KeepRest = Callable[[Sequence[str], Place], Place]
"""Told what did not fit into a cell, and the cell; answers where the rest stands."""


class Surroundings(Protocol):
    """What a sheet needs of its book."""

    workbook: StreamedWorkbook
    escapes: Escapes
    keep_rest: KeepRest

    def local(self, moment: datetime) -> datetime:
        """A time in the zone of the book, without the zone."""


class Sheet:
    """One sheet, written from the top; a row once written cannot be changed."""

    def __init__(
        self, book: Surroundings, sheet: StreamedSheet, columns: Sequence[Column], page: Page
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._columns = tuple(columns)
        self._letters = [get_column_letter(place) for place in range(1, len(columns) + 1)]
        self._links = 0
        self._flow = PageFlow(room_of(columns), page.repeated_rows) if page.by_hand else None
        self._breaks = 0
        self.rows = 0
        """How many rows are written."""

    @property
    def name(self) -> str:
        """The name on the tab."""
        return self._sheet.title

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
        column; the height in points is worked out from the wrapped text when none is given.
        Excel and LibreOffice may then fit the row to their own letters, but for a row that is
        ``fixed`` or has joined cells, which they leave out of account. In a
        ``filtered`` one the buttons of a filter take some of the room. One ``with_next`` is
        printed on the same page as the row below it, where pages are ended by hand; so is one with
        the look of a heading.
        """
        self.rows += 1
        cells: list[StreamedCell] = []
        spans = dict(merge)
        heights: list[RowHeight] = []
        joined_until = 0
        taken = _FILTER_BUTTON if filtered else 0.0
        for column, given in enumerate(row, 1):
            if given is None or column <= joined_until:
                continue
            content, own, link = _parts(given)
            drawn = own or look or self._columns[column - 1].look
            text = self._add(cells, column, content, drawn, link)
            joined_until = spans.get(column, column)
            cells += [self._blank(place, drawn) for place in range(column + 1, joined_until + 1)]
            if height is None and text:
                shown = _visible(content) if isinstance(content, Rich) else text
                heights.append(self._height(column, joined_until, shown, drawn, taken))
        is_fixed = fixed or height is not None or bool(merge)
        needed = highest_of(heights)
        written = height or (needed.fixed if is_fixed else needed.close)
        if self._flow is not None:
            highest = written if is_fixed else needed.highest
            with_next = with_next or look in _HEADINGS
            self._end_page(self._flow.add(self.rows, highest, with_next=with_next))
        self._sheet.write(self.rows, cells, written, fixed=is_fixed)
        for first, last in merge:
            self._sheet.merged_cells.add(
                f"{get_column_letter(first)}{self.rows}:{get_column_letter(last)}{self.rows}"
            )
        return self.rows

    def add_chart(self, chart: BarChart) -> None:
        """Put a chart beside the rows that it shows."""
        self._sheet.show(bar_chart(chart, self.name))

    def make_room(self, height: float) -> None:
        """Begin a new page unless the last one has so many points left."""
        if self._flow is not None:
            self._end_page(self._flow.end_before(self.rows + 1, height))

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

    def _end_page(self, row: int | None) -> None:
        if row is not None and self._breaks < _MAX_BREAKS:
            self._breaks += 1
            self._sheet.row_breaks.append(Break(id=row))

    def _add(
        self,
        cells: list[StreamedCell],
        column: int,
        content: Content,
        look: Look,
        link: Place | WebAddress | None,
    ) -> str:
        """Add a cell to a row; answers its letters as shown."""
        if isinstance(content, datetime):
            content = self._book.local(content)
        held = prepare(content, look)
        if held.escaped:
            self._book.escapes.add(self.place(self.rows, column), held.escaped)
        if held.rest:
            link = self._book.keep_rest(held.rest, self.place(self.rows, column))
        if link is not None:
            self._link(f"{self._letters[column - 1]}{self.rows}", link)
        style = self._style(look, direction_of(held.text))
        cells.append(StreamedCell(self._letters[column - 1], style, held.value))
        return held.text

    def _blank(self, column: int, look: Look) -> StreamedCell:
        style = self._style(look, Direction.OF_THE_PROGRAM)
        return StreamedCell(self._letters[column - 1], style, None)

    def _style(self, look: Look, direction: Direction) -> str:
        return self._book.workbook.style(self._sheet, look, direction)

    def _height(
        self, first: int, last: int, text: str | Rich, look: Look, taken: float
    ) -> RowHeight:
        width = self._columns[last - 1].width - taken
        if first < last:
            width = sum(column.width for column in self._columns[first - 1 : last]) - taken
        if isinstance(text, str) and len(text) <= _SHORT:
            return _short_height(text, look, width)
        return _height(text, look, width)

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


def _height(text: str | Rich, look: Look, width: float) -> RowHeight:
    drawn = LOOKS[look]
    if not drawn.wrap:
        return height_of(Lines(1), drawn.size)
    return measured(pieces_of(text, look), width, drawn.size)


_short_height = lru_cache(maxsize=8_192)(_height)
"""Marks, names and titles come back on row after row."""


def _visible(rich: Rich) -> Rich:
    return Rich(tuple(Run(visible(run.text), run.face) for run in rich.runs))


def _parts(
    given: Content | Styled,
) -> tuple[Content, Look | None, Place | WebAddress | None]:
    if isinstance(given, Styled):
        return given.content, given.look, given.link
    return given, None, None
