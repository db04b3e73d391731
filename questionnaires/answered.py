"""Whether something counts as an answer: the one function that form, rates and exports share."""

import unicodedata
from collections.abc import Mapping

from questionnaires.answers import Entry, Value
from questionnaires.models import Definition, Question, QuestionType

_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Characters that Unicode counts as letters, marks or symbols although nothing is seen."""


def _is_visible(character: str) -> bool:
    if character in _INVISIBLE_LETTERS or "\ufe00" <= character <= "\ufe0f":
        return False
    return unicodedata.category(character) not in _INVISIBLE_CATEGORIES


def is_answered(value: Value | None) -> bool:
    """Whether a value says something.

    White space, zero-width and control characters say nothing; nor do an empty selection, a table
    without rows and rows of blanks. Every number does, zero too.
    """
    match value:
        case None:
            return False
        case str():
            # Nearly every text begins with a letter or digit; only the others need a look.
            return "!" <= value[:1] <= "~" or any(map(_is_visible, value))
        case tuple():
            return any(_says_something(part) for part in value)
        case _:
            return True


def _says_something(part: str | Mapping[str, Entry]) -> bool:
    if isinstance(part, str):
        return is_answered(part)
    return any(is_answered(entry) for entry in part.values())


def is_nil(question: Question, value: Value | None, definition: Definition) -> bool:
    """Whether the answer is «none»: the exclusive option of its list and nothing else."""
    if question.type is QuestionType.SELECT_MULTIPLE and isinstance(value, tuple):
        chosen = value[0] if len(value) == 1 else None
    elif question.type is QuestionType.SELECT_ONE and isinstance(value, str):
        chosen = value
    else:
        return False
    return any(
        choice.exclusive and choice.name == chosen for choice in definition.options(question)
    )
