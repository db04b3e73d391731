"""Answers as people read them: which questions, in which words, and what is withheld."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.responses.drafts import Content
from app.responses.reading import Reader, ReadField, ReadSection, Table
from questionnaires.answers import Answers
from questionnaires.loading import load_definition
from questionnaires.models import Definition, MissingCode, Question
from questionnaires.routing import route
from tests.unit.questionnaires.files import RCP_2007, valid

SAID = {
    "one": Content("red"),
    "several": Content(missing=MissingCode.DONT_KNOW, comment="Ask again.", source="Registry"),
    "papers": Content("k1,k2"),
    "places": Content([{"town": "Aleph", "flags": []}, {"town": "Beth", "since": 1950}]),
}


@pytest.fixture(scope="module")
def kinds() -> Definition:
    return load_definition(valid("every_kind"))


@pytest.fixture(scope="module")
def form() -> Definition:
    return load_definition(RCP_2007)


def fields_of(sections: tuple[ReadSection, ...]) -> Iterator[ReadField]:
    return (field for section in sections for item in section.items for field in item.fields)


def field_named(sections: tuple[ReadSection, ...], name: str) -> ReadField:
    return next(field for field in fields_of(sections) if field.name == name)


def test_answers_are_read_in_words_of_the_language(kinds: Definition) -> None:
    sections = Reader(definition=kinds, language="ar").sections(SAID)

    (section,) = sections
    one = field_named(sections, "one")
    assert (section.label, one.label, one.text) == ("أنواع", "لون", "أحمر")


def test_missing_code_comment_and_source_are_read(kinds: Definition) -> None:
    read = field_named(Reader(definition=kinds).sections(SAID), "several")

    assert (read.text, read.comment, read.source) == ("Don’t know", "Ask again.", "Registry")


def test_table_is_read_by_columns_with_empty_cells(kinds: Definition) -> None:
    read = field_named(Reader(definition=kinds).sections(SAID), "places")

    assert read.text == ""
    assert read.table == Table(
        headings=("Town", "Since", "Until", "Flags"),
        rows=(("Aleph", "", "", ""), ("Beth", "1950", "", "")),
    )


def test_file_question_is_read_by_titles_where_they_are_given(kinds: Definition) -> None:
    with_files = Reader(definition=kinds, files={"k1": "The statutes"}).sections(SAID)
    without = Reader(definition=kinds).sections(SAID)

    assert field_named(with_files, "papers").text == "The statutes; k2"
    assert "papers" not in {field.name for field in fields_of(without)}


def test_every_answerable_field_is_read_in_the_order_of_the_form(form: Definition) -> None:
    sections = Reader(definition=form, files={}).sections({})

    numbered = [field.name for field in form.fields if field.name in form.item_of]
    assert [field.name for field in fields_of(sections)] == numbered


def test_path_leaves_out_what_is_not_asked(form: Definition) -> None:
    nothing: Answers = {}
    path = route(form, nothing, today=date(2027, 3, 10))

    sections = Reader(definition=form, files={}).sections({}, path=path)

    read = {field.name for field in fields_of(sections)}
    assert read == {field.name for field in form.fields} & path.asked
    assert "md_founding_ref" not in read


def test_personal_answers_are_withheld_and_say_so(form: Definition) -> None:
    said = {
        "resp_name": Content("Focal point", comment="Since May."),
        "resp_role": Content("other"),
    }

    sections = Reader(definition=form, shows_personal=False).sections(said)

    name = field_named(sections, "resp_name")
    assert (name.text, name.comment, name.hidden) == ("", "", True)
    assert not field_named(sections, "resp_email").hidden
    assert field_named(sections, "resp_role").text == "Another capacity"


def test_personal_columns_of_a_table_are_withheld(kinds: Definition) -> None:
    definition = _with_personal_column(kinds, "places", "town")

    read = field_named(Reader(definition=definition, shows_personal=False).sections(SAID), "places")

    assert read.table is not None
    assert read.table.headings == ("Since", "Until", "Flags")
    assert "Aleph" not in str(read.table.rows)
    assert not read.hidden


def _with_personal_column(definition: Definition, table: str, column: str) -> Definition:
    (section,) = definition.survey

    def changed(question: Question) -> Question:
        if question.name != table:
            return question
        columns = tuple(
            one.model_copy(update={"personal": one.name == column}) for one in question.columns
        )
        return question.model_copy(update={"columns": columns})

    children = tuple(
        changed(child) if isinstance(child, Question) else child for child in section.children
    )
    section = section.model_copy(update={"children": children})
    return Definition(settings=definition.settings, choices=definition.choices, survey=(section,))
