"""The books of phrases by language, and which of them speaks in a language."""

from collections.abc import Mapping

from questionnaires.languages import closest
from questionnaires.phrasebooks.arabic import ARABIC
from questionnaires.phrasebooks.book import Phrasebook
from questionnaires.phrasebooks.english import ENGLISH
from questionnaires.phrasebooks.french import FRENCH
from questionnaires.phrasebooks.russian import RUSSIAN
from questionnaires.phrasebooks.spanish import SPANISH

FALLBACK = "en"
"""What is spoken in languages that have no book."""
PHRASEBOOKS: Mapping[str, Phrasebook] = {
    FALLBACK: ENGLISH,
    "fr": FRENCH,
    "es": SPANISH,
    "ar": ARABIC,
    "ru": RUSSIAN,
}


def language_spoken(language: str) -> str:
    """The language of our sentences on a page in a language: its own, or English."""
    return closest(tuple(PHRASEBOOKS), language) or FALLBACK


def phrasebook(language: str) -> Phrasebook:
    """The book for a page in a language (``fr-CA`` finds ``fr``)."""
    return PHRASEBOOKS[language_spoken(language)]
