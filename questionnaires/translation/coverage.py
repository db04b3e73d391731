"""How far a form is translated into a language."""

from dataclasses import dataclass

from questionnaires.models import Definition
from questionnaires.translation.texts import FormText, texts_of


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a form there is in a language."""

    language: str
    total: int
    """Texts that there are to translate."""
    missing: tuple[FormText, ...]
    """Not translated yet; readers see them in the default language."""
    outdated: tuple[FormText, ...]
    """Translated from a source that has changed since."""

    @property
    def translated(self) -> int:
        """How many texts there are in the language, outdated ones too."""
        return self.total - len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do."""
        return not self.missing and not self.outdated


def coverage(definition: Definition, language: str, *, since: Definition | None = None) -> Coverage:
    """How complete a language is.

    With ``since``, an earlier version: a translation is outdated where its source is another than
    there and it is the same.
    """
    texts = [text for text in texts_of(definition) if text.source]
    before = {text.id: text for text in texts_of(since)} if since is not None else {}
    return Coverage(
        language=language,
        total=len(texts),
        missing=tuple(text for text in texts if language not in text.words),
        outdated=tuple(
            text
            for text in texts
            if text.id in before and _is_outdated(before[text.id], text, language)
        ),
    )


def _is_outdated(before: FormText, now: FormText, language: str) -> bool:
    given = now.words.get(language)
    has_changed = bool(before.source) and before.source != now.source
    return has_changed and given is not None and given == before.words.get(language)
