"""The papers' own words: every language complete, with the same braces, and none in English."""

import re
from dataclasses import fields

import pytest

from app.questionnaires.blank_form import blank_form
from app.questionnaires.codebook_page import codebook
from app.questionnaires.paper_phrases.languages import LANGUAGES, paper_phrases
from app.questionnaires.paper_phrases.phrases import PaperPhrases
from app.responses.form_words import LANGUAGES as BESIDE
from app.web.said import Said
from questionnaires.phrasebooks.books import PHRASEBOOKS
from tests.fixtures.shipped import SHIPPED

NAMES = [one.name for one in fields(PaperPhrases)]
OTHERS = sorted(set(LANGUAGES) - {"en"})
SHARED = {"source", "options", "publication", "minute"}
"""Words that French and English write alike."""


def braces(pattern: str) -> list[str]:
    return sorted(re.findall(r"{(\w*)}", pattern))


def test_all_words_of_a_page_are_there_in_the_same_languages() -> None:
    assert set(LANGUAGES) == set(PHRASEBOOKS) == set(BESIDE)


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_is_given_with_the_same_braces(language: str) -> None:
    given = {name: getattr(LANGUAGES[language], name) for name in NAMES}
    english = {name: getattr(LANGUAGES["en"], name) for name in NAMES}

    assert [name for name in NAMES if given[name] != given[name].strip() or not given[name]] == []
    assert {name: braces(given[name]) for name in NAMES} == {
        name: braces(english[name]) for name in NAMES
    }
    shared = SHARED if language == "fr" else set()
    assert {name for name in NAMES if given[name] == english[name]} - shared == set()


def test_russian_is_written_as_the_questionnaires_write_it() -> None:
    """With a long dash between words, and a capital for those who are addressed."""
    books = (LANGUAGES["ru"], BESIDE["ru"], PHRASEBOOKS["ru"])
    texts = [str(getattr(book, one.name)) for book in books for one in fields(book)]

    # What stands between two dashes of one width is no sentence.
    dashed = [text for text in texts if "–" in text]
    assert dashed == [BESIDE["ru"].not_chosen]
    assert [text for text in texts if re.search(r"\b(вы|вас|вам|ваш\w*)\b", text)] == []


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "Blank form, version 2026: 36 questions, of which 17 are the core."),
        (
            "fr",
            (
                "Formulaire vierge, version 2026. Nombre de questions\u00a0: 36, dont questions "
                "essentielles\u00a0: 17."
            ),
        ),
        ("ru", "Пустой бланк, версия 2026. Число вопросов: 36, из них основных: 17."),
    ],
)
def test_lead_counts_without_plurals(language: str, lead: str) -> None:
    definition = SHIPPED.get("rcp-migration-development", "2026")

    assert blank_form(definition, language).lead == lead


def test_phrases_are_marked_only_where_the_page_runs_the_other_way() -> None:
    persian = paper_phrases("fa").tick_one

    assert isinstance(persian, Said)
    assert (str(persian), persian.language, persian.direction) == ("Tick one.", "en", "ltr")
    for language in ("ar", "fr", "de"):
        assert not isinstance(paper_phrases(language).tick_one, Said)


def test_codebook_has_guidance_and_messages() -> None:
    book = codebook(SHIPPED.get("rcp-migration-development", "2026"), "es")

    headings = {
        heading for part in book.sections for entry in part.entries for heading, _ in entry.texts
    }

    assert headings >= {"Indicación", "Explicación", "Mensaje si no se acepta la respuesta"}
