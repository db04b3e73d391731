"""The words of a printed page: of the form in its language, and which language that is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.questionnaires.paper_phrases.languages import paper_phrases
from app.questionnaires.paper_phrases.phrases import PaperPhrases
from app.responses.form_words import FormWords, form_words
from app.responses.language import spoken, words_said
from app.web.said import Said
from questionnaires.models import Definition
from questionnaires.phrasebooks.books import language_spoken
from questionnaires.references import PLACEHOLDER


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Who writes the words of one definition in one language."""

    definition: Definition
    language: str

    @property
    def page(self) -> str:
        """The language of the page: the form's, or English where we have no words in it."""
        return language_spoken(self.language)

    @property
    def phrases(self) -> PaperPhrases:
        """What the page says of its own."""
        return paper_phrases(self.language)

    @property
    def beside(self) -> FormWords:
        """What stands beside the questions on the screen, too."""
        return form_words(self.language, self.page)

    def authors(self, words: str) -> str:
        """What authors wrote once, in the language in which the form was written."""
        own = self.definition.settings.default_language
        return spoken(words, own, among=self.language, page=self.page)

    def words(self, text: Mapping[str, str]) -> str:
        """A text in the page's language, or in that which it falls back to, and knows.

        An answer that it repeats is not there yet: its number stands for it, as in ``… (A1)``.
        """
        words = words_said(self.definition, text, self.language, page=self.page)
        if "${" not in words:
            return words
        filled = PLACEHOLDER.sub(self._numbered, words)
        return words.saying(filled) if isinstance(words, Said) else filled

    def _numbered(self, found: re.Match[str]) -> str:
        item = self.definition.item_of.get(found[1])
        return f"… ({item.code})" if item is not None else "…"
