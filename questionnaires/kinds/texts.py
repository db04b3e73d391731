"""Free text, of one line or several."""

from collections.abc import Sequence

from questionnaires.answered import is_answered
from questionnaires.answers import Value
from questionnaires.kinds.kind import Kind, Parsed, text_problems, wrong_type
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem


class TextKind(Kind):
    """Free text. It is kept as it was typed; only line ends become a plain line feed."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        text = (raw[0] if raw else "").replace("\r\n", "\n").replace("\r", "\n")
        return (text if is_answered(text) else None), []

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        if not isinstance(value, str):
            return [wrong_type(question, "text")]
        return text_problems(question, value)

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        return str(value)

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        return (data, []) if isinstance(data, str) else (None, [wrong_type(question, "text")])
