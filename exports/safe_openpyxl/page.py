"""How a sheet is scrolled and printed: A3 landscape, never too small to read."""

from collections.abc import Sequence
from math import ceil, floor

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins, PrintOptions
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.protection import SheetProtection

from exports.cell_text import closed, visible
from exports.letter_widths import Setting, points_across, shortened
from exports.safe_openpyxl.streamed import StreamedSheet
from exports.sheet_content import Column, Page
from exports.sheet_styles import width_in_excel

_A3 = 8
_PAGE_WIDTH = 1134.0
"""Points across A3 landscape within our margins."""
_PAGE_HEIGHT = 760.0
"""Points down it."""
WIDEST = 1215.0
"""Up to this width a sheet is printed on one page across: 8 points are printed as 7 or more."""
_LONGEST_LINE = 200
"""A header holds 255 characters in all."""
_SETTING = Setting(8.0)
_APART = 15.0
"""Points between words of ours and the name of the sheet in the middle."""


def pages_across(width: float) -> int:
    """On how many pages side by side a width in points is printed so that it stays readable."""
    return max(1, ceil(width / WIDEST))


def scale_of(columns: Sequence[Column]) -> int:
    """Per cent at which columns fit across a page in any program, as far as they stay readable."""
    points = [column.width for column in columns]
    shrunk = min(1.0, WIDEST / sum(points))
    wide = sum(map(width_in_excel, points)) * shrunk
    return min(100, floor(_PAGE_WIDTH / wide * 100))


def room_of(columns: Sequence[Column]) -> float:
    """Points of rows on a page whose pages are ended by hand."""
    return _PAGE_HEIGHT / scale_of(columns) * 100


def set_page(sheet: StreamedSheet, page: Page, columns: Sequence[Column]) -> None:
    """Set panes, paper, repeated rows, header and footer of a sheet with these columns."""
    sheet.sheet_view.showGridLines = False
    if page.right_to_left:
        sheet.sheet_view.rightToLeft = True
    if page.protected:
        # What is false here may be done: fit columns and rows, and use the buttons of a filter.
        sheet.protection = SheetProtection(
            sheet=True, formatColumns=False, formatRows=False, autoFilter=False, sort=False
        )
    frozen = f"{get_column_letter(page.frozen_columns + 1)}{page.frozen_rows + 1}"
    if frozen != "A1":
        sheet.freeze_panes = frozen
    if page.repeated_rows is not None:
        first, last = page.repeated_rows
        sheet.print_title_rows = f"{first}:{last}"
    if page.repeated_columns:
        sheet.print_title_cols = f"A:{get_column_letter(page.repeated_columns)}"
    if page.tab_colour is not None:
        sheet.sheet_properties.tabColor = page.tab_colour
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A3
    # Excel heeds pages ended by hand only where a sheet is not fitted to the page.
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=not page.by_hand)
    if page.by_hand:
        sheet.page_setup.scale = scale_of(columns)
    else:
        sheet.page_setup.fitToWidth = pages_across(sum(column.width for column in columns))
        sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(
        left=0.39, right=0.39, top=0.5, bottom=0.5, header=0.25, footer=0.25
    )
    sheet.print_options = PrintOptions(horizontalCentered=True)
    half = (_PAGE_WIDTH - points_across(sheet.title, _SETTING)) / 2 - _APART
    header = _line(page.header, "", _PAGE_WIDTH)
    _say(sheet.oddHeader, left=header, centre="", right="")
    footer = _line(page.footer, page.footer_end, half)
    _say(sheet.oddFooter, left=footer, centre="&A", right="Page &P of &N")


def _say(line: HeaderFooterItem | None, *, left: str, centre: str, right: str) -> None:
    if line is None:
        return
    for part, words in ((line.left, left), (line.center, centre), (line.right, right)):
        part.text = words or None
        part.size = int(_SETTING.size)


def _line(words: str, end: str, points: float) -> str:
    """As much of the words as there is room for before their end, which is always said."""
    end = " ".join(visible(end).split())
    said = " ".join(visible(words).split())
    room = points - points_across(end, _SETTING)
    line = shortened(said, _SETTING, room)
    while len(_escaped(line + end)) > _LONGEST_LINE and len(line) > 1:
        line = f"{line[:-2].rstrip()}…"
    return _escaped(f"{closed(line)}{end}")


def _escaped(line: str) -> str:
    return line.replace("&", "&&")
