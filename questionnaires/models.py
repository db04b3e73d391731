"""The shape of a questionnaire definition: XLSForm's rows as frozen models."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from questionnaires.references import PLACEHOLDER, named_in

NAME_PATTERN = r"^[a-z_][a-z0-9_]{0,63}$"

Name = Annotated[str, Field(pattern=NAME_PATTERN)]
"""A stable identifier: lower-case ASCII, at most 64 characters, kept for ever."""


def _without_blank_texts(text: Mapping[str, str]) -> Mapping[str, str]:
    return {language: words for language, words in text.items() if words.strip()}


Text = Annotated[Mapping[str, str], AfterValidator(_without_blank_texts)]
"""Words for people, by language tag (``en``, ``fr``, ``ar``); empty when nothing was written."""


def _without_braces(name: object) -> object:
    """XLSForm writes ${name} where a question is meant; here it is the name alone."""
    found = PLACEHOLDER.fullmatch(name.strip()) if isinstance(name, str) else None
    return name if found is None else found[1]


class Frozen(BaseModel):
    """An immutable model that refuses keys it doesn't know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class QuestionType(StrEnum):
    """The XLSForm types that a definition may use."""

    NOTE = "note"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    ACKNOWLEDGE = "acknowledge"
    GEOPOINT = "geopoint"
    FILE = "file"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    REPEAT = "repeat"


UNASKED = frozenset({QuestionType.NOTE, QuestionType.CALCULATE, QuestionType.HIDDEN})
"""Types that nobody answers: told, calculated, or carried along."""
WITH_LIST = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK})
"""Types that are answered from a choice list."""
UPLOADS = frozenset({QuestionType.FILE, QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.VIDEO})
"""Types that are answered by handing in files."""


_WORKED_OUT = re.compile(r"\$\{|(?<![\w.:-])[a-z][a-z0-9:-]*\(")
"""A reference to an answer, or the call of a function."""
_ARITHMETIC = re.compile(r"[\d.)'\"]\s*(?:[-+*]|div\b|mod\b)")
"""A sign between two values; a number has a sign at most before it."""
_OF_NUMBERS = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.RANGE})


class MissingCode(StrEnum):
    """What a respondent may say instead of a value. A field left empty has no code."""

    NOT_APPLICABLE = "na"
    DONT_KNOW = "dk"
    DECLINED = "declined"


class Choice(Frozen):
    """One option of a choice list."""

    name: str = Field(pattern=r"^[A-Za-z0-9_.+-]{1,64}$")
    label: Text
    exclusive: bool = False
    """True for «none of these»: it excludes every other option and counts as the answer nil."""
    columns: Mapping[str, str] = {}
    """Further columns of the choices sheet, for ``choice_filter``."""


class Question(Frozen):
    """A row that asks (or calculates, or tells) one thing; a repeat asks it as a table of rows."""

    name: Name
    type: QuestionType
    list_name: str | None = None
    label: Text = {}
    short_label: Text = {}
    """A few words for a cell of the synthesis, where the label is a whole sentence."""
    hint: Text = {}
    guidance_hint: Text = {}
    image: Text = {}
    """File name of a picture beside the label, by language; XLSForm's ``media::image``."""
    required: bool = False
    required_message: Text = {}
    relevant: str | None = None
    constraint: str | None = None
    constraint_message: Text = {}
    calculation: str | None = None
    trigger: Annotated[str | None, BeforeValidator(_without_braces)] = None
    """Name of the question whose change makes the default be suggested anew."""
    choice_filter: str | None = None
    default: str | None = None
    readonly: bool = False
    appearance: str | None = None
    parameters: Mapping[str, str] = {}
    code: str | None = None
    """The number that people see (``C3``); a field inside a numbered group has none."""
    core: bool = False
    dimension: str | None = None
    also: tuple[str, ...] = ()
    """Further columns of the synthesis in which the answer is shown."""
    concept: str | None = None
    source: str | None = None
    personal: bool = False
    """True for personal data: never in a synthesis, never in an export by default."""
    published_when: str | None = None
    """An expression; unless it is true, the answer is withheld: counted, but never shown."""
    columns: tuple["Question", ...] = ()
    """The columns of a repeat, in order; empty for every other type."""
    max_rows: int | None = None
    """At most so many rows in a repeat; ``None`` for the service's own limit."""
    min_rows: int | None = None
    """At least so many rows in a repeat that is answered at all."""
    replaces: tuple[Name, ...] = ()
    """Questions of earlier versions whose place it takes: a split, a merger, a successor."""
    replaces_because: str = ""
    """Why it does: readers of a comparison of two rounds see it."""

    @property
    def is_derived(self) -> bool:
        """Whether its value is worked out from the other answers, always anew."""
        if self.type in (QuestionType.CALCULATE, QuestionType.HIDDEN):
            return True
        return self.readonly and (self.calculation is not None or self.default is not None)

    @property
    def takes_answer(self) -> bool:
        """Whether a respondent can answer it."""
        return self.type not in UNASKED and not self.is_derived

    @property
    def default_is_expression(self) -> bool:
        """Whether the default is to be worked out: it refers to an answer or calls a function.

        That of a number may also be a sum; a text with such signs is a text.
        """
        if self.default is None:
            return False
        if self.type in _OF_NUMBERS and _ARITHMETIC.search(self.default) is not None:
            return True
        return _WORKED_OUT.search(self.default) is not None

    def column(self, name: str) -> "Question":
        """The column of this repeat with that name; ``KeyError`` when it has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


class Group(Frozen):
    """A section, a numbered question of several fields, or (appearance table-list) a matrix."""

    name: Name
    label: Text = {}
    short_label: Text = {}
    hint: Text = {}
    relevant: str | None = None
    appearance: str | None = None
    code: str | None = None
    core: bool = False
    dimension: str | None = None
    also: tuple[str, ...] = ()
    """Further columns of the synthesis in which the answer is shown."""
    concept: str | None = None
    source: str | None = None
    children: tuple["Question | Group", ...]

    @property
    def is_matrix(self) -> bool:
        """Whether its questions are the rows of a matrix that share one choice list."""
        return self.appearance is not None and "table-list" in self.appearance.split()

    def questions(self) -> Iterator[Question]:
        """Every question below this group, in the order of the form; repeats stay whole."""
        for child in self.children:
            match child:
                case Question():
                    yield child
                case Group():
                    yield from child.questions()


Node = Question | Group


class Dimension(Frozen):
    """A column of the synthesis (Annex B), with its heading."""

    name: str
    label: Text
    hint: Text = {}


class Settings(Frozen):
    """XLSForm's settings row, and what the synthesis needs to know of the form."""

    form_id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    version: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$")
    form_title: Text
    default_language: str = "en"
    languages: tuple[str, ...] = ("en",)
    introduction: Text = {}
    notes: Text = {}
    corrects: str | None = None
    """The version of which this one is a patch: it corrects words and changes no meaning."""
    partial_share: float = Field(default=0.5, ge=0, le=1)
    """The share of core items answered from which an unsubmitted return is «partial»."""
    band: str | None = None
    """Name of the calculate question that suggests the thematic-priority group."""
    band_list: str | None = None
    """Choice list whose options are the groups, in the order of the workbook's bands."""


class Item(Frozen):
    """A numbered question as people count them: one field, or a group of fields."""

    code: str
    node: Question | Group
    section: str
    core: bool

    @property
    def questions(self) -> tuple[Question, ...]:
        """The fields of the item, in order."""
        return (self.node,) if isinstance(self.node, Question) else tuple(self.node.questions())


class Definition(Frozen):
    """One version of a questionnaire."""

    settings: Settings
    dimensions: tuple[Dimension, ...] = ()
    choices: Mapping[str, tuple[Choice, ...]] = {}
    survey: tuple[Group, ...]
    """The sections, in order: a page of the form each."""
    panel: Group | None = None
    """The submission panel: materials, clearance, refusal, minutes. Stored with the submission."""

    @property
    def slug(self) -> str:
        """The questionnaire's slug, which is XLSForm's ``form_id``."""
        return self.settings.form_id

    @property
    def version(self) -> str:
        """The version, unique within the questionnaire."""
        return self.settings.version

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question of the sections in order, notes and calculations too."""
        return tuple(question for section in self.survey for question in section.questions())

    @cached_property
    def by_name(self) -> Mapping[str, Question]:
        """The questions of the sections by name."""
        return {question.name: question for question in self.questions}

    @cached_property
    def columns_by_name(self) -> Mapping[str, Question]:
        """The columns of the sections' tables by name; the first, where a name is taken twice."""
        columns = (column for table in self.questions for column in table.columns)
        return _first_by_name(columns)

    @cached_property
    def fields(self) -> tuple[Question, ...]:
        """The questions that a respondent can answer, in order."""
        return tuple(question for question in self.questions if question.takes_answer)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The numbered questions, in order (34 in the questionnaire of 2007)."""
        return tuple(
            item for section in self.survey for item in _items_of(section, section=section.name)
        )

    @cached_property
    def item_of(self) -> Mapping[str, Item]:
        """For each field's name, the numbered question it belongs to."""
        return {question.name: item for item in self.items for question in item.questions}

    @cached_property
    def ancestors(self) -> Mapping[str, tuple[Group, ...]]:
        """For each question's name, the groups around it from the section inwards."""
        return {name: path for section in self.survey for name, path in _paths(section, ())}

    @cached_property
    def conditions(self) -> Mapping[str, tuple[str, ...]]:
        """For each group and question that depends on answers, the expressions by which it does.

        Its own, and the ``relevant`` of the groups around it; in the order of the form.
        """
        found: dict[str, tuple[str, ...]] = {}
        for section in self.survey:
            found.update(_conditions(section, ()))
        return found

    @cached_property
    def limits(self) -> Mapping[str, tuple[str, ...]]:
        """For each question that has any, its constraints; those of a table's columns too."""
        return {
            question.name: limits
            for question in self.questions
            if question.takes_answer and (limits := _limits(question))
        }

    def dimension_of(self, name: str) -> str | None:
        """The synthesis column of a field: its own, else that of the nearest group around it."""
        question = self.by_name[name]
        if question.dimension is not None:
            return question.dimension
        for group in reversed(self.ancestors[name]):
            if group.dimension is not None:
                return group.dimension
        return None

    def dimensions_of(self, name: str) -> tuple[str, ...]:
        """Every synthesis column a field is shown in: that of ``dimension_of``, then the others."""
        first = self.dimension_of(name)
        also = self.by_name[name].also or next(
            (group.also for group in reversed(self.ancestors[name]) if group.also), ()
        )
        return ((first,) if first is not None else ()) + also

    @cached_property
    def panel_by_name(self) -> Mapping[str, Question]:
        """The questions of the submission panel by name; empty without a panel."""
        questions = self.panel.questions() if self.panel is not None else ()
        return {question.name: question for question in questions}

    def options(self, question: Question) -> tuple[Choice, ...]:
        """The choice list of a select or rank question; empty for other types."""
        return self.choices.get(question.list_name, ()) if question.list_name else ()

    @cached_property
    def _options_by_name(self) -> Mapping[str, Mapping[str, Choice]]:
        return {name: _first_by_name(options) for name, options in self.choices.items()}

    def option(self, question: Question, name: str) -> Choice | None:
        """The option of that name in the list of a select or rank question, found at once."""
        return self._options_by_name.get(question.list_name or "", {}).get(name)

    def words(self, text: Mapping[str, str], language: str | None = None) -> str:
        """A text in a language, else in the default one, else in any, else empty."""
        for tag in (language, self.settings.default_language):
            if tag is not None and tag in text:
                return text[tag]
        return next(iter(text.values()), "")

    def section(self, name: str) -> Group:
        """The section with that name; ``KeyError`` when there is none."""
        for section in self.survey:
            if section.name == name:
                return section
        raise KeyError(name)

    def with_settings(self, settings: Settings) -> Self:
        """A copy of the definition under other settings."""
        return self.model_copy(update={"settings": settings})


_Named = TypeVar("_Named", Question, Choice)


def _first_by_name(many: Iterable[_Named]) -> Mapping[str, _Named]:
    found: dict[str, _Named] = {}
    for one in many:
        found.setdefault(one.name, one)
    return found


def _items_of(node: Group, *, section: str) -> Iterator[Item]:
    for child in node.children:
        if child.code is not None:
            yield Item(code=child.code, node=child, section=section, core=child.core)
        elif isinstance(child, Group):
            yield from _items_of(child, section=section)


def _conditions(group: Group, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    inherited = above if group.relevant is None else (*above, group.relevant)
    if inherited:
        yield group.name, inherited
    for child in group.children:
        match child:
            case Question():
                own = (child.relevant, child.choice_filter, child.calculation, *_also(child))
                texts = (*inherited, *(text for text in own if text is not None))
                if texts:
                    yield child.name, texts
            case Group():
                yield from _conditions(child, inherited)


def _also(question: Question) -> Iterator[str]:
    """What a suggestion depends on, and the words."""
    if question.default is not None and question.default_is_expression:
        yield question.default
    if question.trigger is not None:
        yield f"${{{question.trigger}}}"
    for text in (question.label, question.hint):
        yield from (f"${{{name}}}" for name in named_in(text))


def _limits(question: Question) -> tuple[str, ...]:
    own = (part.constraint for part in (question, *question.columns))
    return tuple(text for text in own if text is not None)


def _paths(group: Group, above: tuple[Group, ...]) -> Iterator[tuple[str, tuple[Group, ...]]]:
    here = (*above, group)
    for child in group.children:
        match child:
            case Question():
                yield child.name, here
            case Group():
                yield from _paths(child, here)
