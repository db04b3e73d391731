"""Text as a cell can hold it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.cell_text import (
    Direction,
    as_written,
    closed,
    direction_of,
    literal_runs,
    parts,
    restored,
    units,
    unshowable,
    visible,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))
TRICKY_TEXT = st.text(
    st.sampled_from(
        "‹U+01BF›x_\x00\x1b\ud800\ufffe😀aé\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069"
    )
)


@given(ANY_TEXT | TRICKY_TEXT)
def test_visible_text_restores_exactly(text: str) -> None:
    assert restored(visible(text)) == text


@given(ANY_TEXT | TRICKY_TEXT)
def test_visible_text_holds_no_control_character(text: str) -> None:
    shown = visible(text)

    assert unshowable(shown) == []
    assert shown.encode("utf-8").decode("utf-8") == shown


def test_visible_names_the_code_of_each_control_character() -> None:
    assert visible("red\x1b[31m\x00") == "red‹U+001B›[31m‹U+0000›"
    assert unshowable("red\x1b[31m\x00") == ["U+001B", "U+0000"]


def test_visible_leaves_tabs_and_line_breaks() -> None:
    text = "a\tb\r\nc\n"

    assert visible(text) is text


def test_visible_marks_a_text_that_looks_like_an_escape() -> None:
    assert visible("‹U+0041›") == "‹U+2039›U+0041›"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202elive\u202c", "‹U+202E›live‹U+202C›"),
        ("\u202elive", "‹U+202E›live"),
        ("\u202dabc", "‹U+202D›abc"),
        ("\u2067שלום", "‹U+2067›שלום"),
        ("\u202bشبكة\n", "‹U+202B›شبكة\n"),
        ("a\u202cb\u2069", "a‹U+202C›b‹U+2069›"),
        ("\u2066a \u202b b\u2069", "\u2066a ‹U+202B› b\u2069"),
        ("\u202ba \u2067 b\u202c", "‹U+202B›a ‹U+2067› b‹U+202C›"),
    ],
)
def test_visible_shows_what_would_put_letters_in_another_order(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert restored(shown) == text


@pytest.mark.parametrize(
    "text",
    [
        "\u2067שלום (2007)\u2069 and more",
        "The \u202bشبكة (IGC)\u202c met",
        "\u2068\u202bشبكة\u202c\u2069",
        "مرحبا\u200f (2007)\u200e",
    ],
)
def test_visible_leaves_the_direction_of_letters_where_it_is_ended(text: str) -> None:
    assert visible(text) is text


@given(TRICKY_TEXT, st.integers(0, 20))
def test_a_beginning_that_is_closed_has_nothing_to_show(text: str, letters: int) -> None:
    whole = visible(text)

    cut = closed(whole[:letters])

    assert cut.startswith(whole[:letters])
    assert not {"U+202A", "U+202B", "U+2066", "U+2067"} & set(unshowable(cut))


@given(st.integers())
def test_a_whole_number_is_written_alike_whatever_its_type(number: int) -> None:
    assert as_written(number) == number
    assert [type(as_written(one)) for one in (number, float(number % 10**9))] == [int, int]


def test_other_numbers_are_written_as_they_are() -> None:
    assert [as_written(1.5), as_written(float("inf"))] == [1.5, float("inf")]


@given(ANY_TEXT, st.integers(min_value=2, max_value=9))
def test_parts_join_to_the_whole(text: str, limit: int) -> None:
    pieces = parts(text, limit)

    assert "".join(pieces) == text
    assert all(units(piece) <= limit for piece in pieces)


def test_parts_fill_each_cell_in_utf_16_units() -> None:
    pieces = parts("😀" * 20_000)

    assert [units(piece) for piece in pieces] == [32_766, 7_234]


def test_parts_of_a_text_that_just_fits_is_one() -> None:
    assert parts("x" * 32_767) == ["x" * 32_767]
    assert [len(piece) for piece in parts("x" * 32_768)] == [32_767, 1]


@given(st.text(st.sampled_from("_x0041G ")))
def test_literal_runs_hide_every_pattern_that_excel_decodes(text: str) -> None:
    runs = literal_runs(text)

    assert "".join(runs) == text
    assert all(literal_runs(run) == [run] for run in runs)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("شبكة (2007) hello", Direction.LEFT_TO_RIGHT),
        ("مرحبا (2007) hello", Direction.RIGHT_TO_LEFT),
        ("Founded: مرحبا بكم جميعا", Direction.LEFT_TO_RIGHT),
        ("שלום", Direction.RIGHT_TO_LEFT),
        ("• Other names: مرحبا", Direction.LEFT_TO_RIGHT),
        ("Où, déjà? Łódź 2007 …", Direction.OF_THE_PROGRAM),
        ("", Direction.OF_THE_PROGRAM),
    ],
)
def test_direction_is_that_of_the_beginning_and_of_most_letters(
    text: str, direction: Direction
) -> None:
    assert direction_of(text) is direction
