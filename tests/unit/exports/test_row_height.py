"""How high a row must be for its text."""

from hypothesis import given
from hypothesis import strategies as st

from exports.row_height import MAX_HEIGHT, height_of, lines_of, text_width

WORDS = "The ministry of the interior takes part in every meeting of the process. "


def test_lines_grow_as_the_column_narrows() -> None:
    wide, narrow = lines_of(WORDS * 4, 400, 8), lines_of(WORDS * 4, 80, 8)

    assert wide == 3
    assert narrow == 14


def test_lines_count_line_breaks() -> None:
    assert lines_of("a\n\nb", 200, 8) == 3


def test_a_word_wider_than_its_column_is_broken() -> None:
    word = "x" * 100

    assert lines_of(word, 50, 8) == -(-int(text_width(word, 8)) // 50)


def test_long_text_is_estimated_near_what_setting_every_word_gives() -> None:
    words = WORDS * 20

    assert len(words) < 1_500
    assert abs(lines_of(words, 200, 8) * 2 - lines_of(words * 2, 200, 8)) <= 4


def test_wide_scripts_take_more_room() -> None:
    assert lines_of("地" * 40, 100, 8) > lines_of("a" * 40, 100, 8)


@given(st.text(), st.floats(10, 500), st.floats(6, 12))
def test_a_row_is_never_higher_than_excel_allows(text: str, width: float, size: float) -> None:
    lines = lines_of(text, width, size)

    assert lines >= text.count("\n") + 1
    assert 0 < height_of(lines, size) <= MAX_HEIGHT
