"""Names of sheets that Excel accepts."""

from hypothesis import given
from hypothesis import strategies as st

from exports.cell_text import units
from exports.sheet_names import sheet_name


@given(st.lists(st.text(st.characters(exclude_categories=())), max_size=12))
def test_sheet_names_are_acceptable_and_unique(wanted: list[str]) -> None:
    taken: list[str] = []

    for name in wanted:
        taken.append(sheet_name(name, taken))

    assert len({name.casefold() for name in taken}) == len(wanted)
    for name in taken:
        assert 1 <= units(name) <= 31
        assert not set(name) & set("[]:*?/\\\r\n\t\x00")
        assert name.strip("' ") == name
        assert name.casefold() != "history"


def test_sheet_name_replaces_forbidden_signs() -> None:
    assert sheet_name("Annex B: 2006/2007 [draft]?") == "Annex B- 2006-2007 -draft--"


def test_sheet_name_that_differs_in_case_alone_gets_a_number() -> None:
    assert sheet_name("ANSWERS", ["Answers"]) == "ANSWERS (2)"


def test_sheet_name_keeps_its_number_when_it_is_long() -> None:
    long = "A name of a sheet that goes on and on"

    second = sheet_name(long, [sheet_name(long)])

    assert second == "A name of a sheet that goes (2)"


def test_sheet_name_without_letters_is_given_one() -> None:
    assert sheet_name(" '' ") == "Sheet"
