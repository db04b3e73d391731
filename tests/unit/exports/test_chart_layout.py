"""The room that the parts of a bar chart take."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from exports.chart_layout import layout_of, most_bars
from exports.letter_widths import Setting
from exports.line_breaks import lines_of
from exports.sheet_content import BarChart, Series

NAMES = st.lists(st.text(" abW-", max_size=120), min_size=1, max_size=60)
LETTERS = 9.2
"""Points that a line of names takes at 8 points."""


def chart(names: list[str], *, series: int = 1, stacked: bool = False) -> BarChart:
    numbers = [Series(place, "1F4E79", "Name", (1,) * len(names)) for place in range(series)]
    return BarChart("Title", 2, tuple(names), 1, tuple(numbers), (1, 1), 348, stacked=stacked)


@given(NAMES, st.integers(1, 6), st.booleans())
def test_there_is_room_for_every_name_beside_its_bar(
    names: list[str], series: int, stacked: bool
) -> None:
    layout = layout_of(chart(names, series=series, stacked=stacked))

    each = layout.bars.height / len(names)
    for name in names:
        assert lines_of([(name, Setting(8))], layout.bars.left - 8).count * LETTERS < each
    assert layout.bars.width > 100
    assert layout.bars.top + layout.bars.height < layout.legend.top
    assert layout.legend.top + layout.legend.height < layout.height


@given(NAMES, st.integers(100, 600))
def test_a_chart_of_as_many_bars_as_fit_is_no_higher(names: list[str], height: int) -> None:
    count = most_bars(chart(names), height)

    fitting = layout_of(replace(chart(names), labels=tuple(names[:count])))
    assert count >= 1
    assert count == 1 or fitting.height <= height


def test_bars_below_one_another_need_more_room_than_parts_of_one() -> None:
    names = ["Interior", "Labour"]

    stacked, beside = (layout_of(chart(names, series=4, stacked=one)) for one in (True, False))

    assert beside.bars.height > 2 * stacked.bars.height
