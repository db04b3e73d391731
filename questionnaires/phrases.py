"""Sentences about a form: our words, and between them words of the form in its own language."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from questionnaires.references import PLACEHOLDER

LONGEST = 90
"""Characters of a label within a sentence; a longer one is cut at a word."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words of the form within a sentence of ours, which sets them in its own quotes."""

    text: str
    language: str


Part = str | Label
Phrase = tuple[Part, ...]
"""Parts of a sentence from its beginning; a string is ours, in the language of a phrasebook."""

_BRACES = re.compile(r"\{(\w+)\}")


def label(text: str, language: str) -> Label:
    """Words of the form as a sentence repeats them: on one line, and not too long."""
    line = " ".join(PLACEHOLDER.sub("…", text).split()).rstrip(":;")
    if len(line) > LONGEST:
        line = line[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return Label(line, language)


def plain(phrase: Phrase) -> str:
    """A sentence as plain text."""
    return "".join(part if isinstance(part, str) else part.text for part in phrase)


def phrase(*parts: Part | Phrase) -> Phrase:
    """One sentence of parts and sentences; neighbouring words of ours become one part."""
    found: list[Part] = []
    for part in parts:
        for piece in part if isinstance(part, tuple) else (part,):
            if isinstance(piece, str) and found and isinstance(found[-1], str):
                found[-1] += piece
            elif piece != "":
                found.append(piece)
    return tuple(found)


def filled(pattern: str, **given: Part | Phrase) -> Phrase:
    """A pattern of a phrasebook with its braces filled; each of them must be given."""
    pieces = _BRACES.split(pattern)
    # Every second piece is the name of what stands in braces.
    return phrase(*(given[one] if at % 2 else one for at, one in enumerate(pieces)))


def listed(phrases: Sequence[Phrase], between: str, last: str) -> Phrase:
    """``a``, ``a or b``, ``a, b or c``: with what stands before the last one."""
    if len(phrases) == 1:
        return phrases[0]
    return phrase(separated(phrases[:-1], between), last, phrases[-1])


def separated(phrases: Iterable[Phrase], separator: str) -> Phrase:
    """Phrases with something between."""
    parts: list[Part | Phrase] = []
    for one in phrases:
        parts += [separator, one] if parts else [one]
    return phrase(*parts)
