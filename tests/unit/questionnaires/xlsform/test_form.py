"""XLSForms as people write them: what becomes of them, and what is said about the rest."""

import json
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.canonical import canonical_json
from questionnaires.models import Definition, Group, Question, QuestionType
from questionnaires.problems import Problem, Severity
from questionnaires.xlsform import read_form
from questionnaires.xlsform.cells import Cell, Sheet, Sheets, error_in_cell
from questionnaires.xlsform.form import ReadForm, read_form_of
from questionnaires.xlsform.layout import form_sheets

SETTINGS = """\
| settings |
| | form_id | version | form_title | default_language |
| | ports   | 1       | Ports      | English (en)     |
"""


def form(*tables: str) -> ReadForm:
    return read_form("form.md", "\n".join([*tables, SETTINGS]).encode())


def defined(*tables: str) -> Definition:
    read = form(*tables)
    assert read.definition is not None, read.problems
    return read.definition


def told(problems: Iterable[Problem], severity: Severity | None = None) -> list[tuple[str, str]]:
    for problem in problems:
        assert problem.message
        assert problem.mend
        assert problem.line is None
    return [
        (problem.code, problem.place)
        for problem in problems
        if severity is None or problem.severity is severity
    ]


def errors(*tables: str) -> list[tuple[str, str]]:
    read = form(*tables)
    assert read.definition is None
    return told(read.problems, Severity.ERROR)


# What is kept


def test_form_of_other_tools_becomes_sections_with_numbers() -> None:
    read = form("""\
| survey |
| | type          | name   | label       | relevance     |
| | begin group   | first  | First       |               |
| | select one from yn | asked | Asked?   |               |
| | integer       | size   | How large?  | ${asked}='y'  |
| | note          |        | Well done   |               |
| | end group     | first  |             |               |
| | string        | alone  | Alone       |               |
| choices |
| | list name | value | label |
| | yn        | y     | Yes   |
| | yn        | n     | No    |
""")

    definition = read.definition
    assert definition is not None
    assert [section.name for section in definition.survey] == ["first", "questions_1"]
    assert [item.code for item in definition.items] == ["A1", "A2", "B1"]
    assert [question.name for question in definition.questions] == [
        *("asked", "size", "note_6", "alone"),
    ]
    assert definition.by_name["size"].relevant == "${asked}='y'"
    assert definition.survey[1].label == {"en": "Ports"}
    assert read.not_kept == ()
    assert told(read.problems) == [
        ("put-into-a-section", "survey, row 8"),
        ("numbered", "survey"),
    ]


def test_languages_are_read_from_headings() -> None:
    definition = defined("""\
| survey |
| | type | name | label::English (en) | label::French (fr) | hint::French | image::Arabic (ar) |
| | text | size | Size | Taille | En mètres | ar.png |
""")

    question = definition.by_name["size"]
    assert definition.settings.languages == ("en", "fr", "ar")
    assert question.label == {"en": "Size", "fr": "Taille"}
    assert question.hint == {"fr": "En mètres"}
    assert question.image == {"ar": "ar.png"}


def test_heading_without_language_is_in_the_default_language() -> None:
    definition = defined("""\
| survey |
| | type | name | label | label::French (fr) |
| | text | size | Size  | Taille             |
""")

    assert definition.by_name["size"].label == {"en": "Size", "fr": "Taille"}


def test_single_colons_set_apart_where_there_are_no_double_ones() -> None:
    definition = defined("""\
| survey |
| | type | name | label:English (en) | label:French (fr) |
| | text | size | Size               | Taille            |
""")

    assert definition.by_name["size"].label == {"en": "Size", "fr": "Taille"}


def test_or_other_becomes_an_option_and_a_question() -> None:
    read = form("""\
| survey |
| | type | name | label |
| | begin group | g | Topics | |
| | select_one topics or_other | topic | Topic? |
| | end group |
| choices |
| | list_name | name | label |
| | topics    | work | Work  |
""")

    definition = read.definition
    assert definition is not None
    assert [choice.name for choice in definition.choices["topics"]] == ["work", "other"]
    other = definition.by_name["topic_other"]
    assert other.relevant == "selected(${topic}, 'other')"
    assert ("or-other", "survey, row 4, column type") in told(read.problems)


def test_matrix_rank_table_and_filter_are_kept() -> None:
    definition = defined("""\
| survey |
| | type | name | label | appearance | parameters | choice_filter | repeat_count |
| | begin_group | g | G | | | | |
| | begin_group | m | M | table-list | | | |
| | select_one l | m1 | One | | | | |
| | select_one l | m2 | Two | | | | |
| | end_group |
| | rank l | r | Rank | | top = 2, seed=3 | | |
| | begin repeat | t | Table | | | | 3 |
| | text | c | Column | | | | |
| | end repeat |
| | select_multiple l | s | Some | minimal | | warm = 'yes' | |
| | end_group |
| choices |
| | list_name | name | label | warm |
| | l | a | A | yes |
| | l | b | B | no  |
""")

    (section,) = definition.survey
    matrix = section.children[0]
    assert isinstance(matrix, Group)
    assert matrix.is_matrix
    assert [item.code for item in definition.items] == ["A1", "A2", "A3", "A4"]
    assert definition.by_name["r"].parameters == {"top": "2", "seed": "3"}
    table = definition.by_name["t"]
    assert (table.type, table.min_rows, table.max_rows) == (QuestionType.REPEAT, 3, 3)
    assert [column.name for column in table.columns] == ["c"]
    assert definition.by_name["s"].choice_filter == "warm = 'yes'"
    assert definition.choices["l"][0].columns == {"warm": "yes"}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("int", QuestionType.INTEGER),
        ("q string", QuestionType.TEXT),
        ("photo", QuestionType.IMAGE),
        ("gps", QuestionType.GEOPOINT),
        ("trigger", QuestionType.ACKNOWLEDGE),
        ("date time", QuestionType.DATETIME),
        ("Text", QuestionType.TEXT),
    ],
)
def test_other_names_of_types_are_understood(words: str, kind: QuestionType) -> None:
    definition = defined(f"| survey |\n| | type | name | label |\n| | {words} | a | A |")

    assert definition.by_name["a"].type is kind


def test_words_for_yes_are_understood() -> None:
    definition = defined("""\
| survey |
| | type | name | label | required | read_only | rapporteur::core | rapporteur::code |
| | text | a | A | TRUE | | yes | A1 |
| | text | b | B | no | Yes | | A2 |
""")

    flags = [(q.required, q.readonly, q.core) for q in definition.questions]
    assert flags == [(True, False, True), (False, True, False)]


def test_own_columns_are_understood_without_their_prefix() -> None:
    definition = defined("""\
| survey |
| | type | name | label | code | also | concept |
| | text | a | A | X9 | D1, D2 | reach |
| dimensions |
| | name | label |
| | D1 | One |
| | D2 | Two |
""")

    question = definition.by_name["a"]
    assert (question.code, question.also, question.concept) == ("X9", ("D1", "D2"), "reach")


def test_form_without_settings_takes_its_name_from_the_file() -> None:
    read = read_form(
        "Ports & ferries 2.md", b"| survey |\n| | type | name | label |\n| | text | a | A |"
    )

    assert read.definition is not None
    assert read.definition.settings.form_id == "ports-ferries-2"
    assert read.definition.version == "1"
    assert told(read.problems)[-4:] == [
        ("language-assumed", "settings"),
        ("made-up", "settings"),
        ("made-up", "settings"),
        ("made-up", "settings"),
    ]


# What is wrong


def test_faults_are_told_in_the_words_of_the_lint_at_the_cell() -> None:
    read = form("""\
| survey |
| | type         | name | label | relevant   | required |
| | text         | a    | A     |            | ${b}     |
| | txt          | a    | Again |            |          |
| | integer      | c    | C     | ${nobody} = 1 |       |
| | select_one x | d    | D     |            |          |
|  |             | e    | E     |            |          |
""")

    assert read.definition is None
    assert told(read.problems, Severity.ERROR) == [
        ("bad-value", "survey, row 3, column required"),
        ("unknown-type", "survey, row 4, column type"),
        ("duplicate-name", "survey, row 4, column name"),
        ("unknown-reference", "survey, row 5, column relevant"),
        ("unknown-list", "survey, row 6, column type"),
        ("no-type", "survey, row 7"),
    ]
    (duplicate,) = (problem for problem in read.problems if problem.code == "duplicate-name")
    assert duplicate.message == "The name «a» is taken by survey, row 3, column name."


@pytest.mark.parametrize(
    ("expression", "mended"),
    [
        ("${a} = ‘x’", "${a} = 'x'"),
        ("${a} = “x”", '${a} = "x"'),
        ("${a} = 3 – 2", "${a} = 3 - 2"),
    ],
)
def test_typographic_signs_in_an_expression_are_told_with_the_mend(
    expression: str, mended: str
) -> None:
    read = form(f"""\
| survey |
| | type | name | label | relevant     |
| | text | a    | A     |              |
| | text | b    | B     | {expression} |
""")

    (problem,) = (each for each in read.problems if each.severity is Severity.ERROR)
    assert (problem.code, problem.place) == (
        "typographic-signs",
        "survey, row 4, column relevant",
    )
    assert problem.mend == f"Write: {mended}"


def test_typographic_signs_within_a_quoted_text_are_right() -> None:
    definition = defined("""\
| survey |
| | type | name | label | relevant     |
| | text | a    | A     |              |
| | text | b    | B     | ${a} = 'l’année – “x”' |
""")

    assert definition.by_name["b"].relevant == "${a} = 'l’année – “x”'"


def test_spaces_at_the_ends_are_told() -> None:
    rows: Rows = [["type", "name", "label", "relevant"], ["text ", " a", " A ", None]]
    rows += [["text", "b", "B", "${a} = 'x' "]]

    read = read_form_of("form.xlsx", sheets({"survey": rows}))

    assert read.definition is not None
    assert [question.name for question in read.definition.questions] == ["a", "b"]
    assert [p for p in told(read.problems) if p[0] == "stray-spaces"] == [
        ("stray-spaces", "survey, row 2, column name"),
        ("stray-spaces", "survey, row 3, column relevant"),
    ]


def test_rows_that_begin_and_end_must_fit() -> None:
    found = errors("""\
| survey |
| | type | name | label |
| | end group | | |
| | begin group | g | G |
| | begin repeat | r | R |
| | text | a | A |
| | end group | | |
""")

    assert found == [
        ("end-without-begin", "survey, row 3, column type"),
        ("not-ended", "survey, row 4"),
        ("not-ended", "survey, row 5"),
        ("end-without-begin", "survey, row 7, column type"),
    ]


def test_choice_without_a_list_is_an_error() -> None:
    found = errors("""\
| survey |
| | type | name | label |
| | select_one l | a | A |
| choices |
| | list_name | name | label |
| | l | x | X |
| |   | y | Y |
""")

    assert ("choice-without-list", "choices, row 7") in found


def test_columns_that_stand_twice_are_an_error() -> None:
    assert errors("""\
| survey |
| | type | name | label | label |
| | text | a | A | B |
""") == [("duplicate-heading", "survey, row 2, column label")]


def test_columns_that_mean_the_same_are_an_error() -> None:
    found = errors("""\
| survey |
| | type | name | label | label::English (en) |
| | text | a | A | B |
""")

    assert found == [("said-twice", "survey, row 3, column label::English (en)")]


@pytest.mark.parametrize("heads", ["relevant | relevance", "code | rapporteur::code"])
def test_two_headings_of_one_meaning_are_an_error(heads: str) -> None:
    found = errors(f"""\
| survey |
| | type | name | label | {heads} |
| | text | a | A | true() | true() |
""")

    assert ("said-twice", f"survey, row 3, column {heads.partition(' | ')[2]}") in found


def test_setting_that_stands_twice_is_an_error() -> None:
    found = errors(
        "| survey |\n| | type | name | label |\n| | text | a | A |",
        "| rapporteur |\n| | setting | value |\n| | band | x |\n| | band | y |\n| | style | z |",
    )

    assert ("said-twice", "rapporteur, row 7, column band") in found


def test_unknown_default_language_is_an_error() -> None:
    read = read_form(
        "form.md",
        b"| survey |\n| | type | name | label |\n| | text | a | A |\n"
        b"| settings |\n| | form_id | default_language |\n| | a | Klingon |",
    )

    assert ("unknown-language", "settings, row 6, column default_language") in told(read.problems)
    assert read.definition is None


def test_file_that_is_refused_is_told_alone() -> None:
    read = read_form("form.xlsx", b"nothing")

    assert read.definition is None
    assert told(read.problems) == [("not-a-workbook", "")]


def test_workbook_without_a_survey_is_an_error() -> None:
    read = read_form_of("form.xlsx", sheets({"Sheet1": [["type", "name"], ["text", "a"]]}))

    assert read.definition is None
    assert ("missing-key", "survey") in told(read.problems)
    assert told(read.not_kept) == [("sheet-not-kept", "Sheet1")]


# What is not kept


def not_kept(*tables: str) -> list[tuple[str, str]]:
    read = form(*tables)
    assert read.definition is not None, read.problems
    assert all(problem.severity is Severity.WARNING for problem in read.not_kept)
    return [
        (problem.place, problem.message.rpartition("It says «")[2][:-2])
        for problem in read.not_kept
    ]


@pytest.mark.parametrize(
    "kind",
    [
        "barcode",
        "geotrace",
        "audit",
        "start",
        "osm l",
        "begin loop over l",
        "select_one_from_file a.csv",
    ],
)
def test_types_that_are_not_asked_are_named_with_what_to_use(kind: str) -> None:
    read = form(f"""\
| survey |
| | type   | name | label |
| | text   | a    | A     |
| | {kind} | b    | B     |
""")

    assert read.definition is None
    assert told(read.problems, Severity.ERROR) == [("refused-type", "survey, row 4, column type")]
    assert read.not_kept == ()
    (refused,) = (one for one in read.problems if one.severity is Severity.ERROR)
    assert f"«{kind}»" in refused.message
    assert refused.mend.endswith(".")


def test_what_refers_to_a_refused_question_has_no_fault_of_its_own() -> None:
    assert errors("""\
| survey |
| | type    | name | label | relevant |
| | barcode | b    | B     |          |
| | start   | s    |       |          |
| | text    | a    | A     | ${b} != '' and ${s} != '' |
""") == [
        ("refused-type", "survey, row 3, column type"),
        ("refused-type", "survey, row 4, column type"),
    ]


def test_column_of_other_tools_is_told_with_what_to_do_instead() -> None:
    read = form("""\
| survey |
| | type | name | label | save_to | body::accept |
| | text | a    | A?    | lines   | image/*      |
| settings |
| | form_id | form_title | style | public_key |
| | ports   | Ports      | pages | abc        |
""")

    mends = {problem.place.rpartition(" ")[2]: problem.mend for problem in read.not_kept}
    assert "lists of entities" in mends["save_to"]
    assert "«appearance»" in mends["body::accept"]
    assert "looks the same everywhere" in mends["style"]
    assert "not encrypted" in mends["public_key"]


def test_table_in_a_table_is_a_fault_of_the_row_that_begins_it() -> None:
    assert errors("""\
| survey |
| | type | name | label |
| | begin repeat | outer | Outer |
| | text | a | A |
| | begin repeat | inner | Inner |
| | text | b | B |
| | end repeat | inner | |
| | end repeat | outer | |
""") == [("table-in-table", "survey, row 5, column type")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("| | begin repeat | t | T | | | ${size} + 1 |", "repeat_count"),
        ("| | begin group | t | T | | . > 1 | |", "constraint"),
    ],
)
def test_what_would_change_what_is_asked_is_a_fault_and_not_left_out(row: str, column: str) -> None:
    end = row.replace("begin", "end").partition(" t ")[0]

    found = errors(f"""\
| survey |
| | type | name | label | relevant | constraint | repeat_count |
| | integer | size | Size | | | |
{row}
| | text | a | A | | | |
{end} | | | | | |
""")

    assert found == [("means-something", f"survey, row 4, column {column}")]


def test_condition_of_a_group_in_a_table_is_a_fault() -> None:
    assert errors("""\
| survey |
| | type | name | label | relevant |
| | text | size | Size | |
| | begin repeat | t | Table | |
| | begin group | g | | ${size} = '' |
| | text | a | A | |
| | end group | g | | |
| | end repeat | t | | |
""") == [("means-something", "survey, row 5, column relevant")]


def test_disabled_row_is_left_out_and_told_once() -> None:
    read = form("""\
| survey |
| | type | name | label | disabled |
| | text | a | A | no |
| | text | b | B | yes |
""")

    assert read.definition is not None
    assert [question.name for question in read.definition.questions] == ["a"]
    assert told(read.not_kept) == [("disabled", "survey, row 4")]
    assert "«text», «b», «B»" in read.not_kept[0].message


def test_title_above_the_headings_is_told_once() -> None:
    given = {
        "survey": [["MINISTRY OF PORTS"], ["type", "name", "label"], ["text", "a", "A"]],
        "settings": [["About"], [], ["form_id", "version", "form_title"], ["p", "1", "P"]],
    }

    read = read_form_of("form.xlsx", sheets(given))

    assert read.definition is not None, read.problems
    assert [question.name for question in read.definition.questions] == ["a"]
    assert read.definition.slug == "p"
    found = [problem for problem in read.problems if problem.code == "headings-lower"]
    assert [problem.place for problem in found] == ["survey, row 1", "settings, row 1"]
    assert "row 2" in found[0].message
    assert "«MINISTRY OF PORTS»" in found[0].message
    assert [problem.mend.partition(";")[0] for problem in found] == ["Delete row 1", "Delete row 1"]


def test_what_is_odd_above_the_headings_or_on_other_sheets_is_no_fault() -> None:
    given = sheets(
        {
            "survey": [["PORTS"], ["type", "name", "label"], ["text", "a", "A"]],
            "figures": [["1"]],
        }
    )
    odd = [
        error_in_cell("#REF!", "survey, row 1, column B"),
        error_in_cell("#REF!", "survey, row 3, column C"),
        error_in_cell("#N/A", "figures, row 1, column B"),
    ]

    read = read_form_of("form.xlsx", Sheets(given.sheets, tuple(odd)))

    told_of = [(one.place, str(one.severity)) for one in read.problems if one.code == odd[0].code]
    assert told_of == [
        ("survey, row 3, column C", "error"),
        ("figures, row 1, column B", "warning"),
    ]


def test_empty_column_of_numbers_changes_nothing() -> None:
    read = form("""\
| survey |
| | type | name | label | rapporteur::code |
| | text | a    | A     | |
| | text | b    | B     | |
""")

    assert read.definition is not None
    assert [item.code for item in read.definition.items] == ["A1", "A2"]


def test_questions_without_a_number_are_numbered_around_those_that_have_one() -> None:
    read = form("""\
| survey |
| | type | name | label | rapporteur::code |
| | begin group | one | One | |
| | text | a    | A     | |
| | text | b    | B     | A3 |
| | text | c    | C     | |
| | begin group | two | Two | A5 |
| | text | d    | D     | |
| | end group | | | |
| | end group | | | |
""")

    assert read.definition is not None, read.problems
    assert [item.code for item in read.definition.items] == ["A1", "A3", "A4", "A5"]
    (numbered,) = (problem for problem in read.problems if problem.code == "numbered")
    assert numbered.message == "2 questions have no number, unlike others; numbered A1, A4."


def test_what_was_made_up_is_told_once_and_not_as_untranslated() -> None:
    read = form("""\
| survey |
| | type | name | label::English (en) | label::French (fr) |
| | select_one l or_other | a | A | A |
| choices |
| | list_name | name | label::English (en) | label::French (fr) |
| | l | x | X | X |
""")

    assert read.definition is not None
    assert told(read.problems) == [
        ("put-into-a-section", "survey, row 3"),
        ("or-other", "survey, row 3, column type"),
        ("numbered", "survey"),
        ("no-translation", "settings, row 10, column form_title"),
    ]


def test_group_in_a_table_is_flattened() -> None:
    read = form("""\
| survey |
| | type | name | label |
| | begin repeat | t | Table |
| | begin group | g | Side by side |
| | text | a | A |
| | end group | g | |
| | end repeat | t | |
""")

    assert read.definition is not None
    assert [column.name for column in read.definition.questions[0].columns] == ["a"]
    assert told(read.not_kept) == [
        ("not-kept", "survey, row 4, column name"),
        ("not-kept", "survey, row 4, column label"),
    ]


def test_unknown_columns_and_rows_are_told_cell_by_cell() -> None:
    assert not_kept(
        """\
| survey |
| | type | name | label | bind::odk:x | comment | hint::Klingon |
| | text | a | A | x1 | c1 | h1 |
| | | | | | remark | |
""",
        "| choices |\n| | list_name | name | label | media::audio |\n| | l | x | X | x.mp3 |",
    ) == [
        ("survey, row 3, column bind::odk:x", "x1"),
        ("survey, row 3, column comment", "c1"),
        ("survey, row 3, column hint::Klingon", "h1"),
        ("survey, row 4, column comment", "remark"),
        ("choices, row 8, column media::audio", "x.mp3"),
    ]


def test_sound_that_is_not_played_is_told_as_that() -> None:
    read = read_form(
        "form.md",
        b"| survey |\n| | type | name | label | media::audio |\n| | text | a | A | intro.mp3 |",
    )

    (left_out,) = read.not_kept
    assert left_out.message == (
        "No sound is played beside a label; this was left out. It says «intro.mp3»."
    )


def test_truth_that_is_none_is_mended_in_the_words_of_sheets() -> None:
    read = read_form(
        "form.md",
        b"| survey |\n| | type | name | label | required |\n| | text | a | A | perhaps |",
    )

    (fault,) = [one for one in read.problems if one.code == "bad-value"]
    assert fault.mend == "Write yes or no."


def test_settings_that_are_not_ours_are_told() -> None:
    read = read_form(
        "form.md",
        b"| survey |\n| | type | name | label |\n| | text | a | A |\n"
        b"| settings |\n| | form_id | style | version |\n| | ports | pages | 1 |\n| | again | | |",
    )

    assert read.definition is not None
    assert told(read.not_kept) == [
        ("not-kept", "settings, row 6, column style"),
        ("not-kept", "settings, row 7, column form_id"),
    ]


def test_hidden_sheets_are_told() -> None:
    given = sheets({"survey": [["type", "name", "label"], ["text", "a", "A"]], "aside": [["x"]]})
    hidden = Sheets(tuple(Sheet(each.name, each.rows, hidden=True) for each in given.sheets))

    read = read_form_of("form.xlsx", hidden)

    assert read.definition is not None
    assert ("hidden-sheet", "survey") in told(read.problems)
    assert told(read.not_kept) == [("sheet-not-kept", "aside")]
    assert "hidden" in read.not_kept[0].message


def test_file_of_a_hundred_parameters_is_read_fast() -> None:
    text = "a" + "=b" * 5_000

    found = errors(
        f"| survey |\n| | type | name | label | parameters |\n| | text | a | A | {text} |"
    )

    assert found == [("bad-value", "survey, row 3, column parameters")]


# Nothing is dropped in silence

Rows = list[list[str | None]]

_KEPT_HEADS = ["hint", "guidance_hint::French (fr)", "rapporteur::source", "constraint_message"]
_OTHER_HEADS = ["comment", "bind::x", "hint::Klingon", "sms_field", "instance::y", "media::audio"]
_TYPES = ["text", "integer", "note", "date", "file", "select_one l"]


def sheets(content: Mapping[str, Iterable[Iterable[object]]]) -> Sheets:
    """Sheets with these rows."""
    return Sheets(
        tuple(
            Sheet(
                name,
                tuple(
                    cells
                    for number, row in enumerate(rows, 1)
                    if (
                        cells := tuple(
                            Cell(str(value), number, column)
                            for column, value in enumerate(row, 1)
                            if value not in (None, "")
                        )
                    )
                ),
            )
            for name, rows in content.items()
        )
    )


@st.composite
def forms(draw: st.DrawFn) -> tuple[Sheets, set[str]]:
    """A form that can be read, with cells of every kind; and the words that stand in it."""
    said: set[str] = set()

    def word() -> str:
        said.add(f"word{len(said)}")
        return f"word{len(said) - 1}"

    heads = draw(st.permutations(_KEPT_HEADS + _OTHER_HEADS))[: draw(st.integers(2, 8))]
    survey: Rows = [["type", "name", "label", *heads]]

    def row(kind: str | None, name: str | None, label: str | None = None) -> None:
        cells = [word() if draw(st.booleans()) else None for _ in heads]
        stray = [word()] if draw(st.integers(0, 9)) == 0 else []
        survey.append([kind, name, label, *cells, *stray])

    def question(number: int) -> None:
        row(draw(st.sampled_from(_TYPES)), f"q{number}", word())

    row("text", "q0", word())
    for number in range(1, draw(st.integers(1, 4))):
        match draw(st.sampled_from(["question", "comment", "group", "repeat"])):
            case "question":
                question(number)
            case "comment":
                row(None, None)
            case "group":
                row("begin group", f"g{number}", word())
                row("text", f"q{number}", word())
                row("end group", word() if draw(st.booleans()) else f"g{number}")
            case _:
                row("begin repeat", f"r{number}", word())
                row("begin group", f"f{number}", word())
                row("integer", f"q{number}", word())
                row("end group", None)
                row("end repeat", None)
    content: dict[str, Rows] = {
        "survey": survey,
        "choices": [
            ["list_name", "name", "label", "warm", "media::audio", "label::Klingon"],
            ["l", "x", word(), word(), word(), word()],
        ],
        "settings": [
            ["form_id", "version", "form_title", "style", "default_language"],
            ["a", "1", word(), word(), "en"],
            [None, word()],
        ],
        "dimensions": [["name", "label", "note"], ["D1", word(), word()]],
    }
    return sheets(content), said


@settings(max_examples=60)
@given(forms())
def test_every_word_is_in_the_definition_or_in_the_report(
    form_and_words: tuple[Sheets, set[str]],
) -> None:
    given_sheets, words = form_and_words

    read = read_form_of("form.xlsx", given_sheets)

    assert read.definition is not None, read.problems
    kept = set(_words(json.loads(canonical_json(read.definition))))
    reported = {problem.message.rpartition("It says «")[2][:-2] for problem in read.not_kept}
    assert words == (kept | reported) & words
    assert kept & reported & words == set()


def _words(data: object) -> Iterable[str]:
    match data:
        case str():
            yield data
        case list():
            for part in data:
                yield from _words(part)
        case dict():
            for part in data.values():
                yield from _words(part)
        case _:
            return


SAMPLES: Mapping[str, object] = {
    "bool": True,
    "tuple[str, ...]": ("x",),
    "int | None": 3,
    "Mapping[str, str]": {"en": "x"},
}


@pytest.mark.parametrize("key", sorted({*Question.model_fields, *Group.model_fields}))
def test_every_key_has_a_column(key: str) -> None:
    structural = {"name", "type", "list_name", "columns", "children"}
    model = Question if key in Question.model_fields else Group
    shape = str(model.model_fields[key].annotation).replace("collections.abc.", "")
    shape = shape.replace("typing.", "")
    sample = {key: SAMPLES.get(shape, "x")} if key not in structural else {}
    if "tuple" in shape and sample:
        sample = {key: ("x",)}
    question = Question(name="a", type=QuestionType.TEXT)
    node = question.model_copy(update=sample) if model is Question else None
    section = Group(name="g", children=(node or question,))
    section = section if model is Question else section.model_copy(update=sample)
    definition = defined("| survey |\n| | type | name | label |\n| | text | a | A |").model_copy(
        update={"survey": (section,)}
    )

    survey = form_sheets(definition)[0]

    heads = {part for head in survey.heads for part in head.split("::")}
    assert key in heads | (structural - {"name", "type"})
    assert all(head in survey.heads for row in survey.rows for head in row)
