"""The words beside the questions: in every language of our questionnaires, each complete."""

import tracemalloc
from dataclasses import fields

import pytest

from app.responses.form_words import ENGLISH, LANGUAGES, FormWords, form_words
from app.web.said import Said
from questionnaires.models import MissingCode
from tests.fixtures.shipped import SHIPPED

NAMES = [word.name for word in fields(FormWords)]


def test_every_language_of_the_published_questionnaires_has_words() -> None:
    languages = {
        language
        for slug in SHIPPED.slugs()
        for version in SHIPPED.versions(slug)
        for language in SHIPPED.get(slug, version).settings.languages
    }

    assert "ar" in languages
    assert languages <= set(LANGUAGES)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_word_is_given_in_each_language(language: str) -> None:
    words = LANGUAGES[language]

    given = {name: getattr(words, name) for name in NAMES}

    assert [name for name in NAMES if given[name] != given[name].strip() or not given[name]] == []
    assert [name for name in NAMES if given[name] == getattr(ENGLISH, name)] == []
    assert len(set(words.reasons.values())) == len(MissingCode)


@pytest.mark.parametrize(
    ("language", "word", "spoken", "direction"),
    [
        ("fr-CA", "Sans objet", "fr", ""),
        ("ar", "لا ينطبق", "ar", "rtl"),
        ("fa", "Does not apply", "en", "ltr"),
    ],
)
def test_words_know_their_language(language: str, word: str, spoken: str, direction: str) -> None:
    found = form_words(language).not_applicable

    assert isinstance(found, Said)
    assert (str(found), found.language, found.direction) == (word, spoken, direction)


def test_words_of_the_interface_need_no_mark() -> None:
    assert not isinstance(form_words("en").not_applicable, Said)
    assert not isinstance(form_words("de").not_applicable, Said)


def test_places_of_a_ranking_are_named_beyond_the_fifth() -> None:
    words = form_words("fr")

    assert (words.place_named(1), words.place_named(6)) == ("En premier", "Rang 6")


def test_words_are_kept_for_some_languages_and_not_for_all_that_a_form_may_name() -> None:
    tracemalloc.start()

    taken: list[int] = []
    for number in range(300):
        form_words(f"fr-x-{number}")
        taken.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.stop()
    assert taken[-1] - taken[99] < 100_000
    assert form_words("fr-x-1").reasons == form_words("fr").reasons
