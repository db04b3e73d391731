"""Personal data within an answer: the columns of a table that are marked as such."""

from collections.abc import Mapping

from questionnaires.answers import Value
from questionnaires.models import Question


def personal_columns(question: Question) -> frozenset[str]:
    """The names of the columns that hold personal data; none for what is no table."""
    return frozenset(column.name for column in question.columns if column.personal)


def without_personal_columns(question: Question, value: Value | None) -> Value | None:
    """A value as those may see it who may not see personal data; rows stay, their cells go."""
    hidden = personal_columns(question)
    if not hidden or not isinstance(value, tuple):
        return value
    return tuple(
        {name: entry for name, entry in row.items() if name not in hidden}
        for row in value
        if isinstance(row, Mapping)
    )
