"""How cells, pages and charts of our workbooks look."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil

from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle

from exports.cell_text import Direction
from exports.letter_widths import Letters, Setting
from exports.line_breaks import Piece
from exports.sheet_content import Face, Look, Rich

FONT = "Arial"
"""Every office suite has it, or a face with the same widths."""
SIZE = 9.0
"""Of the book's normal style, from which Excel takes the unit of column widths."""
UNIT_PIXELS = 6.67
"""Width of a digit in that style, in pixels of 96 to the inch."""
_EXCEL_UNIT_PIXELS = 7
"""The same on a plain screen, where a digit takes whole pixels, and Excel its columns from it."""

# Colours as RRGGBB. Text on any fill keeps a contrast of 4.5 to 1, printed in grey too.
INK = "1F2933"
QUIET = "56616F"
ACCENT = "1F4E79"
PALE = "DCE6F1"
FAINT = "F4F6F9"
RULE = "B8C2CE"
WHITE = "FFFFFF"
_RAISED_MORE = 1.5
"""Points; raised letters are set at some 60 per cent, too small to read on paper otherwise."""
CHART_COLOURS = ("1F4E79", "5B9BD5", "A9C6E3", "8A94A0", "C9A227", "6B8E4E")


@dataclass(frozen=True, slots=True)
class LookDefinition:
    """The parts of one look; colours as RRGGBB."""

    size: float = 8.0
    bold: bool = False
    italic: bool = False
    colour: str = INK
    fill: str | None = None
    horizontal: str | None = None
    vertical: str = "top"
    wrap: bool = True
    number_format: str = "General"
    ruled: str = "lrtb"
    """On which sides a thin line runs: left, right, top, bottom."""
    underline: bool = False
    face: str = FONT
    is_open: bool = False
    """Whether its cells can be changed in a protected sheet."""


def _outcome(fill: str, colour: str = INK) -> LookDefinition:
    return LookDefinition(fill=fill, colour=colour)


LOOKS: Mapping[Look, LookDefinition] = {
    Look.TITLE: LookDefinition(16, bold=True, colour=ACCENT, ruled=""),
    Look.SUBTITLE: LookDefinition(11, colour=QUIET, ruled=""),
    Look.HEADING: LookDefinition(11, bold=True, colour=ACCENT, ruled="", vertical="bottom"),
    Look.META: LookDefinition(8, colour=QUIET, ruled=""),
    Look.NOTICE: LookDefinition(
        9, bold=True, colour="5C3B00", fill="FFF0CC", ruled="", vertical="center"
    ),
    Look.LEGEND: LookDefinition(7.5, colour=QUIET, ruled=""),
    Look.PROSE: LookDefinition(9, ruled=""),
    Look.LABEL: LookDefinition(9, bold=True, colour=ACCENT, ruled=""),
    Look.LEAD: LookDefinition(11, ruled=""),
    Look.CODE_HEAD: LookDefinition(
        7.5, bold=True, colour=PALE, fill=ACCENT, horizontal="left", vertical="center"
    ),
    Look.NUMBER_HEAD: LookDefinition(
        7.5, bold=True, colour=PALE, fill=ACCENT, horizontal="right", vertical="center"
    ),
    Look.HEAD: LookDefinition(8, bold=True, colour=WHITE, fill=ACCENT, vertical="center"),
    Look.BAND: LookDefinition(9.5, bold=True, colour=ACCENT, fill=PALE, vertical="center"),
    Look.NAME: LookDefinition(8, fill=FAINT),
    Look.BODY: LookDefinition(8),
    Look.ANSWER: LookDefinition(8, horizontal="left", ruled=""),
    Look.GRID_CODE: LookDefinition(7.5, colour=QUIET, face="Courier New", ruled=""),
    Look.GRID_CENTRE: LookDefinition(8, horizontal="center", ruled=""),
    Look.GRID_STRONG: LookDefinition(8, bold=True, ruled=""),
    Look.GRID_LINK: LookDefinition(
        8, colour="0B5394", horizontal="center", underline=True, ruled=""
    ),
    Look.GRID_TIME: LookDefinition(
        7.5, horizontal="left", number_format="yyyy-mm-dd hh:mm", ruled=""
    ),
    Look.GRID_SMALL: LookDefinition(7.5, colour=QUIET, ruled=""),
    Look.SMALL: LookDefinition(7.5, colour=QUIET),
    Look.STRONG: LookDefinition(8, bold=True),
    Look.MARK: LookDefinition(8, colour=QUIET, horizontal="center"),
    Look.CENTRE: LookDefinition(8, horizontal="center"),
    Look.NUMBER: LookDefinition(8, horizontal="right", number_format="0"),
    Look.PERCENT: LookDefinition(8, horizontal="right", number_format="0.0%"),
    Look.TIME: LookDefinition(7.5, horizontal="left", number_format="yyyy-mm-dd hh:mm"),
    Look.DATE: LookDefinition(8, horizontal="left", number_format="yyyy-mm-dd"),
    Look.LINK: LookDefinition(8, colour="0B5394", underline=True),
    Look.OPEN: LookDefinition(8, ruled="ltb"),
    Look.OPEN_MARK: LookDefinition(8, colour=QUIET, horizontal="center", ruled="ltb"),
    Look.ARROW: LookDefinition(
        8, bold=True, colour="0B5394", horizontal="center", wrap=False, ruled="rtb"
    ),
    Look.CODE: LookDefinition(7.5, colour=QUIET, face="Courier New"),
    Look.TOTAL: LookDefinition(8, bold=True, fill=FAINT),
    Look.TOTAL_CENTRE: LookDefinition(8, bold=True, fill=FAINT, horizontal="center"),
    Look.FULL: _outcome("D5EBD8", "14532D"),
    Look.PART: _outcome("E9F1D2", "3F4D0C"),
    Look.OTHER_EVIDENCE: _outcome("D6E6F7", "0B3C6F"),
    Look.REFUSED: _outcome("F8DDD8", "7A1F12"),
    Look.SILENT: _outcome("E7E9EC", "3A434E"),
    Look.WAITING: _outcome("FFF0CC", "5C3B00"),
    Look.OUTSIDE: _outcome("FFFFFF", QUIET),
    # To be edited: in the format of text, Excel makes no number or date of what is typed.
    Look.FIELD: LookDefinition(9, number_format="@"),
    Look.FIELD_CODE: LookDefinition(8.5, face="Courier New", number_format="@"),
    Look.FIELD_GROUP: LookDefinition(9, bold=True, fill=PALE, number_format="@"),
    Look.FIELD_GROUP_CODE: LookDefinition(
        8.5, bold=True, fill=PALE, face="Courier New", number_format="@"
    ),
    Look.ENTRY: LookDefinition(9, fill="FFF9DB", number_format="@", is_open=True),
}

_SIDES = {Direction.LEFT_TO_RIGHT: "left", Direction.RIGHT_TO_LEFT: "right"}
_THIN = Side(style="thin", color=RULE)
_NONE = Side()


def font_of(look: Look) -> Font:
    """The font of a look."""
    drawn = LOOKS[look]
    return Font(
        name=drawn.face,
        sz=drawn.size,
        b=drawn.bold,
        i=drawn.italic,
        u="single" if drawn.underline else None,
        color=Color(rgb="FF" + drawn.colour),
    )


def fill_of(look: Look) -> PatternFill:
    """The fill of a look; none for most."""
    colour = LOOKS[look].fill
    return PatternFill() if colour is None else PatternFill("solid", fgColor="FF" + colour)


def border_of(look: Look) -> Border:
    """Thin lines around the cells of tables, none around words that stand alone."""
    left, right, top, bottom = (
        _THIN if side in LOOKS[look].ruled else _NONE for side in ("l", "r", "t", "b")
    )
    return Border(left=left, right=right, top=top, bottom=bottom)


def alignment_of(look: Look, direction: Direction) -> Alignment:
    """The alignment of a look, with the reading order of its text."""
    drawn = LOOKS[look]
    side = drawn.horizontal
    if side in {None, "left"}:
        side = _SIDES.get(direction, side)
    return Alignment(
        horizontal=side,
        vertical=drawn.vertical,
        wrap_text=drawn.wrap,
        readingOrder=direction.value,
    )


def ruled_rows() -> Rule:
    """A thin line around every cell of a range, also around those that are not written."""
    lines = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    return Rule("expression", dxf=DifferentialStyle(border=lines), formula=["TRUE"])


def normal_font() -> Font:
    """The font of the book's normal style."""
    return Font(name=FONT, sz=SIZE, color=Color(rgb="FF" + INK))


def run_font(look: Look, face: Face) -> InlineFont:
    """The font of some letters within a cell of a look."""
    drawn = LOOKS[look]
    return InlineFont(
        rFont=drawn.face,
        sz=drawn.size + (_RAISED_MORE if face is Face.RAISED else 0),
        b=True if face is Face.BOLD or drawn.bold else None,
        color=Color(rgb="FF" + (QUIET if face is Face.QUIET else drawn.colour)),
        vertAlign="superscript" if face is Face.RAISED else None,
    )


@cache
def setting_of(look: Look, face: Face = Face.PLAIN) -> Setting:
    """How letters of a look are set, to work out how much room they take."""
    drawn = LOOKS[look]
    letters = Letters.REGULAR if drawn.face == FONT else Letters.EVEN
    if drawn.bold or face is Face.BOLD:
        letters = Letters.BOLD
    if face is Face.RAISED:
        return Setting(drawn.size + _RAISED_MORE, letters, raised=True)
    return Setting(drawn.size, letters)


def pieces_of(text: str | Rich, look: Look) -> list[Piece]:
    """A text with the settings of its letters."""
    if isinstance(text, str):
        return [(text, setting_of(look))]
    return [(run.text, setting_of(look, run.face)) for run in text.runs]


def column_units(points: float) -> float:
    """The width of a column in Excel's unit, the digit, from points."""
    return round(points * 96 / 72 / UNIT_PIXELS, 2)


def width_in_excel(points: float) -> float:
    """How wide Excel makes a column on a plain screen: up to a twentieth wider than asked."""
    return ceil(column_units(points) * _EXCEL_UNIT_PIXELS) * 72 / 96
