"""Models built from a definition's tree: what pydantic refuses becomes problems with lines."""

import difflib
import re
from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from questionnaires.documents import Items, Mapped, Scalar, Tree
from questionnaires.faults import Faults
from questionnaires.lines import Lines
from questionnaires.models import (
    WITH_LIST,
    Choice,
    Definition,
    Dimension,
    Frozen,
    Group,
    Question,
    QuestionType,
    Settings,
)
from questionnaires.problems import Problem
from questionnaires.readable import Plain, is_empty, is_text, plain, said
from questionnaires.refused_types import REFUSED

_Model = TypeVar("_Model", bound=Frozen)
_STAND_IN = Settings(form_id="unnamed", version="0", form_title={})
_OF_LANGUAGES = frozenset({"default_language", "languages"})
_OR_OTHER = re.compile(r"(?P<list>\S+) or[_ ]other(?: .*)?")


class Builder:
    """Builds the models of one file from the inside out, so that each fault is met where it is."""

    def __init__(self, problems: list[Problem], lines: Lines) -> None:
        self.faults = Faults(problems)
        self.lines = lines
        self.languages_are_known = True
        """Whether the settings say which languages there are, as somebody meant it."""
        self.language = "en"
        """What plain text is written in: the settings' default language, once they are read."""

    def definition(self, tree: Mapped) -> Definition:
        """The whole definition, as far as it can be read.

        What is wrong with the settings says nothing of the questions: something stands in for
        them, so that the rest is read and checked all the same.
        """
        self.faults.known_keys(tree, Definition, "")
        settings = self._settings(tree)
        dimensions = [
            self._build(Dimension, part, f"dimensions/{said(part, 'name')}")
            for part in self._list(tree, "dimensions", "")
        ]
        choices = self._choices(tree)
        survey = [
            node
            for part in self._list(tree, "survey", "")
            if (node := self._node(part, "survey")) is not None
        ]
        sections = [node for node in survey if isinstance(node, Group)]
        for node in survey:
            if isinstance(node, Question):
                self.faults.add(
                    "question-outside-section",
                    "A question stands outside of any section.",
                    "Put it into the «children» of a section.",
                    place=f"survey/{node.name}",
                    line=self.lines.of(node),
                )
        panel = self._panel(tree)
        if "survey" not in tree.entries:
            self.faults.missing(tree, "survey", "survey")
        return Definition(
            settings=settings,
            dimensions=tuple(part for part in dimensions if part is not None),
            choices=choices,
            survey=tuple(sections),
            panel=panel,
        )

    def _settings(self, tree: Mapped) -> Settings:
        part = tree.entries.get("settings")
        if not isinstance(part, Mapped):
            self.faults.missing(tree, "settings", "")
            self.languages_are_known = False
            return _STAND_IN
        if "default_language" in part.entries:
            self.language = said(part, "default_language")
        otherwise = _STAND_IN.model_dump(exclude_unset=True)
        settings = self._build(Settings, part, "settings", otherwise=otherwise) or _STAND_IN
        said_of_languages = _OF_LANGUAGES & {
            key for key, value in part.entries.items() if not is_empty(value)
        }
        self.languages_are_known = said_of_languages <= settings.model_fields_set
        return settings

    def _panel(self, tree: Mapped) -> Group | None:
        part = tree.entries.get("panel")
        if part is None:
            return None
        panel = self._node(part, "panel")
        if isinstance(panel, Question):
            self.faults.add(
                "panel-not-a-group",
                "The submission panel is a single question.",
                "Make it a group with «children».",
                place="panel",
                line=tree.line_of("panel"),
            )
            return None
        return panel

    def _choices(self, tree: Mapped) -> dict[str, tuple[Choice, ...]]:
        part = tree.entries.get("choices")
        if part is None:
            return {}
        if not isinstance(part, Mapped):
            self.faults.wrong_shape("choices", "choice lists by name", tree.line_of("choices"))
            return {}
        lists: dict[str, tuple[Choice, ...]] = {}
        for name in part.entries:
            place = f"choices/{name}"
            self.lines.note(place, part.line_of(name))
            built = [
                self._build(Choice, choice, f"{place}/{said(choice, 'name')}")
                for choice in self._list(part, name, "choices")
            ]
            lists[name] = tuple(choice for choice in built if choice is not None)
        return lists

    def _node(self, tree: Tree, above: str) -> Question | Group | None:
        place = f"{above}/{said(tree, 'name')}"
        if not isinstance(tree, Mapped):
            self.faults.wrong_shape(place, "a question or a group", tree.line)
            return None
        if "children" in tree.entries:
            children = [self._node(part, place) for part in self._list(tree, "children", place)]
            kept = tuple(child for child in children if child is not None)
            return self._build(Group, tree, place, children=kept)
        columns = [self._node(part, place) for part in self._list(tree, "columns", place)]
        kept_columns = tuple(column for column in columns if isinstance(column, Question))
        return self._question(tree, place, kept_columns)

    def _question(self, tree: Mapped, place: str, columns: tuple[Question, ...]) -> Question | None:
        given = tree.entries.get("type")
        if given is None and ("label" in tree.entries or "relevant" in tree.entries):
            self.faults.add(
                "no-type",
                "It has no type, and is no group either.",
                "Add «type: text» or another type for a question, «children:» for a group.",
                place=place,
                line=tree.line,
            )
            return None
        if isinstance(given, Scalar) and given.text is not None:
            tree = self._split_type(tree, given, place)
        if columns or "columns" in tree.entries:
            return self._build(Question, tree, place, columns=columns)
        return self._build(Question, tree, place)

    def _split_type(self, tree: Mapped, given: Scalar, place: str) -> Mapped:
        """XLSForm writes the choice list into the type: ``select_one role``."""
        kind, _, rest = " ".join((given.text or "").split()).partition(" ")
        entries = dict(tree.entries)
        lines = dict(tree.key_lines)
        known = {str(member) for member in QuestionType}
        if kind in REFUSED:
            self.faults.add(
                "refused-type",
                f"«{kind}» is not asked in a form on the web.",
                REFUSED[kind],
                place=place,
                line=given.line,
            )
            kind, rest = "text", ""
        elif kind not in known:
            near = difflib.get_close_matches(kind, known, n=1)
            self.faults.add(
                "unknown-type",
                f"There is no type «{kind}».",
                f"Did you mean «{near[0]}»?"
                if near
                else f"Use one of: {', '.join(sorted(known))}.",
                place=place,
                line=given.line,
            )
            # Go on as with text, so that what else is wrong with the question is found too.
            kind, rest = "text", ""
        entries["type"] = Scalar(kind, given.line)
        if rest:
            other = _OR_OTHER.fullmatch(rest) if kind in WITH_LIST else None
            if other is not None:
                self.faults.add(
                    "refused-type",
                    "«or_other» adds an option and a question that stand nowhere.",
                    f"Give the list {other['list']} an option «other», and ask for the words in a "
                    f"question «{said(tree, 'name')}_other».",
                    place=place,
                    line=given.line,
                )
                rest = other["list"]
            if kind in WITH_LIST:
                entries["list_name"] = Scalar(rest, given.line)
                lines["list_name"] = given.line
            else:
                self.faults.add(
                    "type-takes-no-list",
                    f"The type «{kind}» is followed by «{rest}».",
                    f"Write «type: {kind}» alone.",
                    place=place,
                    line=given.line,
                )
        return Mapped(entries, lines, tree.line)

    def _build(
        self,
        model: type[_Model],
        tree: Tree,
        place: str,
        *,
        otherwise: Mapping[str, object] | None = None,
        **built: object,
    ) -> _Model | None:
        """One model from a mapping. Fields that are refused are left out, so the rest is kept.

        ``otherwise`` holds what stands in for fields that are refused or missing.
        """
        if not isinstance(tree, Mapped):
            self.faults.wrong_shape(place, "a mapping of keys to values", tree.line)
            return None
        self.faults.known_keys(tree, model, place)
        data: dict[str, object] = {
            key: self._words(part) if is_text(model, key) else plain(part)
            for key, part in tree.entries.items()
            if key in model.model_fields and not is_empty(part) and key not in built
        }
        data.update(built)
        try:
            instance = model.model_validate(data)
        except ValidationError as error:
            self.faults.refused(error, tree, model, place)
            for key in {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}:
                data.pop(key, None)
                if key == "name":
                    # Without a name nothing else in it would be looked at.
                    data["name"] = f"unnamed_{tree.line}"
            try:
                instance = model.model_validate({**(otherwise or {}), **data})
            except ValidationError:
                return None
        self.lines.remember(instance, tree, place)
        return instance

    def _words(self, tree: Tree) -> Plain:
        """Words for people: a mapping by language, or plain text in the default language."""
        if isinstance(tree, Scalar):
            return {self.language: tree.text or ""}
        return plain(tree)

    def _list(self, tree: Mapped, key: str, place: str) -> tuple[Tree, ...]:
        part = tree.entries.get(key)
        if part is None or is_empty(part):
            return ()
        if isinstance(part, Items):
            return part.items
        self.faults.wrong_shape(f"{place}/{key}".strip("/"), "a list", tree.line_of(key))
        return ()
