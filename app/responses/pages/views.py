"""What the templates of a form are given: everything decided, nothing left to work out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.responses.form_words import FormWords
from questionnaires.problems import Problem


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a list."""

    name: str
    label: str
    chosen: bool
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people's texts, one of which was not applied."""

    editor: str
    at: datetime
    theirs: str
    mine: str
    keep_mine: str
    """What the field posts to replace theirs knowingly."""
    keep_theirs: str


@dataclass(frozen=True, slots=True)
class Document:
    """A material that is tagged with a question."""

    key: str
    title: str
    kind: str
    url: str
    is_picture: bool = False
    """Shown small beside its title."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """More about a question, for those who want to know: behind a line that opens it."""

    about: str
    """The row or column that it is about; empty for the question itself."""
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    label: str
    hint: str
    kind: str
    required: bool
    names: tuple[str, ...] = ()
    """Names to pick one from, or to write another."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with the column it stands in."""

    column: Column
    field: str
    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table; the last ones are empty."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A question whose answer the options of another depend on."""

    section: str
    name: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a field is filled with before it is saved, or anew because another answer changed."""

    because: str
    """The question whose answer changed, in words; empty for one never answered."""
    kept: str
    """What is saved until then, in words; empty for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question as it is asked."""

    name: str
    kind: str
    """The macro that draws it."""
    label: str
    label_repeats: bool
    """The heading above says the same: the label is for those who do not see the page."""
    hint: str
    guidance: tuple[Guidance, ...]
    required: bool
    revision: int
    text: str
    options: tuple[Option, ...]
    places: tuple[tuple[Option, ...], ...]
    """For a ranking: the options of each place."""
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    blank_row: TableRow | None
    """For a script that adds rows: a row whose number is still to be filled in."""
    can_grow: bool
    missing: str
    missing_options: tuple[Option, ...]
    problems: tuple[Problem, ...]
    """Why it was not saved."""
    remarks: tuple[Problem, ...]
    """What stands in the way of submitting, though it is saved."""
    conflict: Conflict | None
    documents: tuple[Document, ...]
    limit: int
    ours: FormWords
    """The words of ours beside it, in the language of the form."""
    lines: int = 0
    """Lines of a long text, as the questionnaire wants; 0 for as many as it needs."""
    look: str = ""
    """How options are laid out: ``row``, ``columns``, or one below the other."""
    parts: tuple[tuple[str, str, str], ...] = ()
    """Of a place: name, label and text of each number."""
    scale: str = ""
    """Which numbers are taken, or in which zone times are, in words."""
    picture: str = ""
    """Address of the picture beside the label."""
    names: tuple[str, ...] = ()
    """Names to pick one from, or to write another."""
    upload: str = ""
    """What kind of file answers it: ``file``, ``image``, ``audio`` or ``video``."""
    awaited: tuple[Awaited, ...] = ()
    """What has to be answered first, where no option is left to choose."""
    suggestion: Suggestion | None = None
    node: str = "field"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Questions that share one list, as a table."""

    name: str
    label: str
    label_repeats: bool
    hint: str
    guidance: tuple[Guidance, ...]
    several: bool
    options: tuple[Option, ...]
    rows: tuple[Field, ...]
    ours: FormWords
    node: str = "matrix"


@dataclass(frozen=True, slots=True)
class Inner:
    """A group within an item, or unnumbered fields between items."""

    name: str
    label: str
    hint: str
    nodes: tuple["Node", ...]
    node: str = "group"


@dataclass(frozen=True, slots=True)
class Note:
    """Words between the questions."""

    name: str
    label: str
    hint: str
    guidance: tuple[Guidance, ...]
    ours: FormWords
    picture: str = ""
    node: str = "note"


Node = Field | Matrix | Inner | Note


@dataclass(frozen=True, slots=True)
class Remarks:
    """The comment, the source and the documents of a numbered question."""

    field: str
    comment: str
    source: str
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered question as people count them."""

    name: str
    code: str
    core: bool
    label: str
    hint: str
    alone: bool
    """One field, whose own label is the heading."""
    needed: bool
    """Said in the heading, where the label that would say it only repeats it."""
    nodes: tuple[Node, ...]
    remarks: Remarks | None
    ours: FormWords


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section in the list of sections."""

    name: str
    label: str
    words: str
    complete: bool
    current: bool
    required_missing: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A fault in the list at the top of a page, with a link to the field."""

    field: str
    label: str
    message: str
    mend: str


Labels = Mapping[str, str]
