"""Sentences in each language: every book complete, patterns alike, and sentences that read well."""

import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.languages import direction_of
from questionnaires.models import Choice, Definition, Group, Question, QuestionType, Settings
from questionnaires.phrasebooks.book import Phrasebook
from questionnaires.phrasebooks.books import FALLBACK, PHRASEBOOKS, language_spoken, phrasebook
from questionnaires.phrases import plain
from questionnaires.routing_words import allowed_if, asked_if, offered_if
from tests.fixtures.shipped import SHIPPED

ENGLISH = PHRASEBOOKS[FALLBACK]
OTHERS = sorted(set(PHRASEBOOKS) - {FALLBACK})
PATTERNS = [one.name for one in fields(Phrasebook) if one.name != "months"]
LANGUAGES = ("en", "fr", "es", "ar", "ru", "de")
SIGNS = {
    "brackets",
    "comma",
    "compared",
    "day",
    "field_of",
    "first_of_month",
    "quoted",
    "thousands",
}
"""Patterns without words of ours, which languages may share."""
WORDS = {
    "red": ("Red", "Rouge", "Rojo", "أحمر", "Красный", "Rot"),
    "blue": ("Blue", "Bleu", "Azul", "أزرق", "Синий", "Blau"),
}


def asked(name: str, type_: QuestionType, code: str) -> Question:
    listed = "colours" if type_.value.startswith("select") else None
    return Question(name=name, type=type_, code=code, label={"en": name}, list_name=listed)


FORM = Definition(
    settings=Settings(
        form_id="words", version="1", form_title={"en": "Words"}, languages=LANGUAGES
    ),
    choices={
        "colours": tuple(
            Choice(name=name, label=dict(zip(LANGUAGES, labels, strict=True)))
            for name, labels in WORDS.items()
        )
    },
    survey=(
        Group(
            name="section",
            children=(
                asked("one", QuestionType.SELECT_ONE, "C1"),
                asked("several", QuestionType.SELECT_MULTIPLE, "A2"),
                asked("number", QuestionType.INTEGER, "A3"),
                asked("day", QuestionType.DATE, "A4"),
                asked("words", QuestionType.TEXT, "A5"),
                asked("told", QuestionType.TEXT, "D1"),
            ),
        ),
    ),
)


def about(**expressions: str) -> Question:
    return FORM.by_name["told"].model_copy(update=expressions)


def routing(expression: str, language: str) -> str:
    said = asked_if(FORM, about(relevant=expression), language)
    assert said is not None
    return plain(said.phrase)


def braces(pattern: str) -> list[str]:
    return sorted(re.findall(r"{(\w*)}", pattern))


@pytest.mark.parametrize("language", OTHERS)
def test_every_pattern_is_given_with_the_same_braces(language: str) -> None:
    book = PHRASEBOOKS[language]
    given_ = {name: getattr(book, name) for name in PATTERNS}

    assert [name for name in PATTERNS if not given_[name].strip() and name != "thousands"] == []
    assert {name: braces(given_[name]) for name in PATTERNS} == {
        name: braces(getattr(ENGLISH, name)) for name in PATTERNS
    }
    assert len(book.months) == len(set(book.months)) == 12


@pytest.mark.parametrize("language", OTHERS)
def test_no_pattern_is_left_in_english(language: str) -> None:
    book = PHRASEBOOKS[language]

    same = {name for name in PATTERNS if getattr(book, name) == getattr(ENGLISH, name)}

    assert same - SIGNS == set()
    assert language == "es" or set(book.months).isdisjoint(ENGLISH.months)


def test_every_language_of_the_published_questionnaires_is_spoken() -> None:
    languages = {
        language
        for slug in SHIPPED.slugs()
        for version in SHIPPED.versions(slug)
        for language in SHIPPED.get(slug, version).settings.languages
    }

    assert languages <= set(PHRASEBOOKS)


def test_language_without_a_book_gets_english() -> None:
    assert (language_spoken("fr-CA"), language_spoken("de")) == ("fr", "en")
    assert phrasebook("de") is ENGLISH
    assert routing("${one} = 'red'", "de") == "Asked if C1 is «Rot»"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "À remplir si la réponse à C1 est «\u00a0Rouge\u00a0» ou «\u00a0Bleu\u00a0»"),
        ("es", "Responda si la respuesta a C1 es «Rojo» o «Azul»"),
        ("ar", "يُسأل إذا كانت الإجابة عن C1 هي «أحمر» أو «أزرق»"),
        ("ru", "Заполняется, если ответ на вопрос C1 — «Красный» или «Синий»"),
    ],
)
def test_options_are_said_in_quotes(language: str, sentence: str) -> None:
    assert routing("${one} = 'red' or ${one} = 'blue'", language) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            (
                "À remplir si le nombre de choix faits dans A2 est d’au moins 2, et les choix "
                "faits dans A2 ne comprennent pas «\u00a0Rouge\u00a0»"
            ),
        ),
        (
            "es",
            (
                "Responda si el número de opciones marcadas en A2 es como mínimo 2, y en A2 no se "
                "ha marcado «Rojo»"
            ),
        ),
        (
            "ar",
            (
                "يُسأل إذا كان عدد الخيارات المحددة في A2 هو 2 على الأقل، ولم تشمل الخيارات المحددة "
                "في A2 ما يلي: «أحمر»"
            ),
        ),
        (
            "ru",
            (
                "Заполняется, если число выбранных в A2 вариантов — не менее 2, и в A2 не выбрано "
                "«Красный»"
            ),
        ),
    ],
)
def test_counts_need_no_plural(language: str, sentence: str) -> None:
    expression = "count-selected(${several}) > 1 and not(selected(${several}, 'red'))"

    assert routing(expression, language) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "À remplir sauf si la réponse à A4 précède la date du 1er février 2030"),
        (
            "es",
            "Responda salvo si la respuesta a A4 es anterior a la fecha del 1 de febrero de 2030",
        ),
        ("ar", "يُسأل إلا إذا كانت الإجابة عن A4 قبل 1 شباط/فبراير 2030"),
        (
            "ru",
            "Заполняется, кроме случая, когда ответ на вопрос A4 — раньше, чем 1 февраля 2030 года",
        ),
    ],
)
def test_days_are_said_as_people_write_them(language: str, sentence: str) -> None:
    assert routing("not(${day} < '2030-02-01')", language) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "À remplir selon les réponses précédentes\u00a0: C1, A2 et A5"),
        ("es", "Responda según las respuestas anteriores: C1, A2 y A5"),
        ("ar", "يُسأل بحسب الإجابات السابقة: C1، A2 وA5"),
        ("ru", "Заполняется в зависимости от предыдущих ответов: C1, A2 и A5"),
    ],
)
def test_what_has_no_words_tells_what_it_depends_on(language: str, sentence: str) -> None:
    expression = "${one} = 'red' and selected(${several}, 'red') and regex(${words}, 'a')"

    assert routing(expression, language) == sentence


def test_checks_and_filters_are_said() -> None:
    check = allowed_if(FORM, about(constraint=". >= 1900 and . <= 2100"), "fr")
    offered = offered_if(FORM, about(choice_filter="selected(${several}, name)"), "ru")

    assert check is not None
    assert offered is not None
    assert plain(check.phrase) == (
        "Réponse acceptée si la réponse vaut 1900 ou plus et vaut 2100 ou moins"
    )
    assert plain(offered.phrase) == "Только варианты, выбранные в A2"


conditions = st.recursive(
    st.sampled_from(
        (
            "${one} = 'red'",
            "${number} > 5",
            "${number} * 2 <= ${number}",
            "selected(${several}, 'blue')",
            "count-selected(${several}) = 2",
            "${day} < today() - 30",
            "contains(${words}, 'x')",
        )
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(("and", "or")), inner).map(
            lambda one: f"({' '.join(one)})"
        ),
        inner.map(lambda one: f"not({one})"),
    ),
    max_leaves=6,
)


@given(conditions, st.sampled_from(OTHERS))
def test_what_can_be_said_in_english_can_be_said_in_all(expression: str, language: str) -> None:
    words = routing(expression, language)

    assert not re.search(r"[{}]| {2}|\b(?:is|if|and|or|than)\b", words)
    assert words.count("(") == words.count(")")
    if direction_of(language) == "rtl" or language == "ru":
        assert not re.search(r"[a-z]{2}", words)
