"""The fields of a question in a form: what a browser posts for it, and what a page fills in.

A question ``q`` posts its value as ``q`` (a table as ``q.0.column``, a place as ``q.latitude`` and
``q.longitude``) and, beside it, ``q:revision`` (the revision that was on the screen),
``q:missing``, ``q:comment``, ``q:source``, ``q:suggested`` where the field showed a suggestion and,
after a conflict, ``q:keep``. Where the page said that the answer must be corrected, ``q:noticed``
has the revision of which it said so. A colon can stand in no name, so none can be another
question's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from app.responses.content import plain_text
from app.responses.drafts import Content
from questionnaires.answers import Entry, Point
from questionnaires.datum import text_of
from questionnaires.kinds import value_from_json
from questionnaires.kinds.moments import as_typed
from questionnaires.kinds.places import PARTS
from questionnaires.kinds.tables import rows_of
from questionnaires.models import (
    NAME_PATTERN,
    UPLOADS,
    Definition,
    MissingCode,
    Question,
    QuestionType,
)

REVISION, MISSING, COMMENT, SOURCE, KEEP = ":revision", ":missing", ":comment", ":source", ":keep"
SUGGESTED, NOTICED = ":suggested", ":noticed"
CLEAR = "clear"
"""Posted instead of a reason to empty a row of a matrix, whose buttons cannot be let go of."""
THEIRS = "theirs"
MINE = "mine@"
_BUTTONS = frozenset({QuestionType.SELECT_ONE, QuestionType.RANGE})
"""Types whose options and reasons for none may be one group of buttons."""
_ROW = re.compile(r"[0-9]{1,4}")
_REVISION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted for one question."""

    question: str
    seen: int = 0
    """The revision that was on the screen."""
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    missing: str = ""
    comment: str | None = None
    source: str | None = None
    suggested: bool = False
    """The field showed a suggestion: what was posted is an answer even if it changes nothing."""
    keep: str = ""
    """After a conflict: ``theirs``, or ``mine@7`` to replace revision 7 knowingly."""

    @property
    def missing_code(self) -> MissingCode | None:
        """The reason given for not answering."""
        return MissingCode(self.missing) if self.missing in set(MissingCode) else None


def read_posted(questions: Iterable[Question], fields: Mapping[str, Sequence[str]]) -> list[Posted]:
    """What a form holds for some questions, in their order; those it does not hold are left out.

    An unticked box posts nothing, so a question is in the form if its revision is.
    """
    found: list[Posted] = []
    for question in questions:
        name = question.name
        if not has_field(question) or name + REVISION not in fields:
            continue
        own = _own_fields(question, fields)
        missing = _first(fields, name + MISSING) or ""
        if question.type in _BUTTONS and own.get(name, [""])[0].startswith(":"):
            # One group of buttons holds the options and the reasons, so that one excludes others.
            missing, own = own[name][0][1:], {}
        if missing == CLEAR:
            missing, own = "", {}
        found.append(
            Posted(
                question=name,
                seen=revision_in(_first(fields, name + REVISION)),
                fields=own,
                missing=missing,
                comment=_text(fields, name + COMMENT),
                source=_text(fields, name + SOURCE),
                suggested=name + SUGGESTED in fields,
                keep=_first(fields, name + KEEP) or "",
            )
        )
    return found


def has_field(question: Question) -> bool:
    """Whether a field of the form answers it; files are answered on the page of materials."""
    return question.takes_answer and question.type not in UPLOADS


def questions_in(fields: Iterable[str]) -> list[str]:
    """The names of the questions that a form holds, whatever questionnaire they are of."""
    found = (name.removesuffix(REVISION) for name in fields if name.endswith(REVISION))
    return [name for name in found if re.fullmatch(NAME_PATTERN, name)]


def noticed_in(fields: Mapping[str, Sequence[str]]) -> set[tuple[str, int]]:
    """The answers, by question and revision, of which the page said that they must be corrected."""
    return {
        (name.removesuffix(NOTICED), revision_in(_first(fields, name)))
        for name in fields
        if name.endswith(NOTICED)
    }


def revision_in(text: str | None) -> int:
    """The revision that a field names; 0 for anything that is no number."""
    match = _REVISION.fullmatch(text or "")
    return int(match[0]) if match else 0


def without_row(
    fields: Mapping[str, Sequence[str]], table: str, row: str
) -> dict[str, Sequence[str]]:
    """The fields of a form without those of one row of a table."""
    return {name: raw for name, raw in fields.items() if not name.startswith(f"{table}.{row}.")}


def posted_of(question: Question, content: Content, *, revision: int, zone: tzinfo = UTC) -> Posted:
    """What a page that shows this content would post unchanged, its times in the zone."""
    return Posted(
        question=question.name,
        seen=revision,
        fields=raw_fields(question, content, zone=zone),
        missing=content.missing or "",
        comment=content.comment,
        source=content.source,
    )


def raw_fields(question: Question, content: Content, *, zone: tzinfo = UTC) -> dict[str, list[str]]:
    """A stored value as the fields that a form shows it in."""
    value, _ = value_from_json(question, content.value)
    name = question.name
    match value:
        case None:
            return {}
        case Point(latitude, longitude):
            numbers = zip(PARTS, (latitude, longitude), strict=True)
            return {f"{name}.{part}": [text_of(number)] for part, number in numbers}
        case tuple():
            rows = rows_of(value)
            if question.type is not QuestionType.REPEAT or rows is None:
                return {name: [str(part) for part in value]}
            moments = {one.name for one in question.columns if _is_moment(one)}
            return {
                f"{name}.{number}.{column}": _texts(entry, zone if column in moments else None)
                for number, row in enumerate(rows)
                for column, entry in row.items()
            }
        case _:
            return {name: _texts(value, zone if _is_moment(question) else None)}


def field_names(definition: Definition) -> frozenset[str]:
    """The names of all questions that a field of the form answers."""
    return frozenset(question.name for question in definition.fields if has_field(question))


def _is_moment(question: Question) -> bool:
    return question.type is QuestionType.DATETIME


def _texts(entry: Entry, zone: tzinfo | None) -> list[str]:
    match entry:
        case tuple():
            return list(entry)
        case str():
            return [entry if zone is None else as_typed(entry, zone)]
        case _:
            return [text_of(entry)]


def _own_fields(
    question: Question, fields: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[str]]:
    if question.type is QuestionType.GEOPOINT:
        parts = [f"{question.name}.{part}" for part in PARTS]
        return {part: fields[part] for part in parts if part in fields}
    if question.type is not QuestionType.REPEAT:
        return {question.name: fields[question.name]} if question.name in fields else {}
    columns = {column.name for column in question.columns}
    found: dict[str, Sequence[str]] = {}
    for name, raw in fields.items():
        table, _, rest = name.partition(".")
        number, _, column = rest.partition(".")
        if table == question.name and column in columns and _ROW.fullmatch(number):
            found[name] = raw
    return found


def _text(fields: Mapping[str, Sequence[str]], name: str) -> str | None:
    text = _first(fields, name)
    return None if text is None else plain_text(text)


def _first(fields: Mapping[str, Sequence[str]], name: str) -> str | None:
    raw = fields.get(name)
    return raw[0] if raw else None
