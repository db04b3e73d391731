"""openpyxl's write-only workbook, made to write what it is given and nothing it guesses."""

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple, Protocol

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.chart._chart import ChartBase
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.styles.named_styles import NamedStyle
from openpyxl.styles.protection import Protection
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.dimensions import ColumnDimension, DimensionHolder
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.page import PageMargins, PrintOptions, PrintPageSetup
from openpyxl.worksheet.pagebreak import RowBreak
from openpyxl.worksheet.properties import WorksheetProperties
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.xml.constants import REL_NS, XML_NS
from openpyxl.xml.functions import Element, SubElement

from exports.cell_text import Direction
from exports.sheet_content import Look
from exports.sheet_styles import (
    LOOKS,
    alignment_of,
    border_of,
    fill_of,
    font_of,
    normal_font,
)

SPACE = f"{{{XML_NS}}}space"
_RELATION = f"{{{REL_NS}}}id"


class Letters(CellRichText):
    """Rich text whose runs keep the spaces and line breaks at their ends."""

    def to_tree(self) -> Element:
        """The runs as XML."""
        tree = super().to_tree()
        for text in tree.iter("t"):
            text.set(SPACE, "preserve")
        return tree


_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # Excel knows no zones
_child: Callable[..., Element] = SubElement
"""The stubs take ``SubElement`` for a function that makes a whole tree."""

Held = str | Letters | int | float | date | datetime | None
"""What a cell may hold; a time is without zone."""


class StreamedCell(NamedTuple):
    """What is written into one cell, as it is: ``=1+1`` and ``#N/A`` stay texts."""

    letter: str
    style: str
    value: Held


class SheetLink(NamedTuple):
    """A cell that leads to a place in the workbook or to an address."""

    reference: str
    location: str | None
    url: str | None


class _XmlFile(Protocol):
    """What lxml and et_xmlfile both give to write XML into."""

    def element(self, tag: str) -> AbstractContextManager[object]:
        """An element to write others into."""

    def write(self, element: Element) -> None:
        """Write an element."""


class _Writer(WorksheetWriter):
    """Writes links one by one: a sheet of answers may have tens of thousands.

    openpyxl makes a tree of them all, and takes ten times as long.
    """

    ws: "StreamedSheet"
    _rels: RelationshipList

    def write_hyperlinks(self) -> None:
        """The links of the sheet as XML."""
        links = self.ws.links
        if not links:
            return
        stream = _file_of(self)
        with stream.element("hyperlinks"):
            for link in links:
                element = Element("hyperlink", ref=link.reference)
                if link.location is not None:
                    element.set("location", link.location)
                if link.url is not None:
                    identity = f"rId{len(self._rels) + 1}"
                    relation = Relationship(
                        identity, type="hyperlink", Target=link.url, TargetMode="External"
                    )
                    self._rels.append(relation)
                    element.set(_RELATION, identity)
                stream.write(element)
        self.xf.send(None)


class StreamedSheet(WriteOnlyWorksheet):
    """A sheet that writes each row at once and forgets it.

    openpyxl's own way takes a cell for what its value looks like, and twice the time.
    """

    column_dimensions: DimensionHolder[str, ColumnDimension]
    page_setup: PrintPageSetup
    page_margins: PageMargins
    print_options: PrintOptions
    sheet_properties: WorksheetProperties
    merged_cells: MultiCellRange
    auto_filter: AutoFilter
    row_breaks: RowBreak
    conditional_formatting: ConditionalFormattingList
    protection: SheetProtection
    _charts: list[ChartBase]
    _writer: _Writer | None
    _rows: Generator[None, Element | None, None] | None

    def __init__(self, parent: Workbook, title: str) -> None:
        super().__init__(parent, title)
        self.links: list[SheetLink] = []
        """In the order of their cells."""

    def write(self, row: int, cells: Sequence[StreamedCell], height: float, *, fixed: bool) -> None:
        """Write the next row with a height in points; Excel fits it to its text unless fixed."""
        number = str(row)
        element = Element("row", r=number, ht=f"{height:g}")
        if fixed:
            element.set("customHeight", "1")
        for cell in cells:
            _add_cell(element, cell, number)
        self._open().send(element)

    def link(self, reference: str, *, location: str | None = None, url: str | None = None) -> None:
        """Link a cell to a place in the workbook or to an address."""
        self.links.append(SheetLink(reference, location, url))

    def show(self, chart: ChartBase) -> None:
        """Put a chart where its anchor says."""
        self._charts.append(chart)

    def discard(self) -> None:
        """Remove the temporary file of a sheet that was not saved."""
        if self._writer is None or not Path(str(self._writer.out)).exists():
            return
        if self._rows is not None:
            self._rows.close()
        self._writer.close()
        self._writer.cleanup()

    def _open(self) -> Generator[None, Element | None, None]:
        if self._writer is None:
            self._writer = _Writer(self)
            self._writer.write_top()
        if self._rows is None:
            self._rows = self._write_elements(self._writer)
            next(self._rows)
        return self._rows

    def _write_elements(self, writer: WorksheetWriter) -> Generator[None, Element | None, None]:
        stream = _file_of(writer)
        with stream.element("sheetData"), suppress(GeneratorExit):
            while True:
                row = yield
                if row is not None:
                    stream.write(row)
        writer.xf.send(None)


def _file_of(writer: WorksheetWriter) -> _XmlFile:
    stream: _XmlFile | None = writer.xf.send(True)  # openpyxl's word for: hand me the file
    if stream is None:
        raise RuntimeError("openpyxl gave no file to write into")
    return stream


def _add_cell(row: Element, cell: StreamedCell, number: str) -> None:
    letter, style, value = cell
    place = letter + number
    match value:
        case str():
            text = _child(_child(_child(row, "c", r=place, s=style, t="inlineStr"), "is"), "t")
            if value[:1].isspace() or value[-1:].isspace():
                text.set(SPACE, "preserve")
            text.text = value
        case None:
            _child(row, "c", r=place, s=style)
        case Letters():
            _child(row, "c", r=place, s=style, t="inlineStr").append(value.to_tree())
        case datetime() | date():
            _child(_child(row, "c", r=place, s=style), "v").text = repr(_serial(value))
        case int() | float():
            _child(_child(row, "c", r=place, s=style), "v").text = repr(value)


def _serial(moment: date) -> float:
    """Excel's number for a time: days since the end of 1899."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment - _EPOCH).total_seconds() / 86_400


class StreamedWorkbook(Workbook):
    """A write-only workbook set in our font from its normal style on."""

    _fonts: IndexedList[object]
    _named_styles: list[NamedStyle]
    _sheets: list[StreamedSheet]
    _styles: dict[tuple[Look, Direction], str]

    def __init__(self, properties: DocumentProperties) -> None:
        super().__init__(write_only=True)
        self._fonts[0] = normal_font()
        self._named_styles[0].font = normal_font()
        self._styles = {}
        self.properties = properties
        self.calculation = CalcProperties(fullCalcOnLoad=False)

    def add(self, name: str) -> StreamedSheet:
        """A new sheet after the others."""
        sheet = StreamedSheet(self, name)
        self._sheets.append(sheet)
        return sheet

    def style(self, sheet: StreamedSheet, look: Look, direction: Direction) -> str:
        """The number of the style of a look, made when it is first used."""
        key = look, direction
        known = self._styles.get(key)
        if known is None:
            cell = Cell(sheet, 1, 1)
            cell.font = font_of(look)
            cell.fill = fill_of(look)
            cell.border = border_of(look)
            cell.alignment = alignment_of(look, direction)
            cell.number_format = LOOKS[look].number_format
            if LOOKS[look].is_open:
                cell.protection = Protection(locked=False)
            known = self._styles[key] = str(cell.style_id)
        return known

    def discard(self) -> None:
        """Remove the temporary files of a workbook that was not saved."""
        for sheet in self._sheets:
            sheet.discard()
