"""One response as the workbook reads it: what was asked, the mark of each field, what is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.annex_b.frame import Frame
from exports.cell_text import as_written
from exports.records import AnswerRecord, Attribution, Invited, ResponseRecord
from questionnaires.answers import Answer, Entry, Point, Row, Value
from questionnaires.column_order import unite_questions
from questionnaires.datum import text_of
from questionnaires.kinds import display
from questionnaires.kinds.tables import rows_of
from questionnaires.marking import mark_of, may_be_published
from questionnaires.marks import Mark
from questionnaires.models import Definition, Question, QuestionType
from questionnaires.personal import without_personal_columns
from questionnaires.routing import Route, route

_IN_LABELS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK})


@dataclass(frozen=True, slots=True)
class Field:
    """A question that can be answered, as the sheets name it."""

    question: Question
    code: str
    title: str
    dimensions: tuple[str, ...]
    columns: str
    """The names of ``dimensions`` in one text."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One value that is stored: a whole answer, or one cell of a table."""

    value: str | int | float
    """Text and numbers as they are; names of options with a space between them."""
    words: str
    """The labels of options; empty where the value speaks for itself."""
    row: int | None = None
    """Row in a table, from 1."""
    column: str = ""
    """Name of the column in a table."""


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field of a response."""

    field: Field
    mark: Mark
    record: AnswerRecord | None
    """What is stored, less what may not be shown."""
    value: Value | None
    """The whole value, to be counted."""


@dataclass(frozen=True, slots=True)
class ResponseReading:
    """A response with its route and all its fields; nothing personal is left in it."""

    record: ResponseRecord
    invited: Invited
    definition: Definition
    answers: Mapping[str, Answer]
    route: Route
    fields: tuple[FieldReading, ...]

    @property
    def is_named(self) -> bool:
        """Whether answers may stand beside the respondent's name."""
        return self.invited.attribution is Attribution.PUBLISH


class Reader:
    """Reads the responses of a round; what depends on a version alone is worked out once."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._fields: dict[int, tuple[Definition, tuple[Field, ...]]] = {}

    def read(self, record: ResponseRecord) -> ResponseReading:
        """Read one response; ``KeyError`` when its respondent was not invited."""
        definition = record.definition
        given = {name: one.answer for name, one in record.answers.items()}
        path = route(
            definition,
            given,
            today=self._frame.today,
            now=self._frame.moment,
            seed=record.seed,
        )
        fields = []
        for field in self.fields_of(definition):
            name = field.question.name
            mark = mark_of(
                definition,
                name,
                given,
                path,
                submitted=record.submitted,
                attribution_withheld=False,
            )
            stored_record = record.answers.get(name)
            value = stored_record.answer.value if stored_record is not None else None
            shown = _public(field, stored_record, path)
            fields.append(FieldReading(field, mark, shown, value))
        fields += self._foreign(record)
        answers = {
            one.field.question.name: one.record.answer for one in fields if one.record is not None
        }
        return ResponseReading(
            record=record,
            invited=self._frame.invited[record.respondent],
            definition=definition,
            answers=answers,
            route=path,
            fields=tuple(fields),
        )

    def fields_of(self, definition: Definition) -> tuple[Field, ...]:
        """The fields of a version and those that the round's own version has besides.

        They stand in one order for all responses: that of the round's own version, with what only
        the other has near its home there.
        """
        known = self._fields.get(id(definition))
        if known is None:
            known = self._fields[id(definition)] = definition, tuple(self._list(definition))
        return known[1]

    def _list(self, definition: Definition) -> Iterator[Field]:
        latest = self._frame.definition
        for united in unite_questions((latest, definition)):
            asking = definition if united.name in definition.by_name else latest
            question = asking.by_name[united.name]
            if question.takes_answer and not question.personal:
                yield field_of(asking, question)

    def _foreign(self, record: ResponseRecord) -> Iterator[FieldReading]:
        """Stored answers to what neither version asks: they are shown all the same."""
        asked = {*record.definition.by_name, *self._frame.definition.by_name}
        for name in sorted(record.answers.keys() - asked):
            question = Question(name=name, type=QuestionType.TEXT)
            field = Field(question, "", name, (), "")
            yield FieldReading(field, Mark.NOT_IN_VERSION, record.answers[name], None)


def _public(field: Field, record: AnswerRecord | None, path: Route) -> AnswerRecord | None:
    """An answer without the personal columns of its table; empty without consent to show it."""
    if record is None:
        return None
    if not may_be_published(field.question, path):
        return record.model_copy(update={"answer": Answer(missing=record.answer.missing)})
    value = record.answer.value
    public = without_personal_columns(field.question, value)
    if public is value:
        return record
    answer = record.answer.model_copy(update={"value": public})
    return record.model_copy(update={"answer": answer})


def field_of(definition: Definition, question: Question) -> Field:
    """A question with its number, its short title and its columns of Annex B."""
    item = definition.item_of.get(question.name)
    title = definition.words(question.short_label) or definition.words(question.label)
    matrix = next(
        (group for group in reversed(definition.ancestors[question.name]) if group.is_matrix),
        None,
    )
    if matrix is not None:
        around = definition.words(matrix.short_label) or definition.words(matrix.label)
        title = f"{around} – {title}"
    dimensions = definition.dimensions_of(question.name)
    return Field(
        question=question,
        code=item.code if item is not None else "",
        title=title or question.name,
        dimensions=dimensions,
        columns=" ".join(dimensions),
    )


def stored(definition: Definition, question: Question, value: Value | None) -> list[Stored]:
    """Every value that an answer stores, once: a table cell by cell, anything else as one."""
    rows = rows_of(value) if question.type is QuestionType.REPEAT and value is not None else None
    if rows:
        return [
            cell
            for number, row in enumerate(rows, 1)
            for cell in _row(definition, question, number, row)
        ]
    match value:
        case None | ():
            return []
        case tuple():
            names = " ".join(part for part in value if isinstance(part, str))
            return [Stored(names, _words(definition, question, value))]
        case Point(latitude, longitude):
            place = f"{text_of(latitude)} {text_of(longitude)}"
            return [Stored(place, _words(definition, question, value))]
        case str():
            return [Stored(value, _words(definition, question, value))]
        case int() | float():
            return [Stored(as_written(value), _words(definition, question, value))]


def _row(definition: Definition, table: Question, number: int, row: Row) -> Iterator[Stored]:
    columns = {column.name: column for column in table.columns}
    ordered = [name for name in columns if name in row]
    ordered += sorted(name for name in row if name not in columns)
    for name in ordered:
        column = columns.get(name)
        entry = row[name]
        words = _words(definition, column, entry) if column is not None else ""
        yield Stored(_entry(entry), words, number, name)


def _entry(entry: Entry) -> str | int | float:
    match entry:
        case tuple():
            return " ".join(entry)
        case str():
            return entry
        case int() | float():
            return as_written(entry)


def _words(definition: Definition, question: Question, value: Value) -> str:
    if question.type not in _IN_LABELS:
        return ""
    return display(question, definition, value)
