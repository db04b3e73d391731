"""Calendar dates, stored as ISO text."""

import re
from collections.abc import Sequence
from datetime import date

from questionnaires.answers import Value
from questionnaires.kinds.kind import Kind, Parsed, wrong_type
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _is_date(text: str) -> bool:
    if not _ISO.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _not_a_date(question: Question, text: str) -> Problem:
    return Problem(
        code="not-a-date",
        message=f"«{text[:60]}» is not a date of the calendar.",
        mend="Write year, month and day with hyphens, such as 2007-05-31.",
        place=question.name,
    )


class DateKind(Kind):
    """A date; year first, so that day and month cannot be mixed up."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        text = (raw[0] if raw else "").strip()
        if not text:
            return None, []
        return (text, []) if _is_date(text) else (None, [_not_a_date(question, text)])

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        if not isinstance(value, str):
            return [wrong_type(question, "a date")]
        return [] if _is_date(value) else [_not_a_date(question, value)]

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        return str(value)

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        return (data, []) if isinstance(data, str) else (None, [wrong_type(question, "a date")])
