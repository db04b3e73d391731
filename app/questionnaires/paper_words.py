"""The words of a printed page: of the form in its language, and which language that is."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.responses.language import words_said
from questionnaires.models import Definition


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Who writes the words of one definition in one language."""

    definition: Definition
    language: str

    def words(self, text: Mapping[str, str]) -> str:
        """A text in the page's language, or in that which it falls back to, and knows."""
        return words_said(self.definition, text, self.language)
