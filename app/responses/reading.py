"""The answers of a response as people read them: in the form's order, with labels, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.responses.drafts import Content
from app.responses.language import as_said, choices_said, words_said
from app.responses.personal import without_personal_data
from app.responses.words import content_in_words, repeats
from questionnaires.answered import is_answered
from questionnaires.datum import Datum
from questionnaires.kinds import display, value_from_json
from questionnaires.kinds.tables import rows_of
from questionnaires.models import UPLOADS, Definition, Group, Item, Question, QuestionType
from questionnaires.personal import personal_columns
from questionnaires.placeholders import filled_in
from questionnaires.routing import Route

NOTHING = Content()


@dataclass(frozen=True, slots=True)
class Table:
    """A repeat's rows in words, column by column."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadField:
    """One field of a numbered question, with what was said to it."""

    name: str
    label: str
    label_repeats: bool
    """The question above says the same."""
    required: bool
    text: str
    """Empty where nothing was said, and where a table says it."""
    table: Table | None
    comment: str
    source: str
    hidden: bool
    """True where it was said and is withheld from this reader, as personal data are."""


@dataclass(frozen=True, slots=True)
class ReadItem:
    """A numbered question with its fields."""

    name: str
    code: str
    core: bool
    label: str
    fields: tuple[ReadField, ...]
    can_be_changed: bool
    """False where all of it is worked out."""


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section of the form."""

    name: str
    label: str
    items: tuple[ReadItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How answers are read: of which form, in which language, by whom.

    A page lays beside them, by the names of fields, what else its reader wants to know.
    """

    definition: Definition
    language: str | None = None
    files: Mapping[str, str] | None = None
    """Titles of materials by their key, which is what file questions hold; ``None`` leaves out the
    files, for a page that lists the documents itself."""
    worked_out: Mapping[str, str] = field(default_factory=dict)
    """In words, what the form works out and shows; nobody is asked for it."""
    shows_personal: bool = True
    values: Mapping[str, Datum] = field(default_factory=dict)
    """What answers are worth where labels refer to them; dots stand for those not given."""

    def sections(
        self, contents: Mapping[str, Content], *, path: Route | None = None
    ) -> tuple[ReadSection, ...]:
        """Every question of the form with what was said; with ``path``, those on it alone."""
        return tuple(
            self._section(section, contents, path)
            for section in self.definition.survey
            if path is None or section.name in path.groups
        )

    def text(self, question: Question, said: Content) -> str:
        """What was said in words, as far as this reader may see it."""
        visible = self.visible(question, said)
        if question.type in UPLOADS and isinstance(visible.value, str):
            titles = self.files or {}
            return "; ".join(titles.get(key, key) for key in visible.value.split(","))
        words = content_in_words(question, self.definition, visible, language=self.language)
        if self.language is None or visible.missing is not None:
            return words
        return choices_said(self.definition, question, words, self.language)

    def visible(self, question: Question, said: Content) -> Content:
        """What was said, as far as this reader may see it."""
        return said if self.shows_personal else without_personal_data(question, said)

    def hides(self, question: Question) -> bool:
        """Whether this reader sees nothing of what is said to a question."""
        return question.personal and not self.shows_personal

    def _section(
        self, section: Group, contents: Mapping[str, Content], path: Route | None
    ) -> ReadSection:
        items = (
            self._item(item, contents, path)
            for item in self.definition.items
            if item.section == section.name
            and (path is None or any(one.name in path.asked for one in item.questions))
        )
        return ReadSection(section.name, self._words(section.label), tuple(items))

    def _item(self, item: Item, contents: Mapping[str, Content], path: Route | None) -> ReadItem:
        heading = self._words(item.node.label)
        return ReadItem(
            name=item.node.name,
            code=item.code,
            core=item.core,
            label=heading,
            fields=tuple(
                self._field(question, contents.get(question.name, NOTHING), item, heading)
                for question in item.questions
                if (question.takes_answer or question.name in self.worked_out)
                and not self._is_listed(question, contents.get(question.name, NOTHING))
                and (path is None or question.name in path.asked)
            ),
            can_be_changed=any(question.takes_answer for question in item.questions),
        )

    def _is_listed(self, question: Question, said: Content) -> bool:
        return self.files is None and question.type in UPLOADS and said.value is not None

    def _field(self, question: Question, said: Content, item: Item, heading: str) -> ReadField:
        visible = self.visible(question, said)
        table = self._table(question, visible)
        label = self._words(question.label)
        return ReadField(
            name=question.name,
            label=label,
            label_repeats=question is item.node or repeats(heading, label),
            required=question.required,
            text=""
            if table
            else self.worked_out.get(question.name) or self.text(question, visible),
            table=table,
            comment=visible.comment,
            source=visible.source,
            hidden=self.hides(question) and said != NOTHING,
        )

    def _table(self, question: Question, visible: Content) -> Table | None:
        if question.type is not QuestionType.REPEAT:
            return None
        value, _ = value_from_json(question, visible.value)
        rows = rows_of(value) if value is not None else None
        if not rows:
            return None
        hidden = frozenset[str]() if self.shows_personal else personal_columns(question)
        columns = [column for column in question.columns if column.name not in hidden]
        return Table(
            headings=tuple(self._words(column.label) for column in columns),
            rows=tuple(
                tuple(
                    display(column, self.definition, row[column.name], self.language)
                    if column.name in row and is_answered(row[column.name])
                    else ""
                    for column in columns
                )
                for row in rows
            ),
        )

    def _words(self, text: Mapping[str, str]) -> str:
        if self.language is None:
            words = self.definition.words(text)
        else:
            words = words_said(self.definition, text, self.language)
        return as_said(words, filled_in(words, self.definition, self.values, self.language))
