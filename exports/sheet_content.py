"""What a sheet is asked to hold: texts, numbers, times, links, columns and pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

_LONGEST_URL = 2_000
"""Excel takes 2,079 characters."""
_MOST_LISTED = 200
_MOST_SIGNS = 20


class Look(StrEnum):
    """How a cell looks; ``sheet_styles`` says what each one is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    META = "meta"
    NOTICE = "notice"
    LEGEND = "legend"
    PROSE = "prose"
    LABEL = "label"
    LEAD = "lead"
    CODE_HEAD = "code_head"
    NUMBER_HEAD = "number_head"
    HEAD = "head"
    BAND = "band"
    NAME = "name"
    BODY = "body"
    ANSWER = "answer"
    GRID_CODE = "grid_code"
    GRID_CENTRE = "grid_centre"
    GRID_STRONG = "grid_strong"
    GRID_LINK = "grid_link"
    GRID_TIME = "grid_time"
    GRID_SMALL = "grid_small"
    SMALL = "small"
    STRONG = "strong"
    MARK = "mark"
    CENTRE = "centre"
    NUMBER = "number"
    PERCENT = "percent"
    TIME = "time"
    DATE = "date"
    LINK = "link"
    OPEN = "open"
    OPEN_MARK = "open_mark"
    ARROW = "arrow"
    CODE = "code"
    TOTAL = "total"
    TOTAL_CENTRE = "total_centre"
    FULL = "full"
    PART = "part"
    OTHER_EVIDENCE = "other_evidence"
    REFUSED = "refused"
    SILENT = "silent"
    WAITING = "waiting"
    OUTSIDE = "outside"
    FIELD = "field"
    FIELD_CODE = "field_code"
    FIELD_GROUP = "field_group"
    FIELD_GROUP_CODE = "field_group_code"
    ENTRY = "entry"


class Face(StrEnum):
    """How a run of letters within a cell is set."""

    PLAIN = "plain"
    BOLD = "bold"
    QUIET = "quiet"
    RAISED = "raised"


@dataclass(frozen=True, slots=True)
class Run:
    """Some letters of a cell in one face."""

    text: str
    face: Face = Face.PLAIN


@dataclass(frozen=True, slots=True)
class Rich:
    """A text whose parts are set in different faces."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The letters without their faces."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the workbook, to link to."""

    sheet: str
    row: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address to link to; only http, https and mailto become links."""

    url: str

    @property
    def is_safe(self) -> bool:
        """Whether Excel may be given this address as a link."""
        scheme, colon, rest = self.url.partition(":")
        known = scheme.lower() in {"http", "https", "mailto"}
        return (
            bool(colon and rest)
            and known
            and len(self.url) <= _LONGEST_URL
            and self.url.isprintable()
        )


class Shown(str):
    """A text as ``visible`` gives it, or a part of one: it is written as it is."""

    __slots__ = ()


Plain = str | int | float | date | datetime
Content = Plain | Rich
"""A ``datetime`` is aware and is written in the zone of the book."""


@dataclass(frozen=True, slots=True)
class Styled:
    """A content with another look than its column's, or with a link."""

    content: Content
    look: Look | None = None
    link: Place | WebAddress | None = None


Row = Sequence[Content | Styled | None]
"""A row of cells from the first column on; ``None`` leaves a cell out."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet with its width in points and the look of its cells."""

    width: float
    look: Look = Look.BODY
    tells_whole: bool = False
    """Whether a row says here where its texts stand whole, when it cannot show all of them."""


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet is scrolled and printed. Paper is A3 landscape."""

    frozen_columns: int = 0
    frozen_rows: int = 0
    repeated_rows: tuple[int, int] | None = None
    """First and last row that head every printed page."""
    repeated_columns: int = 0
    by_hand: bool = False
    """Whether its pages are ended by hand, so that headings stay with the rows below them."""
    footer: str = ""
    """Ended with an ellipsis before it reaches the name of the sheet in the middle."""
    footer_end: str = ""
    """What the footer always ends with."""
    header: str = ""
    tab_colour: str | None = None
    right_to_left: bool = False
    """Whether the first column stands at the right."""
    shows_wholes: bool = False
    """Whether texts stand here whole that other rows cannot show; each fits into its row."""
    protected: bool = False
    """Whether only cells with an open look can be changed; there is no password."""


@dataclass(frozen=True, slots=True)
class Series:
    """A series of a chart: one column of numbers with its name in the cell above them."""

    column: int
    colour: str
    name: str
    values: tuple[int, ...]
    """What stands in the cells, for programs that show charts without reading these."""


@dataclass(frozen=True, slots=True)
class BarChart:
    """A horizontal bar chart of some rows of its own sheet; its height follows from the rest."""

    title: str
    first_row: int
    labels: tuple[str, ...]
    """The names of the bars from ``first_row`` on, as they stand in the cells."""
    labels_column: int
    series: tuple[Series, ...]
    at: tuple[int, int]
    """Row and column of its top left corner."""
    width: float
    """In points."""
    stacked: bool = False
    """Whether the series of a row are parts of a whole; else they stand below one another."""
    head_row: int | None = None
    """Row with the names of the series; the one above the first when not given."""
    most: int | None = None
    """The value at the right end, where several charts are to be compared."""

    @property
    def last_row(self) -> int:
        """The row of the last bar."""
        return self.first_row + len(self.labels) - 1


@dataclass(slots=True)
class Escapes:
    """Cells in which control characters were made visible: how many, and where the first are."""

    listed: list[tuple[Place, str]] = field(default_factory=list)
    """Place and the characters as ``U+001B``, in order, for the first cells."""
    cells: int = 0
    characters: int = 0

    def add(self, place: Place, characters: Sequence[str]) -> None:
        """Count one cell, and list it if few are listed yet."""
        self.cells += 1
        self.characters += len(characters)
        if len(self.listed) < _MOST_LISTED:
            shown = " ".join(characters[:_MOST_SIGNS])
            shown += " …" if len(characters) > _MOST_SIGNS else ""
            self.listed.append((place, shown))
