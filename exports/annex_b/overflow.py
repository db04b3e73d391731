"""The sheet Overflow: texts whole that their own rows cannot show, linked from there and back."""

from collections.abc import Iterator

from exports.annex_b.frame import Frame
from exports.annex_b.heads import head_rows, new_sheet, write_head
from exports.line_breaks import lines_of
from exports.safe_openpyxl import Book, Sheet, Whole
from exports.sheet_content import Column, Look, Place, Shown, Styled
from exports.sheet_styles import pieces_of

_TEXT = Column(1005)
COLUMNS = (
    ("No.", Column(30, Look.CENTRE)),
    ("Stands in", Column(120, Look.LINK)),
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
        """How many texts stand here."""

    def keep(self, text: str, stands_in: Place) -> Whole:
        """Write all of a text, given as it is shown; answers its number and where it begins."""
        sheet = self._sheet
        if sheet is None or sheet.is_full:
            sheet = self._sheet = self._open()
        self.texts += 1
        link = Styled(f"{stands_in.sheet}, row {stands_in.row}", Look.LINK, stands_in)
        shown = list(_rows(text))
        rows = [
            sheet.append([self.texts, link, f"{part} of {len(shown)}", Shown(words)])
            for part, words in enumerate(shown, 1)
        ]
        return Whole(self.texts, sheet.place(rows[0], len(COLUMNS)))

    def _open(self) -> Sheet:
        above = head_rows(self._frame)
        sheet = new_sheet(
            self._book,
            self._frame,
            "Overflow",
            [column for _, column in COLUMNS],
            head_rows=above + 1,
            repeated=(above + 1, above + 1),
            shows_wholes=True,
        )
        told = (
            "A row is at most 409 points high and a cell holds 32,767 characters. Texts that need "
            "more stand here whole, each under its number. The parts of one follow without a gap: "
            "put one after the other, they are the text."
        )
        write_head(sheet, self._frame, "Texts that are longer than their row", len(COLUMNS), told)
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
    fits, too_far = start + 1, min(start + _MOST_LETTERS + 1, _too_many_lines(text, start))
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


def _too_many_lines(text: str, start: int) -> int:
    """An end that is too far by the line breaks alone, so that nothing behind it is measured."""
    end = start
    for _ in range(MOST_LINES + 1):
        end = text.find("\n", end, start + _MOST_LETTERS) + 1
        if end == 0:
            return len(text) + 1
    return end


def _fits(text: str) -> bool:
    return lines_of(pieces_of(text, _TEXT.look), _TEXT.width, MOST_LINES).count <= MOST_LINES
