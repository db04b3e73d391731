"""Where pages of a sheet begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from exports.page_flow import PageFlow

HEAD = 2
"""The first rows, which come back on every page."""
HIGHEST = 100.0
MOST_HEADINGS = 3
"""In a row, of those the tests make."""


@dataclass(frozen=True)
class Row:
    """A row as it is said to be, and as some program makes it."""

    height: float
    share: float
    with_next: bool

    @property
    def printed(self) -> float:
        return self.height * self.share


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[Row], float]:
    """Rows, and room for the longest run of headings with the row below them."""
    given_rows = draw(
        st.lists(
            st.builds(
                Row,
                st.integers(5, int(HIGHEST)),
                st.sampled_from((0.5, 0.8, 1)),
                st.sampled_from((False, False, True)),
            ),
            max_size=40,
        )
    )
    rows: list[Row] = []
    for row in given_rows:
        full = len(rows) >= MOST_HEADINGS and all(one.with_next for one in rows[-MOST_HEADINGS:])
        rows.append(Row(row.height, row.share, row.with_next and not full))
    least = int(HIGHEST) * (HEAD + MOST_HEADINGS + 1)
    return rows, draw(st.integers(least, 3 * least))


def ended(rows: Sequence[Row], room: float) -> set[int]:
    """The rows after which pages are ended by hand."""
    flow = PageFlow(room, (1, HEAD))
    ends = [flow.add(number, row.height, with_next=row.with_next) for number, row in _rows(rows)]
    return {end for end in (*ends, flow.finish()) if end is not None}


def printed(rows: Sequence[Row], room: float, ends: set[int]) -> list[list[int]]:
    """The rows on each page, as a program prints them that ends full pages by itself too."""
    head = sum(row.printed for row in rows[:HEAD])
    pages: list[list[int]] = [[]]
    used = 0.0
    for number, row in _rows(rows):
        if number - 1 in ends or (pages[-1] and used + row.printed > room):
            pages.append([])
            used = head
        pages[-1].append(number)
        used += row.printed
    return pages


def _rows(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    return list(enumerate(rows, 1))


@given(sheets())
@settings(max_examples=60)
def test_no_heading_is_parted_from_the_row_below_it(sheet: tuple[list[Row], float]) -> None:
    rows, room = sheet

    pages = printed(rows, room, ended(rows, room))

    assert [page[-1] for page in pages[:-1] if rows[page[-1] - 1].with_next] == []


@given(sheets())
@settings(max_examples=60)
def test_pages_are_the_same_in_every_program(sheet: tuple[list[Row], float]) -> None:
    rows, room = sheet
    as_said = [Row(row.height, 1.0, row.with_next) for row in rows]

    ends = ended(rows, room)

    assert printed(rows, room, ends) == printed(as_said, room, ends)


@given(sheets())
@settings(max_examples=60)
def test_a_page_is_ended_only_when_what_follows_does_not_fit(
    sheet: tuple[list[Row], float],
) -> None:
    rows, room = sheet
    head = sum(row.height for row in rows[:HEAD])

    pages = printed(rows, room, ended(rows, room))

    for page, following in pairwise(pages):
        block = []
        for number in following:
            block.append(rows[number - 1].height)
            if not rows[number - 1].with_next:
                break
        used = sum(rows[number - 1].height for number in page) + (head if page[0] > 1 else 0)
        assert used + sum(block) > room - 0.001


def test_a_block_that_does_not_fit_begins_a_page() -> None:
    flow = PageFlow(100, None)
    flow.add(1, 70, with_next=False)

    assert flow.end_before(2, 30) is None
    assert flow.end_before(2, 31) == 1
    assert flow.end_before(2, 300) is None


def test_a_row_higher_than_a_page_ends_none_but_the_one_before_it() -> None:
    flow = PageFlow(100, None)

    assert [flow.add(row, 150, with_next=False) for row in (1, 2, 3)] == [None, 1, 2]
