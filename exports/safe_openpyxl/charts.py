"""Bar charts of the rows of a sheet."""

from collections.abc import Sequence

from openpyxl.chart import BarChart as ExcelBarChart
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.drawing.text import Font as ChartFont
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.xml.functions import Element

from exports.cell_text import parts, visible
from exports.chart_layout import NAME_SIZE, TITLE_SIZE, Box, layout_of
from exports.sheet_content import BarChart
from exports.sheet_content import Series as Numbers
from exports.sheet_styles import ACCENT, FONT, INK, RULE, WHITE

_EMU = 12_700
"""Units of a drawing in a point."""
_GAP = 4 * _EMU
_NAME = round(NAME_SIZE * 100)
_TITLE = round(TITLE_SIZE * 100)
"""Sizes of letters in hundredths of a point."""
_DARK = 140
"""Below this lightness (of 255) letters on a colour are white."""


class _Labels(DataLabelList):
    """Labels in a number format of their own; without saying so they take that of the cells."""

    tagname = "dLbls"
    __attrs__ = DataLabelList.__attrs__
    __nested__ = DataLabelList.__nested__
    __elements__ = DataLabelList.__elements__

    def to_tree(  # type: ignore[override]  # openpyxl gives a tag alone
        self, tagname: str | None = None, idx: int | None = None, namespace: str | None = None
    ) -> Element:
        """The labels as XML."""
        tree = super().to_tree(tagname, idx, namespace)
        for number_format in tree.iter("numFmt"):
            number_format.set("sourceLinked", "0")
        return tree


def bar_chart(chart: BarChart, sheet: str) -> ExcelBarChart:
    """A horizontal bar chart, first row on top, values written on the bars."""
    layout = layout_of(chart)
    drawn = ExcelBarChart(barDir="bar", gapWidth=40)
    drawn.title = _chart_title(chart.title)
    drawn.style = 2
    drawn.roundedCorners = False
    if chart.stacked:
        drawn.grouping = "stacked"
        drawn.overlap = 100
    for series in chart.series:
        drawn.series.append(_series(chart, sheet, series))
    drawn.layout = _placed(layout.bars, chart, layout.height, inner=True)
    drawn.x_axis.scaling.orientation = "maxMin"
    drawn.x_axis.delete = False
    drawn.x_axis.tickLblSkip = 1  # or LibreOffice leaves out names that it finds too near
    drawn.x_axis.txPr = _chart_text(_NAME)
    drawn.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=RULE))
    drawn.y_axis.delete = True
    drawn.y_axis.majorGridlines = None
    drawn.y_axis.scaling.min = 0
    drawn.y_axis.scaling.max = chart.most
    drawn.y_axis.number_format = "0"
    drawn.legend = None
    if len(chart.series) > 1:
        drawn.legend = _legend(_placed(layout.legend, chart, layout.height, inner=False))
    drawn.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    row, column = chart.at
    drawn.anchor = OneCellAnchor(  # type: ignore[assignment]  # not only the name of a cell
        _from=AnchorMarker(col=column - 1, row=row - 1, colOff=_GAP, rowOff=_GAP),
        ext=XDRPositiveSize2D(round(chart.width * _EMU), round(layout.height * _EMU)),
    )
    return drawn


def _placed(box: Box, chart: BarChart, height: float, *, inner: bool) -> Layout:
    """Where a part of a chart of that height stands; bars are placed without their names."""
    return Layout(
        manualLayout=ManualLayout(
            layoutTarget="inner" if inner else None,
            xMode="edge",
            yMode="edge",
            x=round(box.left / chart.width, 4),
            y=round(box.top / height, 4),
            w=round(box.width / chart.width, 4),
            h=round(box.height / height, 4),
        )
    )


def _legend(placed: Layout) -> Legend:
    legend = Legend()
    legend.position = "b"
    legend.txPr = _chart_text(_NAME)
    legend.layout = placed
    return legend


def _series(chart: BarChart, sheet: str, numbers: Numbers) -> Series:
    head = chart.head_row if chart.head_row is not None else chart.first_row - 1
    labels_range = _range(sheet, chart.labels_column, chart.first_row, chart.last_row)
    values_range = _range(sheet, numbers.column, chart.first_row, chart.last_row)
    name_range = _range(sheet, numbers.column, head, head)
    values = [NumVal(idx=place, v=value) for place, value in enumerate(numbers.values)]
    cached = NumData(formatCode="0", ptCount=len(values), pt=values)
    series = Series(
        tx=SeriesLabel(strRef=StrRef(name_range, _texts([numbers.name]))),
        cat=AxDataSource(strRef=StrRef(labels_range, _texts(chart.labels))),
        val=NumDataSource(numRef=NumRef(f=values_range, numCache=cached)),
    )
    colour = numbers.colour
    series.graphicalProperties = GraphicalProperties(solidFill=colour)
    labels = _Labels(showVal=True, numFmt="0;;")
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.txPr = _chart_text(_NAME, _on(colour) if chart.stacked else INK)
    labels.position = "ctr" if chart.stacked else "outEnd"
    series.dLbls = labels
    return series


def _texts(texts: Sequence[str]) -> StrData:
    """What stands in cells, for programs that don't look there."""
    shown = [parts(visible(text))[0] for text in texts]
    points = [StrVal(idx=place, v=text) for place, text in enumerate(shown) if text]
    return StrData(ptCount=len(shown), pt=points)


def _range(sheet: str, column: int, first_row: int, last_row: int) -> str:
    letter = get_column_letter(column)
    return f"{quote_sheetname(sheet)}!${letter}${first_row}:${letter}${last_row}"


def _on(fill: str) -> str:
    red, green, blue = (int(fill[place : place + 2], 16) for place in (0, 2, 4))
    return WHITE if red * 0.299 + green * 0.587 + blue * 0.114 < _DARK else INK


def _character(size: int, colour: str, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=colour, latin=ChartFont(typeface=FONT))


def _chart_text(size: int, colour: str = INK) -> RichText:
    properties = ParagraphProperties(defRPr=_character(size, colour))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=_character(size, colour))])


def _chart_title(words: str) -> Title:
    text = RichText(
        p=[
            Paragraph(
                pPr=ParagraphProperties(defRPr=_character(_TITLE, ACCENT, bold=True)),
                r=[RegularTextRun(rPr=_character(_TITLE, ACCENT, bold=True), t=visible(words))],
            )
        ]
    )
    return Title(tx=Text(rich=text), overlay=False)
