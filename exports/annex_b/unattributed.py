"""Answers that may be used but not attributed, kept aside and mixed among one another."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from tempfile import TemporaryFile
from typing import Self

from pydantic import TypeAdapter

from exports.annex_b.answer_lines import AnswerLine
from questionnaires.marks import MEANINGS, Mark

FEWEST = 3
"""With fewer such respondents their answers could be told to be theirs by elimination."""
_NOBODY = MEANINGS[Mark.WITHHELD].shown
_LINE = TypeAdapter(AnswerLine)


class Unattributed:
    """Lines in a temporary file; only their order is held in memory.

    They come back question by question, those of one question in the order of their digests,
    which tells nothing of who gave them. Use it as a context: the file goes whatever happens.
    """

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  # closed at the end of the context
        self._order: list[tuple[int, bytes, int, int]] = []
        self._questions: dict[str, int] = {}
        self._respondents: set[str] = set()

    def add(self, respondent: str, line: AnswerLine) -> None:
        """Keep a line without respondent, editor, time and channel."""
        self._respondents.add(respondent)
        bare = replace(
            line,
            respondent=_NOBODY,
            mark=Mark.WITHHELD if line.mark in {Mark.ANSWERED, Mark.NIL} else line.mark,
            revision=None,
            editor="",
            edited_at=None,
            channel="",
        )
        data = _LINE.dump_json(bare)
        question = self._questions.setdefault(line.name, len(self._questions))
        self._order.append((question, sha256(data).digest(), self._file.tell(), len(data)))
        self._file.write(data)

    def lines(self) -> Iterator[AnswerLine]:
        """All lines; without what they say while it could be told whose they are."""
        hidden = len(self._respondents) < FEWEST
        for _, _, offset, length in sorted(self._order):
            self._file.seek(offset)
            line = _LINE.validate_json(self._file.read(length))
            yield _hidden(line) if hidden else line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()


def _hidden(line: AnswerLine) -> AnswerLine:
    return replace(
        line,
        value=_NOBODY,
        words="",
        row=None,
        column="",
        comment="",
        source="",
        remark=f"Not shown: fewer than {FEWEST} respondents withheld their names",
    )
