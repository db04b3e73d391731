"""The sheet Overflow: what of a text is longer than a cell, linked from its cell and back."""

from collections.abc import Iterator, Sequence

from exports.annex_b.frame import Frame
from exports.annex_b.heads import head_rows, new_sheet, write_head
from exports.row_height import lines_of
from exports.safe_openpyxl import Book, Sheet
from exports.sheet_content import Column, Look, Place, Styled
from exports.sheet_styles import pieces_of

_TEXT = Column(1035)
COLUMNS = (
    ("Continues", Column(120, Look.LINK)),
    ("Part", Column(60, Look.CENTRE)),
    ("Text", _TEXT),
)
MOST_LINES = 30
"""Of a row: two such fit on a page, and none is higher than Excel allows."""
_MOST_LETTERS = 16_000
"""Of a row; as many fit only of the narrowest letters."""
_LONGEST_WORD = 80
"""Letters; what is longer is cut anywhere."""


class OverflowSheet:
    """Made when the first text needs it, so that most workbooks have none."""

    def __init__(self, book: Book, frame: Frame) -> None:
        self._book = book
        self._frame = frame
        self._sheet: Sheet | None = None
        self.texts = 0
        """How many texts continue here."""

    def keep(self, rest: Sequence[str], came_from: Place) -> Place:
        """Write the further parts of a text; answers the place of the first of them."""
        sheet = self._sheet
        if sheet is None:
            sheet = self._sheet = self._open()
        self.texts += 1
        shown = [row for part in rest for row in _rows(part)]
        of = len(shown) + 1
        rows = [
            sheet.append(
                [Styled(_address(came_from), Look.LINK, came_from), f"{part} of {of}", text]
            )
            for part, text in enumerate(shown, 2)
        ]
        return sheet.place(rows[0], 3)

    def _open(self) -> Sheet:
        above = head_rows(self._frame)
        sheet = new_sheet(
            self._book,
            self._frame,
            "Overflow",
            [column for _, column in COLUMNS],
            head_rows=above + 1,
            repeated=(above + 1, above + 1),
        )
        told = (
            "A cell holds 32,767 characters. What is longer begins in its own cell and continues "
            "here without a gap: put the parts one after the other."
        )
        write_head(sheet, self._frame, "Texts that are longer than a cell", len(COLUMNS), told)
        sheet.append([head for head, _ in COLUMNS], look=Look.HEAD)
        return sheet


def _rows(text: str) -> Iterator[str]:
    """A text in pieces that a row can show whole; joined they are the text again."""
    start = 0
    while start < len(text):
        end = _end_of_row(text, start)
        yield text[start:end]
        start = end


def _end_of_row(text: str, start: int) -> int:
    """Where the row ends that begins at ``start``: if possible behind a space."""
    fits, too_far = start + 1, start + _MOST_LETTERS + 1
    if too_far > len(text):
        if _fits(text[start:]):
            return len(text)
        too_far = len(text)
    while too_far - fits > 1:
        middle = (fits + too_far) // 2
        if _fits(text[start:middle]):
            fits = middle
        else:
            too_far = middle
    space = max(text.rfind(sign, start, fits) for sign in " \n")
    return space + 1 if fits - space <= _LONGEST_WORD else fits


def _fits(text: str) -> bool:
    return lines_of(pieces_of(text, _TEXT.look), _TEXT.width, MOST_LINES).count <= MOST_LINES


def _address(place: Place) -> str:
    return f"{place.sheet}, row {place.row}"
