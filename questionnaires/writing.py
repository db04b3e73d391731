"""The canonical YAML of a definition: same definition, same text, and reading it gives it back."""

from collections.abc import Iterator, Mapping, Sequence

from questionnaires.models import Definition, Frozen
from questionnaires.readable import is_text
from questionnaires.yaml_text import quoted, written

_STEP = 2
_LAST = ("columns", "children")
"""What a node holds stands below what is said of the node itself."""

Lines = Iterator[str]


def to_yaml(definition: Definition) -> str:
    """A definition as YAML in its one canonical form, which ``loading`` reads as an equal one.

    Keys stand in the order of the models, defaults are left out, everything is in block style,
    and each text is written in the one way that its letters call for.
    """
    return "\n".join(_Writer(definition).lines()) + "\n"


class _Writer:
    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._language = definition.settings.default_language
        self._languages = definition.settings.languages

    def lines(self) -> Lines:
        for number, (key, value) in enumerate(_said(self._definition)):
            if number:
                yield ""
            yield from self._entry(key, value, 0)

    def _model(self, model: Frozen, depth: int) -> Lines:
        for key, value in _said(model):
            if isinstance(value, Mapping) and is_text(type(model), key):
                yield from self._words(key, value, depth)
            else:
                yield from self._entry(key, value, depth)

    def _words(self, key: str, text: Mapping[str, str], depth: int) -> Lines:
        if not text:
            yield _line(key, "", depth)
        elif set(text) == {self._language}:
            yield _line(key, text[self._language], depth)
        else:
            declared = [language for language in self._languages if language in text]
            others = sorted(set(text) - set(declared))
            ordered = {language: text[language] for language in [*declared, *others]}
            yield from self._entry(key, ordered, depth)

    def _entry(self, key: str, value: object, depth: int) -> Lines:
        head = f"{' ' * depth}{quoted(key)}:"
        match value:
            case str():
                yield _line(key, value, depth)
            case bool():
                yield f"{head} {str(value).lower()}"
            case int() | float():
                yield f"{head} {value}"
            case Frozen():
                yield head
                yield from self._model(value, depth + _STEP)
            case Mapping():
                yield head if value else f"{head} {{}}"
                for inner, part in value.items():
                    yield from self._entry(inner, part, depth + _STEP)
            case Sequence():
                yield head if value else f"{head} []"
                for item in value:
                    yield from self._item(item, depth + _STEP)
            case _:
                message = f"«{key}» holds a {type(value).__name__}, which YAML has no word for"
                raise TypeError(message)

    def _item(self, item: object, depth: int) -> Lines:
        start = " " * depth + "- "
        if isinstance(item, Frozen):
            for number, line in enumerate(self._model(item, depth + _STEP)):
                yield start + line[depth + _STEP :] if number == 0 else line
        else:
            yield start + written(str(item), depth=depth + _STEP, used=len(start))


def _line(key: str, text: str, depth: int) -> str:
    head = f"{' ' * depth}{quoted(key)}: "
    return head + written(text, depth=depth + _STEP, used=len(head))


def _said(model: Frozen) -> Iterator[tuple[str, object]]:
    """The keys of a model that say more than their default, in order, with their values."""
    fields = type(model).model_fields
    values = {
        key: getattr(model, key)
        for key, field in fields.items()
        if field.is_required() or getattr(model, key) != field.default
    }
    list_name = values.pop("list_name", None)
    for key in [*(key for key in values if key not in _LAST), *_LAST]:
        if key not in values:
            continue
        value = values[key]
        match key:
            case "type":
                yield key, f"{value} {list_name}" if list_name else str(value)
            case "parameters" | "columns" if isinstance(value, Mapping):
                # Their order means nothing; that of choice lists is how people read them.
                yield key, dict(sorted(value.items()))
            case _:
                yield key, value
