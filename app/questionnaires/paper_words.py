"""The words of a printed page: of the form in its language, and which language that is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.responses.language import words_said
from app.web.said import Said
from questionnaires.models import Definition
from questionnaires.references import PLACEHOLDER


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Who writes the words of one definition in one language."""

    definition: Definition
    language: str

    def words(self, text: Mapping[str, str]) -> str:
        """A text in the page's language, or in that which it falls back to, and knows.

        An answer that it repeats is not there yet: its number stands for it, as in ``… (A1)``.
        """
        words = words_said(self.definition, text, self.language)
        if "${" not in words:
            return words
        filled = PLACEHOLDER.sub(self._numbered, words)
        return words.saying(filled) if isinstance(words, Said) else filled

    def _numbered(self, found: re.Match[str]) -> str:
        item = self.definition.item_of.get(found[1])
        return f"… ({item.code})" if item is not None else "…"
