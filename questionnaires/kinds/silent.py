"""Notes and calculations, which nobody answers."""

from collections.abc import Sequence

from questionnaires.answers import Value
from questionnaires.kinds.kind import Kind, Parsed
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem


def _not_asked(question: Question) -> Problem:
    return Problem(
        code="not-a-question",
        message="This part of the form is not a question.",
        mend="Leave it out: it takes no answer.",
        place=question.name,
    )


class SilentKind(Kind):
    """A note is read, a calculation is derived; neither takes an answer."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        return None, [_not_asked(question)] if any(raw) else []

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        return [_not_asked(question)]

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        return str(value)

    def from_json(self, question: Question, data: object) -> Parsed:
        return None, [] if data is None else [_not_asked(question)]
