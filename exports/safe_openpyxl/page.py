"""How a sheet is scrolled and printed: A3 landscape, never too small to read."""

from math import ceil

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins, PrintOptions
from openpyxl.worksheet.properties import PageSetupProperties

from exports.cell_text import parts, visible
from exports.safe_openpyxl.streamed import StreamedSheet
from exports.sheet_content import Page

_A3 = 8
PAGE_HEIGHT = 750.0
"""Points down A3 landscape within our margins."""
WIDEST = 1215.0
"""Up to this width a sheet is fitted to one page across: 8 points are printed as 7.4 or more.

Excel makes columns up to a twentieth wider than asked, as it counts in whole pixels, and 8 points
are 7.1 then.
"""
_LONGEST_LINE = 200
"""A header holds 255 characters in all."""


def pages_across(width: float) -> int:
    """On how many pages side by side a width in points is printed so that it stays readable."""
    return max(1, ceil(width / WIDEST))


def set_page(sheet: StreamedSheet, page: Page, width: float) -> None:
    """Set panes, paper, repeated rows, header and footer of a sheet of that width in points."""
    sheet.sheet_view.showGridLines = False
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
    # Excel heeds breaks made by hand only where a sheet is not fitted to the page.
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=page.scale is None)
    if page.scale is not None:
        sheet.page_setup.scale = page.scale
    else:
        sheet.page_setup.fitToWidth = pages_across(width)
        sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(
        left=0.39, right=0.39, top=0.55, bottom=0.6, header=0.25, footer=0.3
    )
    sheet.print_options = PrintOptions(horizontalCentered=True)
    _say(sheet.oddHeader, left=_line(page.header), centre="", right="")
    _say(sheet.oddFooter, left=_line(page.footer), centre="&A", right="Page &P of &N")


def _say(line: HeaderFooterItem | None, *, left: str, centre: str, right: str) -> None:
    if line is None:
        return
    for part, words in ((line.left, left), (line.center, centre), (line.right, right)):
        part.text = words or None
        part.size = 8


def _line(words: str) -> str:
    line = " ".join(visible(words).split())
    return parts(line, _LONGEST_LINE)[0].replace("&", "&&")
