"""Every text of a definition with a stable id, and a definition with other texts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from questionnaires.models import Choice, Definition, Dimension, Frozen, Group, Question, Settings
from questionnaires.readable import is_text
from questionnaires.translation.places import Places

_KEPT_NAMES = frozenset({"settings", "dimensions", "choices", "survey"})
"""How ids of other things begin; a question of that name is told from them."""
_NOT_WORDS = frozenset({"image"})
"""By language, but the name of a file."""
_MARK_LETTERS = 12

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a definition a text is."""

    id: str
    key: str
    owner: Frozen


Change = Callable[[Spot, Words], Words]
"""Given where a text is and the text: the text to stand there."""
Model = TypeVar("Model", bound=Frozen)


@dataclass(frozen=True, slots=True)
class FormText:
    """One text of a form, in the language it was written in and in others."""

    id: str
    """Unique, and the same as long as names are: ``year_founded.hint``."""
    place: str
    """Where people find it in the form, in words."""
    source: str
    """In the form's default language; empty if it is missing there."""
    words: Words
    """By language."""

    @property
    def mark(self) -> str:
        """What tells whether the source has changed."""
        return fingerprint(self.source)


def fingerprint(source: str) -> str:
    """A mark of a source text, other for any other text: twelve hexadecimal digits."""
    return sha256(source.encode()).hexdigest()[:_MARK_LETTERS]


def texts_of(definition: Definition) -> tuple[FormText, ...]:
    """Every text of a form that somebody wrote, in the order of the definition.

    Ids are ``settings.introduction``, ``dimensions.B4.label``, ``choices.themes.other.label``,
    ``year_founded.hint``, and for a column of a table ``members.member_state.label``.
    """
    found: list[FormText] = []
    default = definition.settings.default_language
    places = Places(definition)

    def note(spot: Spot, words: Words) -> Words:
        if words:
            place = places.of(spot.id, spot.key, spot.owner)
            found.append(FormText(spot.id, place, words.get(default, ""), dict(words)))
        return words

    _Walk(note).definition(definition)
    return tuple(found)


def with_texts(definition: Definition, language: str, texts: Mapping[str, str]) -> Definition:
    """The definition with some texts of a language, by id; the others stay as they are.

    Ids that the definition doesn't have are passed over. A language that it had not is added to
    its languages.
    """

    def put(spot: Spot, words: Words) -> Words:
        if spot.id not in texts or not words:
            return words
        return {**words, language: texts[spot.id]}

    changed = _Walk(put).definition(definition)
    languages = changed.settings.languages
    if language in languages or not texts:
        return changed
    added = changed.settings.model_copy(update={"languages": (*languages, language)})
    return changed.with_settings(added)


class _Walk:
    """Goes through every text of a definition, and builds it anew with what it becomes."""

    def __init__(self, change: Change) -> None:
        self._change = change

    def definition(self, definition: Definition) -> Definition:
        settings = self._settings(definition.settings)
        dimensions = tuple(map(self._dimension, definition.dimensions))
        choices = {
            name: tuple(self._choice(name, choice) for choice in listed)
            for name, listed in definition.choices.items()
        }
        survey = tuple(map(self._group, definition.survey))
        panel = self._group(definition.panel) if definition.panel is not None else None
        return Definition(
            settings=settings, dimensions=dimensions, choices=choices, survey=survey, panel=panel
        )

    def _settings(self, settings: Settings) -> Settings:
        return self._changed(settings, "settings")

    def _dimension(self, dimension: Dimension) -> Dimension:
        return self._changed(dimension, f"dimensions.{dimension.name}")

    def _choice(self, list_name: str, choice: Choice) -> Choice:
        return self._changed(choice, f"choices.{list_name}.{choice.name}")

    def _group(self, group: Group) -> Group:
        changed = self._changed(group, _head(group.name))
        return changed.model_copy(
            update={
                "children": tuple(
                    self._group(child) if isinstance(child, Group) else self._question(child)
                    for child in group.children
                )
            }
        )

    def _question(self, question: Question) -> Question:
        head = _head(question.name)
        changed = self._changed(question, head)
        if not question.columns:
            return changed
        columns = (self._changed(each, f"{head}.{each.name}") for each in question.columns)
        return changed.model_copy(update={"columns": tuple(columns)})

    def _changed(self, owner: Model, head: str) -> Model:
        changes: dict[str, object] = {}
        for key in _text_keys(type(owner)):
            before: Words = getattr(owner, key)
            after = self._change(Spot(f"{head}.{key}", key, owner), before)
            if after != before:
                changes[key] = after
        return owner.model_copy(update=changes) if changes else owner


def _head(name: str) -> str:
    """How ids of a group or question begin."""
    return f"survey.{name}" if name in _KEPT_NAMES else name


def _text_keys(model: type[Frozen]) -> Iterator[str]:
    return (key for key in model.model_fields if key not in _NOT_WORDS and is_text(model, key))
