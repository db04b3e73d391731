"""Attached files and links: the keys of materials that are stored elsewhere."""

import re
from collections.abc import Sequence

from questionnaires.answers import Value
from questionnaires.kinds.kind import Kind, Parsed, wrong_type
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem

MAX_FILES = 50
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


def keys_of(value: str) -> tuple[str, ...]:
    """The keys of the materials in a stored value, in order."""
    return tuple(key for key in (part.strip() for part in value.split(",")) if key)


class FileKind(Kind):
    """Files or links; the value holds the keys of the materials, parted by commas."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        keys = dict.fromkeys(key for field in raw for key in keys_of(field))
        return (",".join(keys) or None), []

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        if not isinstance(value, str):
            return [wrong_type(question, "a file or link")]
        keys = keys_of(value)
        if not all(_KEY.fullmatch(key) for key in keys):
            return [wrong_type(question, "a file or link that was added here")]
        if len(keys) > MAX_FILES:
            problem = Problem(
                code="too-many",
                message=f"{len(keys)} files are attached; at most {MAX_FILES} fit one question.",
                mend="Put several documents into one archive file.",
                place=question.name,
            )
            return [problem]
        return []

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        return ", ".join(keys_of(str(value)))

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        if isinstance(data, str):
            return data, []
        return None, [wrong_type(question, "a file or link")]
