"""How high a row must be for its text."""

from hypothesis import given
from hypothesis import strategies as st

from exports.letter_widths import Letters, Setting, widths_of
from exports.line_breaks import Lines, lines_of
from exports.row_height import MAX_HEIGHT, height_of, highest_of, measured
from tests.unit.exports.measured import HAIR, SPARE, measured_cells

WORDS = "The ministry of the interior takes part in every meeting of the process. "
PLAIN = Setting(8)
BOLD = Setting(8, Letters.BOLD)
RAISED = Setting(9.5, raised=True)


def count(text: str, width: float, setting: Setting = PLAIN) -> int:
    return lines_of([(text, setting)], width).count


def test_rows_are_as_high_as_libreoffice_measured_them() -> None:
    cells = measured_cells()

    too_low = [cell for cell in cells if cell.ours < cell.height - HAIR]
    assert len(cells) > 200
    assert too_low == []
    assert sum(cell.ours / cell.height for cell in cells) / len(cells) < SPARE


def test_lines_grow_as_the_column_narrows() -> None:
    assert count(WORDS * 4, 405) == 3
    assert count(WORDS * 4, 85) == 16


def test_lines_count_line_breaks() -> None:
    assert count("a\n\nb", 200) == 3


def test_lines_break_behind_a_hyphen() -> None:
    assert count("inter-regional inter-regional", 70) == 2
    assert count("inter-regional inter-regional", 45) == 4


def test_a_word_wider_than_its_column_is_broken() -> None:
    letters = "x" * 100

    width = widths_of(PLAIN)["x"] * 100 * 0.75

    assert count(letters, 54) == -(-width // 48)


def test_a_space_that_may_not_break_keeps_a_source_beside_its_word() -> None:
    def lines(gap: str) -> Lines:
        source = (f"{gap}[T30]", RAISED)
        return lines_of([("ministries meet", PLAIN), source, (" often together", PLAIN)], 71)

    assert lines(" ") == Lines(2, raised=1)
    assert lines("\u00a0") == Lines(3, raised=1)


def test_bold_and_even_letters_take_more_room() -> None:
    assert count(WORDS * 9, 150, BOLD) > count(WORDS * 9, 150)
    assert count(WORDS * 9, 150, Setting(8, Letters.EVEN)) > count(WORDS * 9, 150, BOLD)


def test_letters_with_accents_are_as_wide_as_without() -> None:
    widths = widths_of(PLAIN)

    assert [widths[letter] for letter in "éàçÉñ"] == [widths[letter] for letter in "eacEn"]


def test_wide_scripts_take_more_room_and_higher_lines() -> None:
    lines = lines_of([("地" * 40, PLAIN)], 100)

    assert lines.wide
    assert lines.count > count("a" * 40, 100)
    assert height_of(lines, 8).close > height_of(Lines(lines.count), 8).close


def test_lines_with_raised_letters_are_higher() -> None:
    plain, raised = height_of(Lines(9), 8), height_of(Lines(9, raised=2), 8)

    assert raised.close > plain.close
    assert raised.fixed > plain.fixed


def test_a_row_is_as_high_as_its_highest_cell() -> None:
    low, high = height_of(Lines(2), 8), height_of(Lines(9), 8)

    assert highest_of([low, high, low]) == high
    assert min(highest_of([])[:3]) > 12


@given(st.text(), st.floats(10, 500), st.sampled_from([7.5, 8, 9, 11]), st.sampled_from(Letters))
def test_a_row_is_never_higher_than_excel_allows_nor_lower_than_its_lines(
    text: str, width: float, size: float, letters: Letters
) -> None:
    lines = lines_of([(text, Setting(size, letters))], width)

    height = height_of(lines, size)

    assert lines.count >= text.count("\n") + 1
    assert all(0 < one <= MAX_HEIGHT for one in height[:3])
    assert height.close == MAX_HEIGHT or height.close > lines.count * size * 1.12


@given(st.text(" ab-\n", max_size=200), st.integers(30, 200))
def test_a_narrower_column_never_takes_fewer_lines(text: str, width: int) -> None:
    assert count(text, width) >= count(text, width + 40)


@given(st.text(" aiW-–\n", max_size=300), st.integers(5, 200))
def test_a_text_of_one_setting_breaks_as_one_of_several(text: str, width: int) -> None:
    # The first is set by whole words, the second letter by letter.
    assert lines_of([(text, PLAIN)], width) == lines_of([(text, PLAIN), ("", BOLD)], width)


def test_lines_beyond_the_most_asked_for_are_not_set() -> None:
    paragraphs = "one two\n" * 50

    assert lines_of([(paragraphs, PLAIN)], 300, most=9).count == 10
    assert lines_of([(WORDS * 500, PLAIN)], 100, most=9).count == 10
    assert lines_of([(WORDS * 500, PLAIN)], 100).count > 500


@given(st.text(" ab\n", min_size=1), st.integers(0, 200), st.integers(30, 200))
def test_lines_do_not_depend_on_how_a_text_is_cut_into_pieces(
    text: str, cut: int, width: int
) -> None:
    whole = lines_of([(text, PLAIN)], width)

    assert lines_of([(text[:cut], PLAIN), (text[cut:], PLAIN)], width) == whole


@given(st.text(" ab-\n", max_size=300), st.integers(30, 200))
def test_no_height_of_a_cell_is_less_than_what_libreoffice_needs(text: str, width: int) -> None:
    height = measured([(text, PLAIN)], width, 8)

    assert height.close <= min(height.highest, height.fixed)
