"""The cells of a row made ready to be written, and how high they make it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from exports.cell_text import visible
from exports.line_breaks import Lines
from exports.row_height import LEAST, RowHeight, height_of, measured
from exports.safe_openpyxl.contents import REMEMBERED, SHORT, Prepared, prepare
from exports.sheet_content import (
    Column,
    Content,
    Face,
    Look,
    Place,
    Rich,
    Row,
    Run,
    Styled,
    WebAddress,
)
from exports.sheet_styles import LOOKS, pieces_of

_FILTER_BUTTON = 15.0
"""Points of a heading that LibreOffice keeps for the button of a filter."""


class DrawnCell(NamedTuple):
    """A cell, or several that are joined."""

    column: int
    last: int
    """The last of the columns that are joined; the same where none are."""
    held: Prepared
    look: Look
    text: str | Rich
    """The letters as shown, to be measured; none of a number or a time."""
    link: Place | WebAddress | None = None
    content: Content = ""
    """What it was made of."""

    @property
    def whole_text(self) -> str:
        """All letters as shown, also those that don't fit into the cell."""
        return "".join((self.held.text, *self.held.rest))

    def after(self, words: str) -> "DrawnCell":
        """The same cell with words of ours above its own."""
        own = self.content.runs if isinstance(self.content, Rich) else (Run(str(self.content)),)
        content = Rich((Run(f"{words}\n", Face.BOLD), *own))
        held = prepare(content, self.look)
        return self._replace(held=held, text=_visible(content), content=content)


Localise = Callable[[datetime], datetime]
"""A time in the zone of the book, without the zone."""


def drawn_cells(
    row: Row,
    columns: Sequence[Column],
    look: Look | None,
    merge: Sequence[tuple[int, int]],
    local: Localise,
) -> Iterator[DrawnCell]:
    """The cells of a row from the first column on, without those that are left out."""
    spans = dict(merge)
    joined_until = 0
    for column, given in enumerate(row, 1):
        if given is None or column <= joined_until:
            continue
        joined_until = spans.get(column, column)
        own = given.look if isinstance(given, Styled) else None
        content = given.content if isinstance(given, Styled) else given
        link = given.link if isinstance(given, Styled) else None
        if isinstance(content, datetime):
            content = local(content)
        shown = own or look or columns[column - 1].look
        held = prepare(content, shown)
        text = _visible(content) if isinstance(content, Rich) else held.text
        yield DrawnCell(column, joined_until, held, shown, text, link, content)


def height_of_cell(cell: DrawnCell, columns: Sequence[Column], *, filtered: bool) -> RowHeight:
    """How high a cell makes its row; in a ``filtered`` one a button takes some of the room.

    It is not whole when there is more text than fits into a cell, or than the highest row shows.
    """
    if not cell.held.text:
        return LEAST
    width = columns[cell.last - 1].width
    if cell.column < cell.last:
        width = sum(column.width for column in columns[cell.column - 1 : cell.last])
    if filtered:
        width -= _FILTER_BUTTON
    height = _height(cell.text, cell.look, width)
    return height._replace(is_whole=False) if cell.held.rest else height


def _height(text: str | Rich, look: Look, width: float) -> RowHeight:
    if isinstance(text, str) and len(text) <= SHORT:
        return _short_height(text, look, width)
    return _measured(text, look, width)


def _measured(text: str | Rich, look: Look, width: float) -> RowHeight:
    drawn = LOOKS[look]
    if not drawn.wrap:
        return height_of(Lines(1), drawn.size)
    return measured(pieces_of(text, look), width, drawn.size)


_short_height = lru_cache(maxsize=REMEMBERED)(_measured)


def _visible(rich: Rich) -> Rich:
    return Rich(tuple(Run(visible(run.text), run.face) for run in rich.runs))
