"""The codebook of a version: what is kept of each question, under which name, and by what rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.questionnaires.paper_words import PaperWords
from questionnaires.models import Choice, Definition, Group, Question
from questionnaires.phrases import Phrase
from questionnaires.routing_words import InWords, allowed_if, asked_if, offered_if, published_if


@dataclass(frozen=True, slots=True)
class Rule:
    """An expression, with what it means."""

    heading: str
    expression: str
    words: Phrase = ()


@dataclass(frozen=True, slots=True)
class Translated:
    """A text in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A question or a column of a table, as data."""

    name: str
    code: str
    kind: str
    list_name: str
    labels: tuple[Translated, ...]
    hints: tuple[Translated, ...]
    marks: tuple[str, ...]
    """Required, core, personal data, and the like."""
    facts: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]
    columns: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class CodebookSection:
    """The questions of a section."""

    name: str
    label: str
    rules: tuple[Rule, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """A choice list with what each option is called in each language."""

    name: str
    options: tuple[tuple[str, tuple[Translated, ...], str], ...]
    """Of each option its name, its labels, and what else is known of it."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """All that the page shows."""

    title: str
    languages: tuple[str, ...]
    questions: int
    corrects: str
    notes: str
    sections: tuple[CodebookSection, ...]
    lists: tuple[ChoiceList, ...]


def codebook(definition: Definition) -> Codebook:
    """The codebook of a definition; rules are put into words with labels in its own language."""
    settings = definition.settings
    writer = _Writer(definition, settings.default_language)
    sections = [writer.section(section) for section in definition.survey]
    if definition.panel is not None:
        sections.append(writer.section(definition.panel))
    return Codebook(
        title=writer.words(settings.form_title),
        languages=settings.languages,
        questions=len(definition.items),
        corrects=settings.corrects or "",
        notes=writer.words(settings.notes),
        sections=tuple(sections),
        lists=tuple(writer.list(name, choices) for name, choices in definition.choices.items()),
    )


class _Writer(PaperWords):
    def section(self, group: Group) -> CodebookSection:
        return CodebookSection(
            name=group.name,
            label=self.words(group.label),
            rules=tuple(_rules(("Routing", asked_if(self.definition, group, self.language)))),
            entries=tuple(self._entries(group, (), "")),
        )

    def list(self, name: str, choices: tuple[Choice, ...]) -> ChoiceList:
        return ChoiceList(
            name,
            tuple(
                (choice.name, self._in_every_language(choice.label), _more_of(choice))
                for choice in choices
            ),
        )

    def _entries(self, group: Group, around: tuple[Group, ...], code: str) -> Iterator[Entry]:
        """The questions of a group, with the groups around them inside the section."""
        for child in group.children:
            if isinstance(child, Group):
                yield from self._entries(child, (*around, child), child.code or code)
            else:
                yield self._entry(child, around, child.code or code)

    def _entry(self, question: Question, around: tuple[Group, ...], code: str) -> Entry:
        definition, language = self.definition, self.language
        by_groups = [("Its group’s routing", asked_if(definition, one, language)) for one in around]
        return Entry(
            name=question.name,
            code=code,
            kind=question.type.value,
            list_name=question.list_name or "",
            labels=self._in_every_language(question.label),
            hints=self._in_every_language(question.hint),
            marks=_marks(question, is_core=question.core or any(one.core for one in around)),
            facts=tuple(self._facts(question, around)),
            rules=(
                *_rules(
                    *by_groups,
                    ("Routing", asked_if(definition, question, language)),
                    ("Check", allowed_if(definition, question, language)),
                    ("Options", offered_if(definition, question, language)),
                    ("Publication", published_if(definition, question, language)),
                ),
                *_worked_out(question),
            ),
            columns=tuple(self._entry(column, (), "") for column in question.columns),
        )

    def _facts(self, question: Question, around: tuple[Group, ...]) -> Iterator[tuple[str, str]]:
        definition = self.definition
        nodes = (question, *reversed(around))
        if question.name in definition.by_name:
            shown_in = definition.dimensions_of(question.name)
            labels = {one.name: definition.words(one.label) for one in definition.dimensions}
            for name in shown_in:
                yield "Column of the synthesis", f"{name} · {labels.get(name, '')}".rstrip(" ·")
        for heading, key in (("Concept", "concept"), ("Source", "source")):
            found = next((getattr(node, key) for node in nodes if getattr(node, key)), "")
            if found:
                yield heading, found
        short = self.words(question.short_label)
        if short:
            yield "Short label", short
        if question.replaces:
            yield "Replaces", ", ".join(question.replaces)
        if question.replaces_because:
            yield "Because", question.replaces_because
        if question.parameters:
            yield (
                "Parameters",
                ", ".join(f"{key} {one}" for key, one in question.parameters.items()),
            )
        for heading, number in (
            ("Rows at least", question.min_rows),
            ("at most", question.max_rows),
        ):
            if number is not None:
                yield heading.replace("at most", "Rows at most"), str(number)

    def _in_every_language(self, text: Mapping[str, str]) -> tuple[Translated, ...]:
        own = (
            Translated(each, text[each])
            for each in self.definition.settings.languages
            if each in text
        )
        return tuple(own)


def _marks(question: Question, *, is_core: bool) -> tuple[str, ...]:
    known = (
        ("needed to submit", question.required),
        ("core ★", is_core),
        ("personal data, never published", question.personal),
        ("read only", question.readonly),
    )
    return tuple(words for words, is_so in known if is_so)


def _rules(*found: tuple[str, InWords | None]) -> Iterator[Rule]:
    for heading, said in found:
        if said is not None:
            # What cannot be said stands there as it is written.
            yield Rule(heading, said.expression, said.phrase if said.said else ())


def _worked_out(question: Question) -> Iterator[Rule]:
    for heading, expression in (
        ("Calculated", question.calculation),
        ("Suggested", question.default),
        ("Suggested anew after", question.trigger),
    ):
        if expression is not None:
            yield Rule(heading, expression)


def _more_of(choice: Choice) -> str:
    alone = ["excludes every other option"] if choice.exclusive else []
    return "; ".join([*alone, *(f"{key}: {value}" for key, value in choice.columns.items())])
