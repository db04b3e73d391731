"""The doorway to Excel: what is written is read back, and nothing becomes what it was not."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from exports.cell_text import restored
from exports.letter_widths import Setting, points_across
from exports.safe_openpyxl import Book, Whole
from exports.sheet_content import (
    BarChart,
    Column,
    Content,
    Face,
    Look,
    Page,
    Place,
    Rich,
    Run,
    Series,
    Shown,
    Styled,
    WebAddress,
)

AS_OF = datetime(2007, 7, 9, 22, 30, tzinfo=UTC)
BRUSSELS = ZoneInfo("Europe/Brussels")
NARROW = (Column(60), Column(60))


def new_book(as_of: datetime = AS_OF, title: str = "A round") -> Book:
    return Book(title=title, as_of=as_of, zone=BRUSSELS)


def saved(book: Book) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def keeping(book: Book, kept: list[str]) -> Callable[[str, Place], Whole]:
    """Keeps texts whole in a list, and their beginnings on a sheet."""
    overflow = book.sheet("Overflow", NARROW, Page(shows_wholes=True))

    def keep(text: str, place: Place) -> Whole:
        kept.append(text)
        row = overflow.append([Shown(text[:100]), place.row])
        return Whole(len(kept), overflow.place(row))

    return keep


def written(contents: Sequence[Content | Styled]) -> Workbook:
    """A workbook with one cell for each content, below one another, read back."""
    with new_book() as book:
        sheet = book.sheet("Texts", [Column(120)], Page())
        book.keep_whole = keeping(book, [])
        for content in contents:
            sheet.append([content])
        return load_workbook(BytesIO(saved(book)))


HAZARDS = [
    "=1+1",
    '=HYPERLINK("https://example.org","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "#N/A",
    "#REF!",
    "TRUE",
    "1e5",
    "007",
    " leading and trailing ",
    "\n",
    "two\nlines",
    "carriage\r\nreturn\r",
    "_x0041_ is not A",
    "_x005F_x0041_",
    "<t>&amp;</t>]]>",
    "مرحبا بالعالم",
    "😀 e\u0301 \u200b",
    "‹U+0041›",
]


@pytest.mark.parametrize("text", HAZARDS)
def test_text_stays_the_text_it_is(text: str) -> None:
    workbook = written([text])

    cell = workbook["Texts"]["A1"]

    assert cell.data_type == "s"
    assert restored(str(cell.value)) == text


@given(st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=20))
@settings(max_examples=20, deadline=None)
def test_any_text_reads_back_equal(texts: list[str]) -> None:
    workbook = written(texts)

    read = [str(row[0].value or "") for row in workbook["Texts"].iter_rows()]

    assert [restored(value) for value in read] == texts
    assert all(row[0].data_type in "sn" for row in workbook["Texts"].iter_rows())


@given(st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=20))
@settings(max_examples=12, deadline=None)
def test_any_rich_text_reads_back_equal(texts: list[str]) -> None:
    faces = list(Face)
    runs = tuple(Run(text, faces[at % len(faces)]) for at, text in enumerate(texts))

    workbook = written([Rich(runs)])

    read = str(workbook["Texts"]["A1"].value or "")
    assert restored(read) == "".join(texts)


def told(text: str | Rich, *, beside: str = "", tells: bool = True) -> tuple[list[object], str]:
    """What stands in a row with a text and in its links, and what was kept of it."""
    kept: list[str] = []
    columns = (Column(60), Column(60, tells_whole=tells))
    with new_book() as book:
        sheet = book.sheet("Texts", columns, Page())
        book.keep_whole = keeping(book, kept)
        sheet.append([text, beside])
        row = load_workbook(BytesIO(saved(book)))["Texts"][1]
    links = [cell.hyperlink and cell.hyperlink.location for cell in row]
    return [*(cell.value for cell in row), *links], "".join(kept)


@pytest.mark.parametrize("text", ["Aa😀" * 25_000, "word " * 2_000, "line\n" * 90])
def test_a_text_that_its_row_cannot_show_is_kept_whole_and_linked(text: str) -> None:
    cells, kept = told(text)

    assert kept == text
    assert cells == [text[:24_575] if "😀" in text else text, "Overflow 1", None, "'Overflow'!A1"]


def test_a_text_that_its_row_can_show_is_kept_nowhere_else() -> None:
    assert told("word " * 60) == (["word " * 60, None, None, None], "")


@pytest.mark.parametrize(("beside", "tells"), [("taken", True), ("", False)])
def test_where_no_cell_is_free_to_tell_it_the_text_says_itself_where_it_is_whole(
    beside: str, tells: bool
) -> None:
    text = "word " * 2_000
    words = "Longer than its row. All of it: Overflow 1\n"

    assert told(text, beside=beside, tells=tells) == (
        [words + text, beside or None, None, None],
        text,
    )
    rich = Rich((Run("Bold ", Face.BOLD), Run(text)))
    assert told(rich, tells=False)[0][0] == f"{words}Bold {text}"


def test_a_text_kept_whole_is_equal_though_it_holds_control_characters() -> None:
    text = "a\x00‹U+0041›\n" * 200

    cells, kept = told(text)

    assert restored(kept) == text
    assert restored(str(cells[0])) == text


def test_joined_cells_are_measured_together_before_a_text_is_called_too_long() -> None:
    kept: list[str] = []
    with new_book() as book:
        sheet = book.sheet("Texts", [Column(100)] * 8, Page())
        book.keep_whole = keeping(book, kept)
        sheet.append(["word " * 500, *[""] * 7], merge=[(1, 8)])
        sheet.append(["word " * 5_000, *[""] * 7], merge=[(1, 8)])

    assert kept == ["word " * 5_000]


def test_without_a_sheet_for_whole_texts_one_longer_than_a_cell_is_refused() -> None:
    with new_book() as book:
        sheet = book.sheet("Texts", NARROW, Page())
        sheet.append(["word " * 2_000])
        with pytest.raises(RuntimeError, match="Texts row 2"):
            sheet.append(["x" * 40_000])


def test_a_row_is_at_least_as_high_as_asked_and_as_its_text_needs() -> None:
    with new_book() as book:
        sheet = book.sheet("Texts", [Column(100)], Page())
        for text in ("", "Band", "A band with a long name " * 6):
            sheet.append([text], look=Look.BAND, merge=[(1, 1)], height=17)
        rows = load_workbook(BytesIO(saved(book)))["Texts"].row_dimensions

    assert [rows[1].height, rows[2].height] == [17, 17]
    assert rows[3].height > 60


def test_control_characters_are_counted_and_listed() -> None:
    with new_book() as book:
        sheet = book.sheet("Texts", NARROW, Page())
        sheet.append(["fine", "a\x00b\x1b"])
        sheet.append([Rich((Run("\x07"), Run("‹U+0041›"))), None])

        escapes = book.escapes

    assert (escapes.cells, escapes.characters) == (2, 3)
    assert escapes.listed == [
        (Place("Texts", 1, 2), "U+0000 U+001B"),
        (Place("Texts", 2, 1), "U+0007"),
    ]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (10**15, "1000000000000000"),
        (12345678901234567, "12345678901234567"),
        (-(10**18), "-1000000000000000000"),
        (1e16, "10000000000000000"),
        (0.1 + 0.2, "0.30000000000000004"),
        (float("inf"), "Infinity"),
        (float("nan"), "NaN"),
    ],
)
def test_numbers_beyond_excel_are_written_as_text(number: float, text: str) -> None:
    workbook = written([number])

    cell = workbook["Texts"]["A1"]

    assert (cell.data_type, cell.value) == ("s", text)


@given(st.integers(-(2**53), 2**53))
@settings(max_examples=20, deadline=None)
def test_a_whole_number_is_the_same_bytes_whatever_its_type(number: int) -> None:
    def of(content: float) -> bytes:
        with new_book() as book:
            book.sheet("Numbers", NARROW, Page()).append([content])
            return saved(book)

    assert of(float(number)) == of(number)


@given(st.integers() | st.floats(allow_nan=False))
@settings(max_examples=20, deadline=None)
def test_any_number_reads_back_equal(number: float) -> None:
    workbook = written([number])

    assert float(workbook["Texts"]["A1"].value) == float(number)


def test_times_are_written_in_the_zone_of_the_book() -> None:
    workbook = written([Styled(AS_OF, Look.TIME)])

    assert workbook["Texts"]["A1"].value == datetime(2007, 7, 10, 0, 30)  # noqa: DTZ001


def test_right_to_left_text_gets_its_reading_order() -> None:
    mixed = Rich((Run("مرحبا [T3]"), Run("\n• A statement in English", Face.QUIET)))
    answer = Styled("مرحبا", Look.ANSWER)
    workbook = written(["مرحبا", "hello", Rich((Run("שלום", Face.BOLD),)), mixed, answer])

    alignments = [row[0].alignment for row in workbook["Texts"].iter_rows()]

    assert [one.readingOrder for one in alignments] == [2, 0, 2, 1, 2]
    assert [one.horizontal for one in alignments] == ["right", None, "right", "left", "right"]


def test_only_safe_addresses_become_links() -> None:
    links = [
        Styled("site", link=WebAddress("https://example.org/a?b=1&c=2")),
        Styled("script", link=WebAddress("javascript:alert(1)")),
        Styled("file", link=WebAddress("file:///etc/passwd")),
        Styled("long", link=WebAddress("https://example.org/" + "x" * 2_000)),
    ]

    workbook = written(links)

    found = [row[0].hyperlink for row in workbook["Texts"].iter_rows()]
    assert [link and link.target for link in found] == [
        "https://example.org/a?b=1&c=2",
        None,
        None,
        None,
    ]


def test_row_height_follows_the_wrapped_text() -> None:
    with new_book() as book:
        sheet = book.sheet("Texts", [Column(100), Column(300)], Page())
        sheet.append(["short", "short"])
        sheet.append(["word " * 60, "short"])
        sheet.append(["word " * 60, None], merge=[(1, 2)])
        sheet.append(["word " * 5_000, "short"])
        workbook = load_workbook(BytesIO(saved(book)))

    heights = [workbook["Texts"].row_dimensions[row].height for row in (1, 2, 3, 4)]

    assert heights[0] < 15
    assert heights[1] > heights[2] * 3
    assert heights[3] == 409


def test_page_is_a3_landscape_with_repeated_head_and_page_numbers() -> None:
    page = Page(frozen_rows=2, frozen_columns=1, repeated_rows=(1, 2), footer="R&D 2007")
    with new_book() as book:
        sheet = book.sheet("Wide", [Column(400), Column(800)], page)
        sheet.append(["a", "b"])
        raw = load_workbook(BytesIO(saved(book)))["Wide"]

    assert (raw.page_setup.paperSize, raw.page_setup.orientation) == (8, "landscape")
    assert (raw.page_setup.fitToWidth, raw.page_setup.fitToHeight) == (1, 0)
    assert raw.print_title_rows == "$1:$2"
    assert raw.freeze_panes == "B3"
    assert raw.print_area == "'Wide'!$A$1:$B$1"
    assert raw.oddFooter is not None
    assert raw.oddFooter.right.text == "Page &P of &N"
    assert raw.oddFooter.left.text == "R&&D 2007"


def test_a_sheet_too_wide_to_read_is_printed_on_several_pages_across() -> None:
    with new_book() as book:
        book.sheet("Wide", [Column(100)] * 30, Page()).append(["a"] * 30)
        raw = load_workbook(BytesIO(saved(book)))["Wide"]

    assert raw.page_setup.fitToWidth == 3


def test_pages_ended_by_hand_are_printed_at_a_scale_that_fits_excels_wider_columns() -> None:
    with new_book() as book:
        book.sheet("Wide", [Column(1215)], Page(by_hand=True)).append(["a"])
        book.sheet("Wider", [Column(243)] * 10, Page(by_hand=True)).append(["a"])
        book.sheet("Narrow", [Column(300)], Page(by_hand=True)).append(["a"])
        workbook = load_workbook(BytesIO(saved(book)))

    scales = [sheet.page_setup.scale for sheet in workbook.worksheets]
    assert scales == [88, 88, 100]
    pages = [sheet.sheet_properties.pageSetUpPr for sheet in workbook.worksheets]
    assert [page and page.fitToPage for page in pages] == [False, False, False]


@given(st.lists(st.integers(1, 40), min_size=30, max_size=60))
@settings(max_examples=15, deadline=None)
def test_a_band_is_on_the_page_of_the_row_below_it(lines: list[int]) -> None:
    bands = set()
    with new_book() as book:
        sheet = book.sheet("Bands", [Column(1215)], Page(by_hand=True, repeated_rows=(1, 1)))
        sheet.append(["Head"], look=Look.HEAD)
        for count in lines:
            if count % 3 == 0:
                bands.add(sheet.append(["Band"], look=Look.BAND, merge=[(1, 1)], height=17))
            sheet.append(["\n".join("x" * count)])
        raw = load_workbook(BytesIO(saved(book)))["Bands"]

    ends = [end.id for end in raw.row_breaks.brk]
    assert ends == sorted(set(ends))
    assert bands.isdisjoint(ends)
    room = 760 / 0.88
    for first, last in pairwise([0, *ends, raw.max_row]):
        heights = [raw.row_dimensions[row].height for row in range(first + 1, last + 1)]
        assert sum(heights) + (first > 0) * raw.row_dimensions[1].height <= room


def test_the_head_of_a_table_comes_again_on_each_of_its_pages() -> None:
    with new_book() as book:
        sheet = book.sheet("Tables", [Column(600), Column(615)], Page(by_hand=True))
        sheet.append(["A title"], look=Look.HEADING)
        sheet.begin_table(["Question", "Number"], Look.HEAD)
        for number in range(150):
            sheet.append([f"row {number}", number])
        sheet.end_table()
        sheet.append(["Another title"], look=Look.HEADING)
        for number in range(150):
            sheet.append([f"line {number}", number])
        raw = load_workbook(BytesIO(saved(book)))["Tables"]

    rows = [row[0].value for row in raw.iter_rows()]
    tops = [rows[end.id] for end in raw.row_breaks.brk]
    assert tops[:2] == ["Question", "Question"]
    assert all(str(top).startswith("line ") for top in tops[2:])
    assert len(tops) >= 4
    assert rows.count("Question") == 3
    assert [row for row in rows if str(row).startswith("row ")] == [f"row {n}" for n in range(150)]


def test_rows_without_joined_cells_may_be_fitted_by_other_programs() -> None:
    with new_book() as book:
        sheet = book.sheet("Texts", [Column(100), Column(100)], Page())
        sheet.append(["word " * 60, "short"])
        sheet.append(["word " * 60, ""], merge=[(1, 2)])
        sheet.append(["word " * 60, "short"], fixed=True)
        sheet.append(["short"], height=20)
        with ZipFile(BytesIO(saved(book))) as archive:
            xml = archive.read("xl/worksheets/sheet1.xml").decode()

    by_hand = re.findall(r"<row r=.(\d). ht=.[\d.]+. customHeight=.1.>", xml)
    assert by_hand == ["2", "3", "4"]


def test_titles_from_people_make_no_invalid_file() -> None:
    with new_book(title="A\x00 <round> & more") as book:
        book.sheet("x:y/[z]", NARROW, Page(footer="\x07&P\n" * 90)).append(["a"])
        workbook = load_workbook(BytesIO(saved(book)))

    assert workbook.sheetnames == ["x-y--z-"]
    assert workbook.properties.title == "A‹U+0000› <round> & more"


def test_a_footer_ends_before_the_name_of_the_sheet_and_keeps_its_end() -> None:
    with new_book() as book:
        page = Page(footer="A very long title & more " * 40, footer_end=", as of today")
        book.sheet("Response status", NARROW, page).append(["a"])
        line = load_workbook(BytesIO(saved(book)))["Response status"].oddFooter

    assert line is not None
    footer = str(line.left.text).replace("&&", "&")
    assert footer.endswith("…, as of today")
    half = (1134 - points_across("Response status", Setting(8))) / 2
    assert half - 50 < points_across(footer, Setting(8)) < half
    assert len(footer) <= 200


def chart_of(*charts: BarChart) -> list[str]:
    """The XML of charts on a sheet with two rows below a head."""
    with new_book() as book:
        sheet = book.sheet("It's a sheet", [Column(60)] * 3, Page())
        sheet.append(["Option", "All"])
        sheet.append(["Yes", 3])
        sheet.append(["No\x01", 0])
        for chart in charts:
            sheet.add_chart(chart)
        data = saved(book)
    with ZipFile(BytesIO(data)) as archive:
        return [
            archive.read(f"xl/charts/chart{number}.xml").decode()
            for number in range(1, len(charts) + 1)
        ]


BARS = Series(2, "1F4E79", "All", (3, 0))
CHART = BarChart("Q\x01", 2, ("Yes", "No\x01"), 1, (BARS,), at=(1, 3), width=200)


def test_chart_shows_the_rows_it_names() -> None:
    (chart,) = chart_of(CHART)

    assert "'It''s a sheet'!$B$2:$B$3" in chart
    assert "'It''s a sheet'!$A$2:$A$3" in chart
    assert "Q‹U+0001›" in chart


def test_chart_holds_what_its_cells_hold_for_those_who_do_not_look_there() -> None:
    (chart,) = chart_of(CHART)

    words = re.findall(r"<strCache>(.*?)</strCache>", chart)
    numbers = re.findall(r"<numCache>(.*?)</numCache>", chart)
    assert [re.findall(r"<v>(.*?)</v>", cache) for cache in words] == [
        ["All"],
        ["Yes", "No‹U+0001›"],
    ]
    assert [[float(v) for v in re.findall(r"<v>(.*?)</v>", cache)] for cache in numbers] == [[3, 0]]
    assert [re.findall(r'<ptCount val="(\d+)"', cache) for cache in words] == [["1"], ["2"]]


def test_every_bar_has_its_name_and_parts_of_a_whole_are_stacked() -> None:
    two = (BARS, Series(3, "5B9BD5", "Others", (1, 1)))
    parts, beside = chart_of(
        replace(CHART, series=two, stacked=True), replace(CHART, series=two, stacked=False)
    )

    assert '<tickLblSkip val="1"' in parts
    assert '<tickLblSkip val="1"' in beside
    assert '<grouping val="stacked"' in parts
    assert '<overlap val="100"' in parts
    assert '<grouping val="clustered"' in beside
    assert "overlap" not in beside


def test_the_same_content_gives_the_same_bytes() -> None:
    def build() -> bytes:
        with new_book() as book:
            sheet = book.sheet("Texts", NARROW, Page())
            sheet.append([Styled("a", Look.HEAD, WebAddress("https://example.org")), "b"])
            sheet.append([1, Styled(AS_OF, Look.TIME)], merge=[(1, 2)])
            return saved(book)

    assert build() == build()


def test_no_time_in_the_file_is_that_of_its_making() -> None:
    with new_book() as book:
        book.sheet("Texts", NARROW, Page()).append(["a"])
        data = saved(book)

    with ZipFile(BytesIO(data)) as archive:
        stamps = {entry.date_time for entry in archive.infolist()}
        properties = archive.read("docProps/core.xml").decode()

    assert stamps == {(1980, 1, 1, 0, 0, 0)}
    assert properties.count("2007-07-09T22:30:00Z") == 2


def test_a_time_before_zip_began_is_no_error() -> None:
    with new_book(as_of=datetime(1951, 12, 5, tzinfo=UTC)) as book:
        book.sheet("Texts", NARROW, Page()).append(["a"])

        assert load_workbook(BytesIO(saved(book)))["Texts"]["A1"].value == "a"


def test_a_book_left_by_an_error_leaves_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail() -> None:
        with new_book() as book:
            book.sheet("Texts", NARROW, Page()).append(["a"])
            assert list(tmp_path.iterdir())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert list(tmp_path.iterdir()) == []
