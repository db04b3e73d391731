"""A statement that a respondent ticks, or leaves."""

from collections.abc import Sequence

from questionnaires.answers import Value
from questionnaires.kinds.kind import Kind, Parsed, wrong_type
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem

OK = "OK"
"""What ODK stores for an acknowledgement; there is no other answer."""


class AcknowledgeKind(Kind):
    """One box to tick: «OK», or nothing."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        text = (raw[0] if raw else "").strip()
        return (text or None), []

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        return [] if value == OK else [wrong_type(question, f"«{OK}»")]

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        return str(value)

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        return (data, []) if isinstance(data, str) else (None, [wrong_type(question, f"«{OK}»")])
