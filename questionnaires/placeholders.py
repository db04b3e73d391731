"""References in words for people: ``${name}`` in a label stands for what was answered there."""

import re
from collections.abc import Mapping

from questionnaires.datum import Datum, text_of
from questionnaires.kinds import display, read_default
from questionnaires.models import Definition
from questionnaires.references import PLACEHOLDER

NOTHING = "…"
"""What stands for an answer that is not there yet."""
LONGEST = 100
"""Characters of an answer that a label repeats."""


def filled_in(
    text: str,
    definition: Definition,
    values: Mapping[str, Datum],
    language: str | None = None,
    *,
    with_personal: bool = True,
) -> str:
    """The words with answers in place of references, in a language; shortened, on one line.

    ``values`` is what questions are worth, as a route has it. ``with_personal`` is false where
    the words go beyond the respondent's own pages.
    """
    if "${" not in text:
        return text

    def said(found: re.Match[str]) -> str:
        question = definition.by_name.get(found[1])
        if question is None or (question.personal and not with_personal):
            return NOTHING
        worth = text_of(values.get(question.name, ""))
        value, _ = read_default(question, definition, worth)
        words = display(question, definition, value, language) if value is not None else worth
        line = " ".join(words.split())
        return line if len(line) <= LONGEST else line[: LONGEST - 1] + NOTHING

    return PLACEHOLDER.sub(lambda found: said(found) or NOTHING, text)
