"""How much room the parts of a bar chart need, so that every bar has its name beside it."""

from dataclasses import dataclass

from exports.letter_widths import Letters, Setting, points_across
from exports.line_breaks import lines_of
from exports.sheet_content import BarChart

NAME_SIZE = 8.0
TITLE_SIZE = 9.0
_NAMES = Setting(NAME_SIZE)
_TITLE = Setting(TITLE_SIZE, Letters.BOLD)
_LINE = 9.6
"""Points from one line of a name to the next."""
_BETWEEN = 2.9
_BAR = 8.0
"""Height of one bar of several beside one another, so that its number stands in it."""
_EDGE = 8.0
_TITLE_LINE = 12.0
_KEY = 24.0
"""Beside the words of a legend."""
_LEGEND_LINE = 12.0
_NUMBER = 26.0
"""At the right of the longest bar."""
_SHARE, _LARGER_SHARE = 0.5, 0.58
"""Of the width, at most for names; the larger one where they would take many lines."""
_MANY_LINES = 2


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a chart, in points from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """How high a chart is, and where its parts stand; names are at the left of the bars."""

    height: float
    bars: Box
    legend: Box


def layout_of(chart: BarChart) -> ChartLayout:
    """Room for each name in full, for a number beside each bar, and for title and legend."""
    names, left = _names(chart)
    beside = 1 if chart.stacked else len(chart.series)
    each = max(names * _LINE + _BETWEEN, beside * _BAR + 2 * _BETWEEN)
    title_lines = lines_of([(chart.title, _TITLE)], chart.width - 4 * _EDGE).count
    top = title_lines * _TITLE_LINE + 2 * _EDGE
    bars = Box(left, top, chart.width - left - _NUMBER, each * len(chart.labels))
    legend = Box(_EDGE, top + bars.height + _EDGE, chart.width - 2 * _EDGE, _legend(chart))
    return ChartLayout(legend.top + legend.height + _EDGE, bars, legend)


def most_bars(chart: BarChart, height: float) -> int:
    """How many of its bars a chart can show that is at most so high; one in any case."""
    layout = layout_of(chart)
    others = layout.height - layout.bars.height
    each = layout.bars.height / len(chart.labels)
    return max(1, int((height - others) / each))


def _names(chart: BarChart) -> tuple[int, float]:
    """The lines that the longest name takes, and where the bars begin."""
    longest = max(points_across(name, _NAMES) for name in chart.labels)
    share = _SHARE if longest <= _MANY_LINES * chart.width * _SHARE else _LARGER_SHARE
    room = min(longest + _EDGE, chart.width * share)
    lines = max(lines_of([(name, _NAMES)], room).count for name in chart.labels)
    return lines, room + _EDGE


def _legend(chart: BarChart) -> float:
    if len(chart.series) == 1:
        return 0.0
    room = chart.width - _KEY - 2 * _EDGE
    lines = sum(lines_of([(series.name, _NAMES)], room).count for series in chart.series)
    return lines * _LEGEND_LINE + _EDGE
