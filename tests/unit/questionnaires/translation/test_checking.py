"""A translation has the placeholders, numbers and options of its source, and is plain text."""

import pytest

from questionnaires.loading import read_definition
from questionnaires.problems import Severity
from questionnaires.translation import FormText, check_language, check_text

YEAR = "Give ${name} a year from 1900 to 2100, in steps of 0.5."


def codes(source: str, given: str, language: str = "fr") -> list[str]:
    text = FormText("year.label", "", source, {"en": source, language: given})
    return [problem.code for problem in check_text(text, language)]


@pytest.mark.parametrize(
    "given",
    [
        "Donnez à ${name} une année de 1900 à 2100, par pas de 0,5.",
        "De 1900 à 2100 par pas de 0,5 : donnez une année à ${name}.",
        "أعطِ ${name} سنة من ١٩٠٠ إلى ٢١٠٠ بخطوات قدرها ٠٫٥.",
        "\u2067${name}\u2069 : 1900–2100, 0.5",
    ],
)
def test_same_placeholders_and_numbers_in_another_order_are_fine(given: str) -> None:
    assert codes(YEAR, given) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "empty-translation"),
        (" \u00a0", "empty-translation"),
        ("De 1900 à 2100 par pas de 0,5.", "placeholder-mismatch"),
        ("${nom} : de 1900 à 2100 par pas de 0,5.", "placeholder-mismatch"),
        ("${name} ${name} : de 1900 à 2100, 0,5.", "placeholder-mismatch"),
        ("${name} : de 1900 à 2010 par pas de 0,5.", "number-mismatch"),
        ("${name} : de l'an 1900 à aujourd'hui.", "number-mismatch"),
        ("<b>${name}</b> : 1900, 2100, 0,5.", "markup"),
        ("${name}&nbsp;: 1900, 2100, 0,5.", "markup"),
        ("\u202b${name} : 1900, 2100, 0,5.", "unbalanced-direction"),
        ("${name}\u202c : 1900, 2100, 0,5.", "unbalanced-direction"),
        ("\u2067\u202b${name}\u2069\u202c : 1900, 2100, 0,5.", "unbalanced-direction"),
        ("${name}\x07 : 1900, 2100, 0,5.", "control-character"),
    ],
)
def test_translation_that_does_not_hold_what_its_source_holds_is_refused(
    given: str, expected: str
) -> None:
    assert codes(YEAR, given) == [expected]


@pytest.mark.parametrize(
    ("source", "given", "same"),
    [
        ("At most 1,200 persons", "1 200 personnes au plus", True),
        ("At most 1,200 persons", "1.200 personas como máximo", True),
        ("At most 1,200 persons", "Не более 1\u00a0200 человек", True),
        ("At most 1,200 persons", "١٬٢٠٠ شخص على الأكثر", True),
        ("At most 1,200.5 km", "1 200,5 km au plus", True),
        ("In 2007 500 replied", "En 2007, 500 ont répondu", True),
        ("In 2007, 500 replied", "En 2007, 50 ont répondu", False),
        ("At most 1,200 persons", "120 personnes au plus", False),
        ("Chapters 1, 2 and 3", "Chapitres 1, 2, 3 et 4", False),
    ],
)
def test_numbers_are_compared_however_they_are_written(
    source: str, given: str, *, same: bool
) -> None:
    found = [code for code in codes(source, given) if code == "number-mismatch"]

    assert found == ([] if same else ["number-mismatch"])


def test_faults_of_one_text_are_told_together() -> None:
    assert codes(YEAR, "<b>Rien</b>") == ["placeholder-mismatch", "number-mismatch", "markup"]


def test_markup_of_the_source_may_be_kept() -> None:
    assert codes("Write <name> here & there", "Écrivez <name> ici & là") == []


@pytest.mark.parametrize(
    ("source", "given", "expected"),
    [
        ("Which capacity?", "À quel titre, et pour le compte de qui ?", ["long-translation"]),
        ("Year", "Année de fondation", []),
        ("Justice", "Justice", ["untranslated"]),
        ("GFMD", "GFMD", []),
    ],
)
def test_what_may_be_right_is_only_warned_of(source: str, given: str, expected: list[str]) -> None:
    text = FormText("year.label", "", source, {"en": source, "fr": given})

    problems = check_text(text, "fr")

    assert [problem.code for problem in problems] == expected
    assert all(problem.severity is Severity.WARNING for problem in problems)


LISTS = """
settings: {{form_id: lists, version: "1", form_title: Lists, languages: [en, fr]}}
choices:
  answers:
    - {{name: yes, label: {{en: "Yes", fr: {yes}}}}}
    - {{name: perhaps, label: {{en: Perhaps, fr: {perhaps}}}}}
    - {{name: maybe, label: {{en: Maybe, fr: {maybe}}}}}
survey:
  - name: section_a
    label: A
    children:
      - {{name: answer, type: select_one answers, label: Which?, code: A1}}
"""


def faults_of_lists(**labels: str) -> list[tuple[str, str]]:
    definition, _ = read_definition(LISTS.format(**labels), source="lists")
    assert definition is not None
    return [(problem.code, problem.place) for problem in check_language(definition, "fr")]


def test_options_that_can_be_told_apart_are_fine() -> None:
    assert faults_of_lists(yes="Oui", perhaps="Peut-être", maybe="Possible") == []


def test_options_that_read_alike_are_refused() -> None:
    assert faults_of_lists(yes="Oui", perhaps="Peut-être", maybe="peut-être ") == [
        ("same-options", "choices.answers.maybe.label")
    ]


def test_list_in_two_languages_is_warned_of_once() -> None:
    assert faults_of_lists(yes="Oui", perhaps='""', maybe='""') == [
        ("half-translated-list", "choices.answers.perhaps.label")
    ]


def test_language_of_the_source_is_not_compared_with_itself() -> None:
    definition, _ = read_definition(
        LISTS.format(yes="Oui", perhaps="Oui", maybe="Oui"), source="lists"
    )
    assert definition is not None

    assert check_language(definition, "en") == []
