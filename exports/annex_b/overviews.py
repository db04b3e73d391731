"""What a response says for the overview of Annex A, found by the concepts of its questions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.annex_b.gathered import Said
from exports.annex_b.reading import FieldReading, ResponseReading
from questionnaires.answers import Row
from questionnaires.kinds import display
from questionnaires.kinds.tables import rows_of
from questionnaires.marks import Mark
from questionnaires.models import Definition, Question, QuestionType

PREFIX = "annex_a."
MEMBER = "member"
"""Name of the option of those who take part in full; all others are observers and partners."""
MOST_LETTERS = 1_200


@dataclass(frozen=True, slots=True)
class Overview:
    """A response's part of Annex A, by the name of the column."""

    parts: Mapping[str, tuple[Said, ...]]
    is_named: bool


def overview(reading: ResponseReading) -> Overview:
    """What a response says; nothing of one that may not be attributed."""
    parts: dict[str, list[Said]] = {}
    if reading.is_named:
        for one in reading.fields:
            concept = _concept(reading.definition, one.field.question)
            if concept is None or one.mark not in {Mark.ANSWERED, Mark.NIL}:
                continue
            for part, text in _texts(reading.definition, one, concept.removeprefix(PREFIX)):
                parts.setdefault(part, []).append(
                    Said(text, one.field.question.name, one.field.code)
                )
    return Overview({part: tuple(said) for part, said in parts.items()}, reading.is_named)


def _concept(definition: Definition, question: Question) -> str | None:
    """The concept of a question of Annex A: its own, or that of a group around it."""
    concepts = [question.concept]
    concepts += [group.concept for group in reversed(definition.ancestors.get(question.name, ()))]
    return next((one for one in concepts if one is not None and one.startswith(PREFIX)), None)


def _texts(definition: Definition, one: FieldReading, part: str) -> Iterator[tuple[str, str]]:
    question = one.field.question
    value = one.record.answer.value if one.record is not None else None
    if value is None or (part == "names" and question.type is not QuestionType.TEXT):
        return
    rows = rows_of(value) if question.type is QuestionType.REPEAT else None
    if rows is None:
        yield part, _short(display(question, definition, value))
        return
    role = next(
        (column for column in question.columns if column.type is QuestionType.SELECT_ONE), None
    )
    full = [row for row in rows if role is None or row.get(role.name, MEMBER) == MEMBER]
    others = [row for row in rows if row not in full]
    for name, found in (("members", full), ("observers", others)):
        if found:
            yield name, _short(", ".join(_first(question, row) for row in found))


def _first(question: Question, row: Row) -> str:
    """What names a row of a table: the first of its columns that holds something."""
    for column in question.columns:
        if entry := row.get(column.name):
            return str(entry) if not isinstance(entry, tuple) else " ".join(entry)
    return "–"


def _short(text: str) -> str:
    words = "; ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1].rstrip()}…"
