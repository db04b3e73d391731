"""A form goes out to a translator and comes back: nothing is lost, and every fault has its cell."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.translation_workbook import write_translation
from questionnaires.loading import read_definition
from questionnaires.models import Definition
from questionnaires.problems import Severity
from questionnaires.translation import (
    ReturnedTranslation,
    coverage,
    read_translation,
    texts_of,
    with_texts,
)
from tests.unit.questionnaires.generated import definitions

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
FERRIES = """
settings: {form_id: ferries, version: "1", form_title: Ferries, languages: [en, fr]}
choices:
  traffic:
    - {name: cars, label: {en: Motor cars, fr: Voitures}}
    - {name: bikes, label: Bicycles}
survey:
  - name: section_a
    label: Traffic
    children:
      - name: traffic
        type: select_multiple traffic
        label: What crosses?
        hint: Choose up to 3 of them.
        code: A1
"""
ROWS = {
    "settings.form_title": 2,
    "choices.traffic.cars.label": 3,
    "choices.traffic.bikes.label": 4,
    "section_a.label": 5,
    "traffic.label": 6,
    "traffic.hint": 7,
}
"""The row of each text in the sheet."""
Edit = Callable[[Worksheet], object]


@pytest.fixture(scope="module")
def ferries() -> Definition:
    definition, problems = read_definition(FERRIES, source="ferries")
    assert definition is not None, problems
    return definition


def written(definition: Definition, language: str = "fr") -> bytes:
    stream = BytesIO()
    write_translation(definition, language, stream, as_of=AS_OF)
    return stream.getvalue()


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def returned(definition: Definition, *edits: Edit, language: str = "fr") -> ReturnedTranslation:
    """What comes back when somebody has edited the sheet of texts."""
    book = opened(written(definition, language))
    for edit in edits:
        edit(book["Translation"])
    stream = BytesIO()
    book.save(stream)
    return read_translation(definition, "back.xlsx", stream.getvalue())


def fill(**texts: str) -> Edit:
    """Translate texts, whose ids are written with two underscores for a point."""

    def edit(sheet: Worksheet) -> None:
        for name, words in texts.items():
            sheet.cell(ROWS[name.replace("__", ".")], 3).value = words

    return edit


def faults(result: ReturnedTranslation) -> list[tuple[str, str]]:
    return [
        (problem.place, problem.code)
        for problem in result.problems
        if problem.severity is Severity.ERROR
    ]


def test_sheet_has_a_row_for_each_text(ferries: Definition) -> None:
    sheet = opened(written(ferries))["Translation"]

    head, *rows = sheet.iter_rows(values_only=True)
    assert head == (
        "Where it stands",
        "Source: English (en)",
        "Translation: French (fr)",
        "To do",
        "Remarks",
        "Id",
        "Mark of the source",
    )
    assert [(row[1], row[2], row[3], row[5]) for row in rows] == [
        ("Ferries", None, "Translate", "settings.form_title"),
        ("Motor cars", "Voitures", None, "choices.traffic.cars.label"),
        ("Bicycles", None, "Translate", "choices.traffic.bikes.label"),
        ("Traffic", None, "Translate", "section_a.label"),
        ("What crosses?", None, "Translate", "traffic.label"),
        ("Choose up to 3 of them.", None, "Translate", "traffic.hint"),
    ]


def test_only_translations_and_remarks_can_be_changed(ferries: Definition) -> None:
    sheet = opened(written(ferries))["Translation"]

    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert [cell.protection.locked for cell in sheet[3]] == [
        True,
        True,
        False,
        True,
        False,
        True,
        True,
    ]
    assert sheet["C3"].alignment.wrap_text
    assert sheet["C3"].number_format == "@"


@pytest.mark.parametrize(("language", "turned"), [("ar", True), ("fa", True), ("fr", False)])
def test_sheet_runs_from_right_to_left_as_its_language_does(
    ferries: Definition, language: str, turned: bool
) -> None:
    book = opened(written(ferries, language))

    assert bool(book["Translation"].sheet_view.rightToLeft) is turned
    assert not book["Read me first"].sheet_view.rightToLeft


def test_cover_says_what_to_do_and_how_far_it_is(ferries: Definition) -> None:
    sheet = opened(written(ferries, "ar"))["Read me first"]
    words = [[value for value in row if value] for row in sheet.iter_rows(values_only=True)]

    assert ["Translation into Arabic"] in words
    assert ["Form", "ferries"] in words
    assert ["Into", "Arabic, written from right to left"] in words
    assert ["Translated so far", "0 of 6 texts"] in words
    (second,) = (row[1] for row in words if row and row[0] == "2")
    assert str(second).startswith("Write into the yellow cells.")


def test_text_whose_source_has_changed_is_marked(ferries: Definition) -> None:
    newer = with_texts(ferries, "en", {"choices.traffic.cars.label": "Cars"})
    stream = BytesIO()

    write_translation(newer, "fr", stream, as_of=AS_OF, since=ferries)

    book = opened(stream.getvalue())
    assert book["Translation"]["D3"].value == "Check: the source has changed"
    assert book["Read me first"]["B8"].value == "1 of 6 texts; 1 to be checked again"


def test_form_is_not_translated_into_its_own_language(ferries: Definition) -> None:
    with pytest.raises(ValueError, match="written in English"):
        written(ferries, "en")


def test_same_form_gives_the_same_bytes(ferries: Definition) -> None:
    assert written(ferries) == written(ferries)


@settings(max_examples=12, deadline=None)
@given(definition=definitions())
def test_workbook_that_comes_back_as_it_went_changes_nothing(definition: Definition) -> None:
    for language in ("fr", "ar"):
        if language == definition.settings.default_language:
            continue
        result = read_translation(definition, "back.xlsx", written(definition, language))

        assert result.language == language
        assert (result.texts, result.problems) == ({}, ())
        assert result.applied(definition) == definition


def test_filled_workbook_comes_back_exactly(ferries: Definition) -> None:
    said = {
        "settings__form_title": "=Bacs",
        "choices__traffic__bikes__label": "_xABCD_\nvélos",
        "section_a__label": "«Trafic» 👍",
        "traffic__label": "Qu'est-ce qui traverse ?",
        "traffic__hint": "Choisissez-en 3 au plus.",
    }
    whole = with_texts(ferries, "fr", {key.replace("__", "."): said[key] for key in said})

    result = read_translation(ferries, "back.xlsx", written(whole))

    assert result.problems == ()
    assert result.unchanged == 1
    assert result.applied(ferries) == whole
    assert coverage(result.applied(ferries), "fr").is_complete


def test_edited_cells_are_taken_and_others_stay(ferries: Definition) -> None:
    result = returned(ferries, fill(traffic__label=" Qui traverse ?\r\n"))

    assert result.texts == {"traffic.label": "Qui traverse ?"}
    assert (result.unchanged, result.empty) == (1, 4)
    assert result.problems == ()


def test_nothing_of_a_row_with_a_fault_is_taken_and_everything_else_is(
    ferries: Definition,
) -> None:
    result = returned(
        ferries,
        fill(traffic__label="Qui ?", traffic__hint="Choisissez.", section_a__label="<b>Trafic</b>"),
    )

    assert result.texts == {"traffic.label": "Qui ?"}
    assert faults(result) == [
        ("Translation, row 5, column C", "markup"),
        ("Translation, row 7, column C", "number-mismatch"),
    ]
    assert all(problem.mend for problem in result.problems)


def test_warning_does_not_keep_a_row_out(ferries: Definition) -> None:
    result = returned(ferries, fill(choices__traffic__bikes__label="Bicycles"))

    assert result.texts == {"choices.traffic.bikes.label": "Bicycles"}
    assert [problem.code for problem in result.problems] == ["untranslated"]


def test_ids_that_are_unknown_missing_or_twice_are_told(ferries: Definition) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["F2"] = "settings.title"
        sheet["F3"] = None
        sheet["F5"] = "traffic.label"

    said = fill(settings__form_title="Bacs", section_a__label="Trafic", traffic__label="Qui ?")

    result = returned(ferries, said, edit)

    assert result.texts == {}
    assert faults(result) == [
        ("Translation, row 2, column F", "unknown-id"),
        ("Translation, row 3, column F", "no-id"),
        ("Translation, row 5, column F", "duplicate-id"),
        ("Translation, row 6, column F", "duplicate-id"),
    ]


def test_translation_of_a_source_that_has_changed_is_not_taken(ferries: Definition) -> None:
    whole = with_texts(ferries, "fr", {"traffic.label": "Qui ?", "traffic.hint": "Au plus 3."})
    newer = with_texts(ferries, "en", {"traffic.label": "What may cross?"})

    result = read_translation(newer, "back.xlsx", written(whole))

    assert result.texts == {"traffic.hint": "Au plus 3."}
    assert faults(result) == [("Translation, row 6, column C", "changed-source")]
    assert "«What may cross?»" in result.problems[0].message


def test_source_is_compared_where_the_mark_was_deleted(ferries: Definition) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.delete_cols(7)
        sheet["B5"] = "Another source"

    result = returned(ferries, fill(traffic__label="Qui ?", section_a__label="Trafic"), edit)

    assert result.texts == {"traffic.label": "Qui ?"}
    assert faults(result) == [("Translation, row 5, column C", "changed-source")]


def test_formula_is_not_taken(ferries: Definition) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["C6"] = '=CONCATENATE("Qui", " ?")'
        sheet["C6"].data_type = "f"
        sheet["B7"] = "=1+1"

    result = returned(ferries, fill(traffic__hint="Au plus 3."), edit)

    assert result.texts == {"traffic.hint": "Au plus 3."}
    assert faults(result) == [("Translation, row 6, column C", "formula-without-value")]


def test_merged_cells_are_not_taken(ferries: Definition) -> None:
    result = returned(
        ferries,
        fill(section_a__label="Trafic", traffic__label="Qui ?", traffic__hint="Au plus 3."),
        lambda sheet: sheet.merge_cells("C5:D6"),
        lambda sheet: sheet.merge_cells("D7:E7"),
    )

    assert result.texts == {"traffic.hint": "Au plus 3."}
    assert faults(result) == [
        ("Translation, row 5, column C", "merged-cells"),
        ("Translation, row 6, column C", "merged-cells"),
    ]


def test_cell_that_was_emptied_keeps_what_the_form_has(ferries: Definition) -> None:
    result = returned(ferries, lambda sheet: sheet.cell(3, 3, " "))

    assert [problem.code for problem in result.problems] == ["emptied"]
    assert result.applied(ferries) == ferries


def test_options_that_read_alike_are_not_taken(ferries: Definition) -> None:
    result = returned(ferries, fill(choices__traffic__bikes__label="voitures"))

    assert result.texts == {}
    assert faults(result) == [("Translation, row 4, column C", "same-options")]


def test_rows_may_come_in_any_order(ferries: Definition) -> None:
    result = returned(
        ferries,
        fill(settings__form_title="Bacs", traffic__hint="Au plus 3."),
        lambda sheet: sheet.move_range("A2:G2", rows=8),
        lambda sheet: sheet.insert_cols(1),
    )

    assert result.texts == {"settings.form_title": "Bacs", "traffic.hint": "Au plus 3."}
    assert faults(result) == []


def test_remarks_come_back_with_their_text(ferries: Definition) -> None:
    result = returned(ferries, lambda sheet: sheet.cell(6, 5, "Who or what?"))

    assert [(each.id, each.place, each.text) for each in result.remarks] == [
        ("traffic.label", "Translation, row 6, column E", "Who or what?")
    ]


def test_language_is_that_of_the_heading(ferries: Definition) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet["C1"] = "Translation: Italian (it)"
        sheet["C6"] = "Che cosa passa?"

    result = returned(ferries, edit)

    assert result.language == "it"
    assert result.applied(ferries).settings.languages == ("en", "fr", "it")


@pytest.mark.parametrize(
    "head", ["Translation", "Translation: French", "Translation: English (en)"]
)
def test_heading_without_a_language_to_translate_into_is_refused(
    ferries: Definition, head: str
) -> None:
    result = returned(ferries, lambda sheet: sheet.cell(1, 3, head))

    assert result.language is None
    assert faults(result) == [("Translation, row 1, column C", "no-language")]


def test_workbook_of_another_form_is_refused(ferries: Definition) -> None:
    other = ferries.with_settings(ferries.settings.model_copy(update={"form_id": "ports"}))

    result = read_translation(other, "back.xlsx", written(ferries))

    assert [problem.code for problem in result.problems] == ["other-form"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not a workbook", "not-a-workbook"),
        (b"", "not-a-workbook"),
        (b"PK\x03\x04" + b"\x00" * 40, "not-a-workbook"),
    ],
)
def test_file_that_is_no_workbook_is_refused(
    ferries: Definition, content: bytes, code: str
) -> None:
    result = read_translation(ferries, "back.xlsx", content)

    assert (result.language, result.texts) == (None, {})
    assert [problem.code for problem in result.problems] == [code]


def test_workbook_without_the_sheet_is_refused(ferries: Definition) -> None:
    result = returned(ferries, lambda sheet: sheet.delete_rows(1))

    assert [problem.code for problem in result.problems] == ["no-translation-sheet"]


def test_text_that_no_cell_can_hold_is_named_on_the_cover(ferries: Definition) -> None:
    long = with_texts(ferries, "en", {"traffic.hint": "x" * 32_768, "traffic.label": "Which\x1b?"})

    book = opened(written(long))
    result = read_translation(long, "back.xlsx", written(long))

    ids = [row[5] for row in book["Translation"].iter_rows(min_row=2, values_only=True)]
    assert len(texts_of(long)) == 6
    assert "traffic.hint" not in ids
    assert "traffic.label" not in ids
    cover = [row[0] for row in book["Read me first"].iter_rows(values_only=True)]
    assert cover[-3:] == ["Not in this workbook", "traffic.label", "traffic.hint"]
    assert result.problems == ()
