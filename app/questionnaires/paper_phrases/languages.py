"""The phrases of the papers by language, and how they are filled."""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache

from app.questionnaires.paper_phrases.arabic import ARABIC
from app.questionnaires.paper_phrases.english import ENGLISH
from app.questionnaires.paper_phrases.french import FRENCH
from app.questionnaires.paper_phrases.phrases import PaperPhrases
from app.questionnaires.paper_phrases.russian import RUSSIAN
from app.questionnaires.paper_phrases.spanish import SPANISH
from app.responses.language import as_said, spoken
from questionnaires.phrasebooks.books import language_spoken

LANGUAGES: Mapping[str, PaperPhrases] = {
    "en": ENGLISH,
    "fr": FRENCH,
    "es": SPANISH,
    "ar": ARABIC,
    "ru": RUSSIAN,
}


@lru_cache(maxsize=64)
def paper_phrases(language: str) -> PaperPhrases:
    """The phrases of a page in a language; they know theirs where the page runs the other way."""
    page = language_spoken(language)
    phrases = LANGUAGES[page]
    said = {
        one.name: spoken(getattr(phrases, one.name), page, among=language, page=page)
        for one in fields(PaperPhrases)
    }
    return replace(phrases, **said)


def told(pattern: str, **given: object) -> str:
    """A phrase with its braces filled, in the language that it is in."""
    return as_said(pattern, pattern.format(**given))
