"""The lines of the sheet Answers: one for each stored value, one for each field without any."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from exports.annex_b.reading import FieldReading, ResponseReading, Stored, stored
from exports.annex_b.vocabulary import CHANNEL_WORDS
from questionnaires.marks import MEANINGS, Mark

MARK_WORDS: Mapping[Mark, str] = {mark: mark.value.replace("_", " ") for mark in Mark}
DRAFT = "Draft, not submitted"
NO_CONSENT = "No consent to its publication"


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line, in the order of the columns."""

    respondent: str
    code: str
    title: str
    name: str
    row: int | None
    column: str
    value: str | int | float | None
    words: str
    mark: Mark
    comment: str
    source: str
    dimensions: str
    version: str
    revision: int | None = None
    editor: str = ""
    edited_at: datetime | None = None
    channel: str = ""
    remark: str = ""


def lines_of_response(reading: ResponseReading) -> Iterator[tuple[FieldReading, list[AnswerLine]]]:
    """The lines of each field of a response, in the order of the form; none has no line."""
    for one in reading.fields:
        yield one, _lines_of_field(reading, one)


def _lines_of_field(reading: ResponseReading, one: FieldReading) -> list[AnswerLine]:
    field, record = one.field, one.record
    remark = "" if reading.record.submitted else DRAFT
    if record is None:
        line = AnswerLine(
            respondent=reading.invited.short_name,
            code=field.code,
            title=field.title,
            name=field.question.name,
            row=None,
            column="",
            value=None,
            words="",
            mark=one.mark,
            comment="",
            source="",
            dimensions=field.columns,
            version=reading.definition.version,
            remark=remark,
        )
        return [line]
    if one.mark is Mark.WITHHELD:
        remark = f"{NO_CONSENT}. {remark}".strip(" .")
        values = [Stored(MEANINGS[Mark.WITHHELD].shown, "")]
    else:
        values = stored(reading.definition, field.question, record.answer.value)
    return [
        AnswerLine(
            respondent=reading.invited.short_name,
            code=field.code,
            title=field.title,
            name=field.question.name,
            row=value.row if value is not None else None,
            column=value.column if value is not None else "",
            value=value.value if value is not None else None,
            words=value.words if value is not None else "",
            mark=one.mark,
            comment="" if place else record.answer.comment,
            source="" if place else record.answer.source,
            dimensions=field.columns,
            version=record.version,
            revision=record.revision,
            editor=record.editor,
            edited_at=record.edited_at,
            channel=CHANNEL_WORDS[record.channel],
            remark=remark,
        )
        for place, value in enumerate(values or [None])
    ]


def cells_of(line: AnswerLine) -> tuple[str | int | float | datetime | None, ...]:
    """The contents of a line's cells; nothing where there is nothing to say."""
    meaning = MEANINGS[line.mark]
    return (
        line.respondent,
        line.code or None,
        line.title,
        line.name,
        line.row,
        line.column or None,
        line.value,
        line.words or None,
        MARK_WORDS[line.mark],
        meaning.shown or None,
        meaning.sdmx,
        line.comment or None,
        line.source or None,
        line.dimensions or None,
        line.version,
        line.revision,
        line.editor or None,
        line.edited_at,
        line.channel or None,
        line.remark or None,
    )
