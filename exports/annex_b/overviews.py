"""What a response says for the overview of Annex A, found by the concepts of its questions."""

from collections.abc import Iterator, Mapping, Sequence

from exports.annex_b.gathered import GatheredCell, Said, nil_sign, spoken
from exports.annex_b.reading import FieldReading, ResponseReading
from exports.sheet_content import Place
from questionnaires.answers import Row
from questionnaires.kinds import display
from questionnaires.kinds.tables import rows_of
from questionnaires.marks import Mark
from questionnaires.models import Definition, Question, QuestionType

PREFIX = "annex_a."
MEMBER = "member"
"""Name of the option of those who take part in full; all others are observers and partners."""
MOST_LETTERS = 1_200

Overview = Mapping[str, GatheredCell]
"""A response's part of Annex A, by the name of the column."""


def overview(reading: ResponseReading, places: Mapping[str, Place]) -> Overview:
    """What a response says, and why where it says nothing; ``places`` are those on Answers."""
    cells: dict[str, GatheredCell] = {}
    for one in reading.fields:
        for part, said in _parts(reading, one):
            cell = cells.setdefault(part, GatheredCell())
            if one.mark is Mark.ANSWERED and reading.is_named and not said:
                # A table that lists members alone leaves the observers open.
                cell.gap = Mark.BLANK
                continue
            cell.note_mark(
                one, is_named=reading.is_named, place=places.get(one.field.question.name)
            )
            for text in said:
                cell.add(text)
    return cells


def _parts(reading: ResponseReading, one: FieldReading) -> Iterator[tuple[str, Sequence[Said]]]:
    """The columns that a question belongs to, each with what is said there."""
    question = one.field.question
    concept = _concept(reading.definition, question)
    if concept is None:
        return
    part = concept.removeprefix(PREFIX)
    if part == "names" and question.type is not QuestionType.TEXT:
        return
    texts: dict[str, list[Said]] = {}
    if reading.is_named and one.mark in {Mark.ANSWERED, Mark.NIL}:
        for column, text in _texts(reading.definition, one, part):
            words = nil_sign(reading, one) + text
            texts.setdefault(column, []).append(Said(words, question.name, one.field.code))
    elif reading.is_named and (mark := spoken(one)):
        texts[part] = [mark]
    is_table = question.type is QuestionType.REPEAT
    for column in ("members", "observers") if is_table else (part,):
        yield column, texts.get(column, ())


def _concept(definition: Definition, question: Question) -> str | None:
    """The concept of a question of Annex A: its own, or that of a group around it."""
    concepts = [question.concept]
    concepts += [group.concept for group in reversed(definition.ancestors.get(question.name, ()))]
    return next((one for one in concepts if one is not None and one.startswith(PREFIX)), None)


def _texts(definition: Definition, one: FieldReading, part: str) -> Iterator[tuple[str, str]]:
    question = one.field.question
    value = one.record.answer.value if one.record is not None else None
    if value is None:
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
