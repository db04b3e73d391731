"""The answers of a response as people read them: in the form's order, with labels and history."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from app.responses.drafts import Content
from app.responses.models import AnswerRevision
from app.responses.personal import without_personal_data
from app.responses.queries import answers_of, kept_answers
from app.responses.words import content_in_words
from exports.records import Channel
from questionnaires.answers import Answer, Answers, Value
from questionnaires.kinds import display
from questionnaires.marking import mark_of
from questionnaires.marks import MEANINGS, Mark, MarkMeaning
from questionnaires.models import Definition, Group, Item, Question, QuestionType
from questionnaires.personal import personal_columns
from questionnaires.routing import Route, route

NOTHING = Content()


@dataclass(frozen=True, slots=True)
class Table:
    """A repeat's rows in words, column by column."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One save of an answer: what was there before, and what came."""

    at: datetime
    editor: str
    channel: Channel
    accepted: bool
    """False for a save that was refused because somebody else had saved meanwhile."""
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ReadField:
    """One field of a numbered question."""

    name: str
    label: str
    mark: Mark
    meaning: MarkMeaning
    text: str
    table: Table | None
    comment: str
    source: str
    revision: int
    hidden_personal: bool
    """True where personal data are withheld from this reader."""
    history: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ReadItem:
    """A numbered question with its fields."""

    code: str
    core: bool
    label: str
    fields: tuple[ReadField, ...]


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section of the form."""

    name: str
    label: str
    items: tuple[ReadItem, ...]


def read_response(
    session: Session,
    response_id: int,
    definition: Definition,
    *,
    submitted: bool,
    attribution_withheld: bool,
    shows_personal: bool,
    files: Mapping[str, str],
    today: date,
) -> tuple[ReadSection, ...]:
    """Every question of the form with what was answered, in two queries.

    ``files`` are the titles of materials by their key, which is what file questions hold.
    """
    kept = kept_answers(session, response_id)
    answers = answers_of(definition, kept)
    reader = _Reader(
        definition=definition,
        contents={name: state.content for name, state in kept.items()},
        answers=answers,
        files=files,
        route=route(definition, answers, today=today),
        revisions=_revisions(session, response_id),
        submitted=submitted,
        attribution_withheld=attribution_withheld,
        shows_personal=shows_personal,
    )
    return tuple(reader.section(section) for section in definition.survey)


def _revisions(session: Session, response_id: int) -> Mapping[str, Sequence[AnswerRevision]]:
    found: defaultdict[str, list[AnswerRevision]] = defaultdict(list)
    rows = session.exec(
        select(AnswerRevision)
        .where(AnswerRevision.response_id == response_id)
        .order_by(col(AnswerRevision.id))
    )
    for row in rows:
        found[row.question].append(row)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    definition: Definition
    contents: Mapping[str, Content]
    answers: Answers
    files: Mapping[str, str]
    route: Route
    revisions: Mapping[str, Sequence[AnswerRevision]]
    submitted: bool
    attribution_withheld: bool
    shows_personal: bool

    def section(self, section: Group) -> ReadSection:
        items = [item for item in self.definition.items if item.section == section.name]
        return ReadSection(
            name=section.name,
            label=self.definition.words(section.label),
            items=tuple(self.item(item) for item in items),
        )

    def item(self, item: Item) -> ReadItem:
        silent = {QuestionType.NOTE, QuestionType.CALCULATE}
        return ReadItem(
            code=item.code,
            core=item.core,
            label=self.definition.words(item.node.label),
            fields=tuple(self.field(one) for one in item.questions if one.type not in silent),
        )

    def field(self, question: Question) -> ReadField:
        said = self._visible(question, self.contents.get(question.name, NOTHING))
        value = self.answers.get(question.name, Answer()).value
        mark = mark_of(
            self.definition,
            question.name,
            self.answers,
            self.route,
            submitted=self.submitted,
            attribution_withheld=self.attribution_withheld,
        )
        hidden = question.personal and not self.shows_personal
        revisions = self.revisions.get(question.name, ())
        return ReadField(
            name=question.name,
            label=self.definition.words(question.label),
            mark=mark,
            meaning=MEANINGS[mark],
            text="" if hidden else self._in_words(question, said),
            table=None if hidden else self._table(question, value),
            comment="" if hidden else said.comment,
            source="" if hidden else said.source,
            revision=max((one.revision for one in revisions if one.accepted), default=0),
            hidden_personal=hidden and bool(revisions),
            history=() if hidden else self._history(question, revisions),
        )

    def _visible(self, question: Question, said: Content) -> Content:
        return said if self.shows_personal else without_personal_data(question, said)

    def _table(self, question: Question, value: Value | None) -> Table | None:
        if question.type is not QuestionType.REPEAT or not isinstance(value, tuple):
            return None
        hidden = frozenset[str]() if self.shows_personal else personal_columns(question)
        columns = [column for column in question.columns if column.name not in hidden]
        return Table(
            headings=tuple(self.definition.words(column.label) for column in columns),
            rows=tuple(
                tuple(
                    display(column, self.definition, row[column.name]) if column.name in row else ""
                    for column in columns
                )
                for row in value
                if isinstance(row, Mapping)
            ),
        )

    def _in_words(self, question: Question, said: Content) -> str:
        """An answer in words: its labels, or the reason for having none."""
        if question.type is QuestionType.FILE and isinstance(said.value, str):
            return "; ".join(self.files.get(key, key) for key in said.value.split(","))
        return content_in_words(question, self.definition, said)

    def _history(
        self, question: Question, revisions: Sequence[AnswerRevision]
    ) -> tuple[Change, ...]:
        words: dict[int, str] = {0: ""}
        changes: list[Change] = []
        for one in revisions:
            stored = Content(one.value, one.missing, one.comment, one.source)
            said = self._visible(question, stored)
            new = self._in_words(question, said)
            before = one.revision - 1 if one.accepted else one.revision
            changes.append(
                Change(
                    at=one.at,
                    editor=one.editor,
                    channel=one.channel,
                    accepted=one.accepted,
                    old=words.get(before, ""),
                    new=new + (f" (comment: {one.comment})" if one.comment else ""),
                )
            )
            if one.accepted:
                words[one.revision] = changes[-1].new
        return tuple(changes)
