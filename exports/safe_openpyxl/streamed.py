"""openpyxl's write-only workbook, made to write what it is given and nothing it guesses."""

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Self

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.chart._chart import ChartBase
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles.named_styles import NamedStyle
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
from openpyxl.xml.constants import XML_NS
from openpyxl.xml.functions import Element

from exports.sheet_styles import normal_font

SPACE = f"{{{XML_NS}}}space"


class Letters(CellRichText):
    """Rich text whose runs keep the spaces and line breaks at their ends."""

    def to_tree(self) -> Element:
        """The runs as XML."""
        tree = super().to_tree()
        for text in tree.iter("t"):
            text.set(SPACE, "preserve")
        return tree


class StreamedCell(Cell):
    """A cell that is written with what it holds; ``=1+1`` and ``#N/A`` stay texts."""

    __slots__ = ()
    _value: object

    def hold(self, value: object, data_type: str) -> Self:
        """Take a value with Excel's type of it: ``s`` text, ``n`` number, ``d`` time."""
        self._value = value
        self.data_type = data_type
        return self


class StreamedSheet(WriteOnlyWorksheet):
    """A sheet that takes rows of ready cells and forgets them once they are written."""

    row_dimensions: dict[int, dict[str, str]]
    """Attributes of the row that is being written."""
    column_dimensions: DimensionHolder[str, ColumnDimension]
    page_setup: PrintPageSetup
    page_margins: PageMargins
    print_options: PrintOptions
    sheet_properties: WorksheetProperties
    merged_cells: MultiCellRange
    auto_filter: AutoFilter
    row_breaks: RowBreak
    conditional_formatting: ConditionalFormattingList
    _charts: list[ChartBase]
    _writer: WorksheetWriter | None
    _rows: Generator[None, list[StreamedCell], None] | None

    def __init__(self, parent: Workbook, title: str) -> None:
        super().__init__(parent, title)
        self.row_dimensions = {}

    def write(self, row: int, cells: list[StreamedCell], height: float) -> None:
        """Write the next row with a height in points."""
        self.row_dimensions[row] = {"ht": f"{height:g}", "customHeight": "1"}
        self.append(cells)
        del self.row_dimensions[row]

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

    def _values_to_row(self, values: Sequence[StreamedCell], row: int) -> Sequence[StreamedCell]:
        for cell in values:
            cell.row = row
            if cell.hyperlink is not None:
                cell.hyperlink.ref = cell.coordinate
        return values


class StreamedWorkbook(Workbook):
    """A write-only workbook set in our font from its normal style on."""

    _fonts: IndexedList[object]
    _named_styles: list[NamedStyle]
    _sheets: list[StreamedSheet]

    def __init__(self, properties: DocumentProperties) -> None:
        super().__init__(write_only=True)
        self._fonts[0] = normal_font()
        self._named_styles[0].font = normal_font()
        self.properties = properties
        self.calculation = CalcProperties(fullCalcOnLoad=False)

    def add(self, name: str) -> StreamedSheet:
        """A new sheet after the others."""
        sheet = StreamedSheet(self, name)
        self._sheets.append(sheet)
        return sheet

    def discard(self) -> None:
        """Remove the temporary files of a workbook that was not saved."""
        for sheet in self._sheets:
            sheet.discard()
