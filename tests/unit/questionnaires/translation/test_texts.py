"""Every text of a form has an id of its own, and can be put back by it."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from questionnaires.loading import read_definition
from questionnaires.models import Definition
from questionnaires.translation import FormText, coverage, texts_of, with_texts
from tests.unit.questionnaires.generated import definitions

FERRIES = """
settings:
  form_id: ferries
  version: "1"
  form_title: {en: Ferries, fr: Traversiers}
  languages: [en, fr]
dimensions:
  - {name: P1, label: Traffic}
choices:
  traffic:
    - {name: cars, label: {en: Cars, fr: Voitures}}
    - {name: b.2, label: Bicycles}
survey:
  - name: section_a
    label: A. Traffic
    children:
      - name: traffic
        type: select_one traffic
        label: What crosses?
        code: A1
      - name: lines
        type: repeat
        label: Which lines?
        hint: One row for each.
        code: A2
        columns:
          - {name: harbour, type: select_one traffic, label: Harbour}
      - name: settings
        type: text
        label: In which settings?
        code: A3
panel:
  name: submission
  label: Submission
  children:
    - {name: remark, type: text, label: Anything else?}
"""


@pytest.fixture(scope="module")
def ferries() -> Definition:
    definition, problems = read_definition(FERRIES, source="ferries")
    assert definition is not None, problems
    return definition


def text(definition: Definition, id_: str) -> FormText:
    (found,) = (each for each in texts_of(definition) if each.id == id_)
    return found


def test_texts_have_ids_and_places_in_the_order_of_the_form(ferries: Definition) -> None:
    assert {each.id: each.place for each in texts_of(ferries)} == {
        "settings.form_title": "The questionnaire as a whole › title of the questionnaire",
        "dimensions.P1.label": "Column P1 of the synthesis › heading",
        "choices.traffic.cars.label": "Options of A1, A2 › option",
        "choices.traffic.b.2.label": "Options of A1, A2 › option",
        "section_a.label": "Section › heading",
        "traffic.label": "A. Traffic › A1 › question",
        "lines.label": "A. Traffic › A2 › question",
        "lines.hint": "A. Traffic › A2 › hint below it",
        "lines.harbour.label": "A. Traffic › A2 Which lines? › heading of a column",
        "survey.settings.label": "A. Traffic › A3 › question",
        "submission.label": "Section › heading",
        "remark.label": "Submission › question",
    }


def test_text_knows_its_source_and_its_languages(ferries: Definition) -> None:
    title = text(ferries, "settings.form_title")

    assert title.source == "Ferries"
    assert title.words == {"en": "Ferries", "fr": "Traversiers"}


def test_mark_changes_with_the_source_alone(ferries: Definition) -> None:
    before = text(ferries, "settings.form_title").mark
    translated = with_texts(ferries, "fr", {"settings.form_title": "Bacs"})
    corrected = with_texts(ferries, "en", {"settings.form_title": "Ferry lines"})

    assert text(translated, "settings.form_title").mark == before
    assert text(corrected, "settings.form_title").mark != before


def test_texts_are_put_where_their_ids_say(ferries: Definition) -> None:
    given_ = {each.id: f"{each.id} in French" for each in texts_of(ferries)}

    translated = with_texts(ferries, "fr", given_)

    assert {each.id: each.words["fr"] for each in texts_of(translated)} == given_
    assert {each.id: each.source for each in texts_of(translated)} == {
        each.id: each.source for each in texts_of(ferries)
    }


def test_new_language_is_added_to_those_of_the_form(ferries: Definition) -> None:
    translated = with_texts(ferries, "ar", {"traffic.label": "ما الذي يعبر؟"})

    assert translated.settings.languages == ("en", "fr", "ar")
    assert translated.by_name["traffic"].label["ar"] == "ما الذي يعبر؟"


def test_texts_of_other_ids_are_passed_over(ferries: Definition) -> None:
    assert with_texts(ferries, "fr", {"nowhere.label": "Rien"}) == ferries
    assert with_texts(ferries, "es", {}) == ferries


@hypothesis_settings(max_examples=15)
@given(definition=definitions())
def test_ids_are_unique_and_texts_put_back_change_nothing(definition: Definition) -> None:
    texts = texts_of(definition)
    languages = definition.settings.languages

    again = definition
    for language in languages:
        said = {each.id: each.words[language] for each in texts if language in each.words}
        again = with_texts(again, language, said)

    assert len({each.id for each in texts}) == len(texts)
    assert again == definition


def test_coverage_counts_what_there_is_and_names_what_lacks(ferries: Definition) -> None:
    done = coverage(ferries, "fr")

    assert (done.translated, done.total) == (2, 12)
    assert [each.id for each in done.missing][:2] == [
        "dimensions.P1.label",
        "choices.traffic.b.2.label",
    ]
    assert not done.is_complete


def test_translation_of_a_source_that_has_changed_is_outdated(ferries: Definition) -> None:
    title, cars = "settings.form_title", "choices.traffic.cars.label"
    newer = with_texts(ferries, "en", {title: "Ferry lines", cars: "Motor cars"})
    newer = with_texts(newer, "fr", {cars: "Automobiles"})

    done = coverage(newer, "fr", since=ferries)

    assert [each.id for each in done.outdated] == [title]
    assert done.translated == 2
