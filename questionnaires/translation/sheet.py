"""The words of a translation workbook that both who writes and who reads it must know."""

import re
from enum import StrEnum

from questionnaires.languages import english_name, is_language

COVER = "Read me first"
SHEET = "Translation"
FORM = "Form"
"""On the cover, what stands before the name of the form."""

_LANGUAGE = re.compile(r"\(([^()]*)\)\s*$")


class Head(StrEnum):
    """The headings whose columns do not depend on the language, and how the others begin."""

    ID = "Id"
    PLACE = "Where it stands"
    SOURCE = "Source"
    TRANSLATION = "Translation"
    TO_DO = "To do"
    REMARKS = "Remarks"
    MARK = "Mark of the source"


def heading(head: Head, language: str) -> str:
    """A heading with its language: ``Translation: French (fr)``."""
    name = english_name(language)
    tagged = name if name.endswith(f"({language})") else f"{name} ({language})"
    return f"{head}: {tagged}"


def is_heading(text: str, head: Head) -> bool:
    """Whether a heading is this one, with its language or without."""
    return text.partition(":")[0].strip().casefold() == head.casefold()


def language_in(text: str) -> str | None:
    """The language that a heading names; ``None`` when it names none."""
    found = _LANGUAGE.search(text)
    tag = found[1].strip() if found else ""
    return tag if is_language(tag) else None
