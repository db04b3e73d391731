"""What is printed of a definition: every question, with space for an answer of its kind."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from app.questionnaires.blank_form import Paper, PaperSection, Shape, blank_form
from app.questionnaires.codebook_page import Entry, codebook
from app.questionnaires.paper_space import Ink, PaperSpace, space_of
from app.questionnaires.paper_words import PaperWords
from questionnaires.loading import load_definition
from questionnaires.models import UNASKED, Definition, Question, QuestionType
from questionnaires.phrases import plain
from tests.fixtures.shipped import SHIPPED
from tests.unit.questionnaires.files import valid
from tests.unit.questionnaires.generated import definitions

CONTINUE = "Continue on a sheet of your own where the rows are not enough."


@pytest.fixture(scope="module")
def rcp() -> Definition:
    return SHIPPED.get("rcp-migration-development", "2007")


@pytest.fixture(scope="module")
def nested() -> Definition:
    return load_definition(valid("nested_groups"))


def printed(parts: tuple[Paper, ...]) -> Iterator[Paper]:
    """Every part of a form, outer ones before what they hold."""
    for part in parts:
        yield part
        yield from printed(part.parts)


def all_printed(definition: Definition, language: str = "en") -> list[Paper]:
    form = blank_form(definition, language)
    sections: list[PaperSection] = [*form.sections, *([form.panel] if form.panel else [])]
    return [part for section in sections for part in printed(section.parts)]


def space(type_: QuestionType, **more: object) -> PaperSpace:
    given = {"name": "asked", "type": type_, "label": {"en": "Asked"}, **more}
    made = space_of(Question.model_validate(given), PaperWords(_smallest(), "en"))
    assert made is not None
    return made


def _smallest() -> Definition:
    return load_definition(valid("smallest"))


def test_every_question_is_printed_once_and_in_order(rcp: Definition) -> None:
    asked = [question for question in rcp.questions if question.takes_answer]
    in_panel = rcp.panel.questions() if rcp.panel is not None else ()

    found = [part for part in all_printed(rcp) if part.shape is Shape.QUESTION]

    assert len(found) == len(asked) + len(list(in_panel))
    codes = [part.code for part in all_printed(rcp) if part.code]
    assert codes == [item.code for item in rcp.items]


@pytest.mark.parametrize("type_", [one for one in QuestionType if one not in UNASKED])
def test_every_type_that_is_asked_has_space(type_: QuestionType) -> None:
    made = space(type_)

    assert made.ink in Ink


@pytest.mark.parametrize("type_", sorted(UNASKED))
def test_type_that_nobody_answers_has_no_space(type_: QuestionType) -> None:
    question = Question(name="told", type=type_)

    assert space_of(question, PaperWords(_smallest(), "en")) is None


def test_space_is_sized_by_what_is_asked() -> None:
    long = space(QuestionType.TEXT, appearance="multiline")
    short = space(QuestionType.TEXT)
    day = space(QuestionType.DATE)
    scale = space(QuestionType.RANGE, parameters={"start": "0", "end": "4", "step": "2"})
    long_scale = space(QuestionType.RANGE, parameters={"start": "0", "end": "100", "step": "5"})
    top = space(QuestionType.RANK, parameters={"top": "3"})

    assert (long.lines, short.lines) == (6, 1)
    assert day.parts == ("Day", "Month", "Year")
    assert (scale.ink, scale.parts) == (Ink.RING, ("0", "2", "4"))
    assert long_scale.instruction == "A number from 0 to 100, in steps of 5."
    assert top.instruction == "Number the 3 most important: 1 for the first."


@pytest.mark.parametrize(
    ("limits", "rows", "words"),
    [
        ({}, 6, f"One row each. {CONTINUE}"),
        ({"max_rows": 2}, 2, "One row each; at most 2 rows."),
        (
            {"min_rows": 8, "max_rows": 9},
            8,
            f"One row each; at least 8 and at most 9 rows. {CONTINUE}",
        ),
    ],
)
def test_table_has_empty_rows_within_its_limits(
    limits: dict[str, int], rows: int, words: str
) -> None:
    columns = (
        Question(name="one", type=QuestionType.TEXT, label={"en": "One"}),
        Question(name="worked_out", type=QuestionType.CALCULATE, calculation="1"),
    )

    table = space(QuestionType.REPEAT, columns=columns, **limits)

    assert (table.rows, table.instruction) == (rows, words)
    assert [column.label for column in table.columns] == ["One"]


def test_heading_that_says_what_its_first_field_says_is_printed_once(rcp: Definition) -> None:
    parts = all_printed(rcp)
    groups = [part for part in parts if part.shape is Shape.GROUP and part.code]

    assert groups
    for group in groups:
        assert group.label, f"{group.code} stands before nothing"
        assert group.label != group.parts[0].label


def test_what_cannot_be_changed_is_told_without_space() -> None:
    (period,) = all_printed(load_definition(valid("readonly_value")))

    assert (period.label, period.hint, period.space) == (
        "The period asked about",
        "2004 to 2006",
        None,
    )


def test_what_is_worked_out_is_not_printed() -> None:
    definition = load_definition(valid("ways_of_asking"))
    derived = {one.label["en"] for one in definition.questions if one.is_derived and one.label}

    assert derived
    assert derived.isdisjoint(part.label for part in all_printed(definition))


def test_picture_of_the_screen_is_mentioned() -> None:
    parts = all_printed(load_definition(valid("pictures")))

    assert [part.has_picture for part in parts].count(True) == 1


def test_answer_within_a_label_is_named_by_its_number() -> None:
    (_, reason) = all_printed(load_definition(valid("answer_in_a_label")))

    assert reason.label == "Why is it … (A1)?"


def test_heading_is_printed_once_in_every_script() -> None:
    definition = SHIPPED.get("rcp-migration-development", "2026")

    first = {
        language: next(part for part in all_printed(definition, language) if part.code == "A1")
        for language in definition.settings.languages
    }

    assert {language: part.parts[0].label for language, part in first.items()} == dict.fromkeys(
        first, ""
    )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(definitions())
def test_whatever_can_be_asked_can_be_printed(definition: Definition) -> None:
    asked = [question for question in definition.questions if question.takes_answer]

    for language in definition.settings.languages:
        shapes = [part.shape for part in all_printed(definition, language)]

        assert shapes.count(Shape.QUESTION) >= len(asked)
    book = codebook(definition, "en")
    assert sum(len(part.entries) for part in book.sections) >= len(definition.questions)


def test_routing_stands_with_the_group_that_has_it(nested: Definition) -> None:
    said = [plain(phrase) for part in all_printed(nested) for phrase in part.routing]

    assert said
    assert all(words.startswith(("Asked", "Only options")) for words in said)


def test_matrix_has_a_head_for_each_option(nested: Definition) -> None:
    (matrix,) = [part for part in all_printed(nested) if part.shape is Shape.MATRIX]

    assert len(matrix.heads) > 1
    assert len(matrix.parts) > 1


def test_codebook_names_every_question_column_and_option(rcp: Definition) -> None:
    book = codebook(rcp, "en")
    entries: list[Entry] = [entry for section in book.sections for entry in section.entries]
    names = [entry.name for entry in entries]
    columns = [column.name for entry in entries for column in entry.columns]

    assert names == [*rcp.by_name, *rcp.panel_by_name]
    assert columns == [column.name for question in rcp.questions for column in question.columns]
    assert {one.name for one in book.lists} == set(rcp.choices)


def test_codebook_tells_rules_in_words_and_as_written(rcp: Definition) -> None:
    entries = {entry.name: entry for part in codebook(rcp, "en").sections for entry in part.entries}

    (routing,) = entries["md_frequency"].rules
    (check,) = entries["resp_email"].rules

    assert plain(routing.words).startswith("Asked unless C3 is «")
    assert routing.expression == "${md_treatment} != 'not_addressed'"
    assert (check.heading, check.words) == ("Check", ())
    assert check.expression.startswith("regex(")


def test_codebook_says_what_a_question_replaces() -> None:
    definition = load_definition(valid("successor"))
    entries = [entry for part in codebook(definition, "en").sections for entry in part.entries]

    facts = dict(fact for entry in entries for fact in entry.facts)

    assert facts["Replaces"]
    assert facts["Because"]
