"""A sheet that is written row by row and checks every cell on its way."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

from exports.cell_text import is_right_to_left
from exports.row_height import height_of, lines_of
from exports.safe_openpyxl.charts import bar_chart
from exports.safe_openpyxl.contents import prepare
from exports.safe_openpyxl.streamed import StreamedCell, StreamedSheet
from exports.sheet_content import (
    BarChart,
    Column,
    Content,
    Escapes,
    Look,
    Place,
    Rich,
    Row,
    Styled,
    WebAddress,
)
from exports.sheet_styles import LOOKS, alignment_of, border_of, fill_of, font_of, ruled_rows

MAX_ROWS = 1_048_576
MAX_LINKS = 65_000
"""Excel drops the links of a sheet that has more than 65,530."""
_CELL_PADDING = 5.0
_PLAIN_HEIGHT = 12.0

KeepRest = Callable[[Sequence[str], Place], Place]
"""Told what did not fit into a cell, and the cell; answers where the rest stands."""


class Surroundings(Protocol):
    """What a sheet needs of its book."""

    escapes: Escapes
    keep_rest: KeepRest

    def local(self, moment: datetime) -> datetime:
        """A time in the zone of the book, without the zone."""


class Sheet:
    """One sheet, written from the top; a row once written cannot be changed."""

    def __init__(self, book: Surroundings, sheet: StreamedSheet, columns: Sequence[Column]) -> None:
        self._book = book
        self._sheet = sheet
        self._columns = tuple(columns)
        self._cells: dict[tuple[int, Look, bool], StreamedCell] = {}
        self._links = 0
        self.rows = 0
        """How many rows are written."""
        self.height = 0.0
        """The height of these rows together, in points."""

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
    ) -> int:
        """Write a row and answer its number.

        ``look`` replaces that of the columns; ``merge`` joins cells from a first to a last
        column; the height in points is worked out from the wrapped text when none is given.
        """
        self.rows += 1
        cells: list[StreamedCell] = []
        spans = dict(merge)
        needed = 0.0
        joined_until = 0
        for column, given in enumerate(row, 1):
            if given is None or column <= joined_until:
                continue
            own = given if isinstance(given, Styled) else Styled(given)
            drawn = own.look or look or self._columns[column - 1].look
            cell, text = self._cell(column, own.content, drawn, own.link)
            cells.append(cell)
            joined_until = spans.get(column, column)
            cells += [self._blank(filler, drawn) for filler in range(column + 1, joined_until + 1)]
            if height is None:
                measure = own.content.measure if isinstance(own.content, Rich) else text
                needed = max(needed, self._height(column, joined_until, measure, drawn))
        high = height or needed or _PLAIN_HEIGHT
        self.height += high
        self._sheet.write(self.rows, cells, high)
        for first, last in merge:
            self._sheet.merged_cells.add(
                f"{get_column_letter(first)}{self.rows}:{get_column_letter(last)}{self.rows}"
            )
        return self.rows

    def add_chart(self, chart: BarChart) -> None:
        """Put a chart beside the rows that it shows."""
        self._sheet.show(bar_chart(chart, self.name))

    def break_page(self) -> None:
        """Begin a new page after the last row, on a sheet that is printed at a scale of its own."""
        self._sheet.row_breaks.append(Break(id=self.rows))

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
        last = get_column_letter(len(self._columns))
        self._sheet.print_area = f"A1:{last}{max(self.rows, 1)}"

    def _cell(
        self, column: int, content: Content, look: Look, link: Place | WebAddress | None
    ) -> tuple[StreamedCell, str]:
        local = self._book.local(content) if isinstance(content, datetime) else content
        held = prepare(local, look)
        if held.escaped:
            self._book.escapes.add(self.place(self.rows, column), held.escaped)
        if held.rest:
            link = self._book.keep_rest(held.rest, self.place(self.rows, column))
        right_to_left = is_right_to_left(held.text)
        if link is None:
            cell = self._reused(column, look, right_to_left=right_to_left)
        else:
            cell = self._new(column, look, right_to_left=right_to_left)
            self._link(cell, link)
        return cell.hold(held.value, held.data_type), held.text

    def _reused(self, column: int, look: Look, *, right_to_left: bool) -> StreamedCell:
        key = (column, look, right_to_left)
        cell = self._cells.get(key)
        if cell is None:
            cell = self._cells[key] = self._new(column, look, right_to_left=right_to_left)
        return cell

    def _new(self, column: int, look: Look, *, right_to_left: bool) -> StreamedCell:
        cell = StreamedCell(self._sheet, 1, column)
        cell.font = font_of(look)
        cell.fill = fill_of(look)
        cell.border = border_of(look)
        cell.alignment = alignment_of(look, right_to_left=right_to_left)
        cell.number_format = LOOKS[look].number_format
        return cell

    def _blank(self, column: int, look: Look) -> StreamedCell:
        return self._reused(column, look, right_to_left=False).hold(None, "n")

    def _height(self, first: int, last: int, text: str, look: Look) -> float:
        drawn = LOOKS[look]
        if not text or not drawn.wrap:
            return height_of(1, drawn.size)
        width = sum(column.width for column in self._columns[first - 1 : last])
        return height_of(lines_of(text, width - _CELL_PADDING, drawn.set_size), drawn.size)

    def _link(self, cell: StreamedCell, link: Place | WebAddress) -> None:
        if self._links >= MAX_LINKS:
            return
        match link:
            case Place():
                there = f"{quote_sheetname(link.sheet)}!{get_column_letter(link.column)}{link.row}"
                cell.hyperlink = Hyperlink(ref="", location=there)
            case WebAddress():
                if not link.is_safe:
                    return
                cell.hyperlink = Hyperlink(ref="", target=link.url)
        self._links += 1
