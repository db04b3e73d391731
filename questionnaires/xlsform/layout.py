"""A definition as the rows of an XLSForm's sheets, which nothing is lost in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from questionnaires.models import Definition, Frozen, Group, Node, Question, QuestionType
from questionnaires.readable import is_text
from questionnaires.xlsform.languages import heading_of

PREFIX = "rapporteur"
"""What stands before ``::`` in the headings of our own columns; other tools pass them over."""
ADDED = "added"
"""Heading of what other tools ask for and the definition does not say."""
SETTINGS = ("form_title", "form_id", "version", "default_language")
"""What the sheet «settings» holds; the sheet of our own name holds the rest."""

_NATIVE = (
    *("type", "name", "label", "hint", "guidance_hint", "required", "required_message"),
    *("relevant", "constraint", "constraint_message", "calculation", "trigger", "choice_filter"),
    *("default", "readonly", "appearance", "parameters", "image"),
)
"""Columns that XLSForm has, in the order in which they are written; ours follow."""
_NOT_WRITTEN = frozenset({"list_name", "columns", "children"})
"""What the place of a row and its type say."""
_PARAMETERS: Mapping[QuestionType, frozenset[str]] = {
    QuestionType.TEXT: frozenset({"rows"}),
    QuestionType.RANGE: frozenset(
        {"start", "end", "step", "tick_interval", "tick_labelset", "placeholder"}
    ),
    QuestionType.SELECT_ONE: frozenset({"randomize", "seed"}),
    QuestionType.SELECT_MULTIPLE: frozenset({"randomize", "seed"}),
    QuestionType.RANK: frozenset({"randomize", "seed"}),
    QuestionType.IMAGE: frozenset({"max-pixels", "app"}),
    QuestionType.AUDIO: frozenset({"quality"}),
}
"""The parameters that other tools take; they refuse a form with further ones."""
PIXELS = "10000"
"""Other tools warn of a picture without a limit; this one limits nothing."""

Line = dict[str, str]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet to be written: its headings, and its rows by heading."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def form_sheets(definition: Definition) -> tuple[FormSheet, ...]:
    """The sheets of a definition: survey, choices, settings, and our own, which others ignore."""
    return _Layout(definition).sheets()


class _Layout:
    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._languages = _languages_of(definition)

    def sheets(self) -> tuple[FormSheet, ...]:
        definition = self._definition
        sheets = [
            self._form("survey", definition.survey),
            self._choices(),
            self._settings(),
        ]
        if definition.panel is not None:
            sheets.append(self._form("panel", (definition.panel,)))
        if definition.dimensions:
            rows = [dict(self._cells(dimension)) for dimension in definition.dimensions]
            heads = self._used(("name", "label", "hint"), rows)
            sheets.append(FormSheet("dimensions", heads, tuple(rows)))
        sheets.append(self._ours())
        return tuple(sheets)

    def _form(self, name: str, groups: Sequence[Group]) -> FormSheet:
        rows = [line for group in groups for line in self._node(group)]
        keys = (*_fields(Question), *_fields(Group), "parameters", ADDED)
        own = [f"{PREFIX}::{key}" for key in keys]
        heads = self._used((*_NATIVE, *dict.fromkeys(own)), rows, always=("type", "name", "label"))
        return FormSheet(name, heads, tuple(rows))

    def _node(self, node: Node) -> Iterator[Line]:
        match node:
            case Group():
                yield {"type": "begin_group", **dict(self._cells(node))}
                for child in node.children:
                    yield from self._node(child)
                yield {"type": "end_group"}
            case Question(type=QuestionType.REPEAT):
                yield {**dict(self._cells(node)), "type": "begin_repeat"}
                for column in node.columns:
                    yield from self._node(column)
                yield {"type": "end_repeat"}
            case Question():
                said = node.type if node.list_name is None else f"{node.type} {node.list_name}"
                yield {**dict(self._cells(node)), "type": str(said)}

    def _cells(self, model: Frozen) -> Iterator[tuple[str, str]]:
        ours = isinstance(model, Question | Group)
        for key, value in _said(model):
            head = key if not ours or key in _NATIVE else f"{PREFIX}::{key}"
            if key == "image":
                head = "media::image"
            if isinstance(value, Mapping) and is_text(type(model), key):
                for language, words in value.items():
                    yield f"{head}::{heading_of(language)}", words
            elif key == "parameters" and isinstance(model, Question):
                yield from self._parameters(model)
            elif key == "trigger":
                yield head, f"${{{value}}}"
            elif value is not None:
                yield head, _as_text(value)
        if (
            isinstance(model, Question)
            and model.type is QuestionType.IMAGE
            and not model.parameters
        ):
            yield from self._parameters(model)

    def _parameters(self, question: Question) -> Iterator[tuple[str, str]]:
        known = _PARAMETERS.get(question.type, frozenset())
        theirs = {key: value for key, value in question.parameters.items() if key in known}
        ours = {key: value for key, value in question.parameters.items() if key not in known}
        if question.type is QuestionType.IMAGE and "max-pixels" not in theirs:
            theirs["max-pixels"] = PIXELS
            yield f"{PREFIX}::{ADDED}", "max-pixels"
        if theirs:
            yield "parameters", _pairs(theirs)
        if ours:
            yield f"{PREFIX}::parameters", _pairs(ours)

    def _choices(self) -> FormSheet:
        rows: list[Line] = []
        extra: dict[str, None] = {}
        for name, choices in self._definition.choices.items():
            for choice in choices:
                line = {"list_name": name, **dict(self._cells(choice))}
                for column, value in choice.columns.items():
                    extra[column] = None
                    line[column] = value
                rows.append(line)
        heads = self._used(
            ("list_name", "name", "label", "exclusive"), rows, always=("list_name", "name", "label")
        )
        return FormSheet("choices", (*heads, *sorted(extra)), tuple(rows))

    def _settings(self) -> FormSheet:
        settings = self._definition.settings
        default = settings.default_language
        line = {
            "form_title": settings.form_title.get(default, ""),
            "form_id": settings.form_id,
            "version": settings.version,
            "default_language": heading_of(default),
        }
        return FormSheet("settings", SETTINGS, ({key: line[key] for key in SETTINGS},))

    def _ours(self) -> FormSheet:
        settings = self._definition.settings
        rows: list[Line] = []
        for key, value in _said(settings):
            if key in SETTINGS and key != "form_title":
                continue
            line = {"setting": key}
            if isinstance(value, Mapping) and is_text(type(settings), key):
                shown = {
                    f"text::{heading_of(language)}": words
                    for language, words in value.items()
                    if key != "form_title" or language != settings.default_language
                }
                line |= shown
                if not shown:
                    continue
            else:
                line["value"] = _as_text(value)
            rows.append(line)
        heads = self._used(("setting", "value", "text"), rows, always=("setting", "value"))
        return FormSheet(PREFIX, heads, tuple(rows))

    def _used(
        self, keys: Iterable[str], rows: Sequence[Line], *, always: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """The headings in order: a column for each language of a text that is used."""
        said = {head for line in rows for head in line}
        heads: list[str] = []
        for key in keys:
            stem = "media::image" if key == "image" else key
            by_language = [f"{stem}::{heading_of(language)}" for language in self._languages]
            if said.intersection(by_language) or (key in always and key in ("label", "text")):
                heads += by_language
            elif stem in said or key in always:
                heads.append(stem)
        return tuple(heads)


def _fields(model: type[Frozen]) -> Iterator[str]:
    return (key for key in model.model_fields if key not in (*_NATIVE, *_NOT_WRITTEN))


def _said(model: Frozen) -> Iterator[tuple[str, object]]:
    """What a model says beyond its defaults, and can stand in a cell."""
    for key, field in type(model).model_fields.items():
        value = getattr(model, key)
        skipped = key in _NOT_WRITTEN or (key == "type" and isinstance(model, Question))
        if not skipped and (field.is_required() or value != field.default):
            yield key, value


def _as_text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _pairs(parameters: Mapping[str, str]) -> str:
    return " ".join(f"{key}={value}" for key, value in sorted(parameters.items()))


def _languages_of(definition: Definition) -> tuple[str, ...]:
    """The declared languages, and any further one that a text is in."""
    settings = definition.settings
    found = dict.fromkeys([settings.default_language, *settings.languages])

    def look(model: Frozen) -> None:
        for key, value in _said(model):
            if isinstance(value, Mapping) and is_text(type(model), key):
                found.update(dict.fromkeys(value))

    def walk(node: Node) -> None:
        look(node)
        below = node.children if isinstance(node, Group) else node.columns
        for child in below:
            walk(child)

    look(settings)
    for model in (
        *definition.dimensions,
        *(c for each in definition.choices.values() for c in each),
    ):
        look(model)
    for group in (*definition.survey, *([definition.panel] if definition.panel else [])):
        walk(group)
    return tuple(found)
