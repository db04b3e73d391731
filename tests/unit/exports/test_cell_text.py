"""Text as a cell can hold it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.cell_text import (
    Direction,
    direction_of,
    literal_runs,
    parts,
    restored,
    units,
    unshowable,
    visible,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))
TRICKY_TEXT = st.text(st.sampled_from("‹U+01BF›x_\x00\x1b\ud800\ufffe😀aé"))


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
