"""What every kind of question can do."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from questionnaires.answers import Point, Value
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem

MAX_TEXT = 100_000
"""Characters that one text may have."""

Json = (
    str
    | int
    | float
    | dict[str, int | float]
    | list[str]
    | list[dict[str, str | int | float | list[str]]]
)
"""A value as JSON holds it."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""PostgreSQL cannot hold the first, UTF-8 none of the others (halves of surrogate pairs)."""

Parsed = tuple[Value | None, list[Problem]]


class Kind(ABC):
    """One kind of question, and all it does at the surfaces: form, check, words, JSON."""

    @abstractmethod
    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        """Read what a form posts for this question: all values of the field of its name.

        Gives the value (``None`` when the field was left blank or cannot be read) and what could
        not be read. Whether the value is acceptable is for ``check`` to say.
        """

    @abstractmethod
    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        """What is wrong with a value by itself: type, length, options, number of rows."""

    @abstractmethod
    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        """The value in words for people."""

    @abstractmethod
    def from_json(self, question: Question, data: object) -> Parsed:
        """Read a value from what JSON holds; ``None`` stands for no value."""

    def to_json(self, value: Value) -> Json:
        """The value as JSON holds it."""
        return value_to_json(value)


def value_to_json(value: Value) -> Json:
    """A value as JSON holds it: selections as lists, rows and places as objects."""
    match value:
        case Point(latitude, longitude):
            return {"latitude": latitude, "longitude": longitude}
        case tuple():
            rows = [part for part in value if isinstance(part, Mapping)]
            if rows:
                return [
                    {
                        column: list(entry) if isinstance(entry, tuple) else entry
                        for column, entry in row.items()
                    }
                    for row in rows
                ]
            return [part for part in value if isinstance(part, str)]
        case _:
            return value


def wrong_type(question: Question, expected: str) -> Problem:
    """The problem of a value that is not of the question's type."""
    return Problem(
        code="wrong-type",
        message=f"This answer is not {expected}.",
        mend=f"Give {expected}.",
        place=question.name,
    )


def text_problems(question: Question, text: str, *, most: int = MAX_TEXT) -> list[Problem]:
    """What is wrong with a piece of text: too long, or with characters nothing can store."""
    problems: list[Problem] = []
    if len(text) > most:
        problems.append(
            Problem(
                code="too-long",
                message=f"This answer has {len(text):,} characters; at most {most:,} fit.",
                mend="Shorten it, or attach the text as a document and refer to it here.",
                place=question.name,
            )
        )
    if _UNSTORABLE.search(text):
        problems.append(
            Problem(
                code="unstorable-character",
                message="This answer has a character that cannot be stored.",
                mend="Type the text again, or paste it as plain text.",
                place=question.name,
            )
        )
    return problems
