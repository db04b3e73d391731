"""The sheet Overflow: what of a text is longer than a cell, linked from its cell and back."""

from collections.abc import Sequence

from exports.annex_b.frame import Frame
from exports.annex_b.heads import head_rows, new_sheet, write_head
from exports.safe_openpyxl import Book, Sheet
from exports.sheet_content import Column, Look, Place, Styled

COLUMNS = (
    ("Continues", Column(120, Look.LINK)),
    ("Part", Column(50, Look.CENTRE)),
    ("Text", Column(950)),
)


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
        of = len(rest) + 1
        rows = [
            sheet.append(
                [Styled(_address(came_from), Look.LINK, came_from), f"{part} of {of}", text]
            )
            for part, text in enumerate(rest, 2)
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


def _address(place: Place) -> str:
    return f"{place.sheet}, row {place.row}"
