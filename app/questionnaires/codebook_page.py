"""The codebook of a version: what is kept of each question, under which name, and by what rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.questionnaires.paper_phrases.languages import told
from app.questionnaires.paper_words import PaperWords
from app.responses.language import as_said
from questionnaires.models import UNASKED, Choice, Definition, Group, Question
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
    texts: tuple[tuple[str, tuple[Translated, ...]], ...]
    """Hint, guidance and messages, each under its heading."""
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
    options: tuple[tuple[str, tuple[Translated, ...], tuple[str, ...]], ...]
    """Of each option its name, its labels, and what else is known of it."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """All that the page shows."""

    title: str
    languages: tuple[str, ...]
    lead: str
    """What follows the title: which version it is, and how many questions it has."""
    notes: str
    sections: tuple[CodebookSection, ...]
    lists: tuple[ChoiceList, ...]


def codebook(definition: Definition, language: str) -> Codebook:
    """The codebook of a definition; its rules are put into words in a language."""
    settings = definition.settings
    writer = _Writer(definition, language)
    sections = [writer.section(section) for section in definition.survey]
    if definition.panel is not None:
        sections.append(writer.section(definition.panel))
    return Codebook(
        title=writer.words(settings.form_title),
        languages=settings.languages,
        lead=_lead(writer),
        notes=writer.words(settings.notes),
        sections=tuple(sections),
        lists=tuple(writer.list(name, choices) for name, choices in definition.choices.items()),
    )


def _lead(writer: PaperWords) -> str:
    definition, phrases = writer.definition, writer.phrases
    corrects = definition.settings.corrects
    return told(
        phrases.codebook_corrects if corrects else phrases.codebook_lead,
        version=definition.version,
        questions=len(definition.items),
        corrects=corrects,
    )


class _Writer(PaperWords):
    def section(self, group: Group) -> CodebookSection:
        return CodebookSection(
            name=group.name,
            label=self.words(group.label),
            rules=tuple(
                _rules((self.phrases.routing, asked_if(self.definition, group, self.language)))
            ),
            entries=tuple(self._entries(group, (), "")),
        )

    def list(self, name: str, choices: tuple[Choice, ...]) -> ChoiceList:
        return ChoiceList(
            name,
            tuple(
                (choice.name, self._in_every_language(choice.label), self._more_of(choice))
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
        definition, language, ours = self.definition, self.language, self.phrases
        by_groups = [(ours.group_routing, asked_if(definition, one, language)) for one in around]
        return Entry(
            name=question.name,
            code=code,
            kind=question.type.value,
            list_name=question.list_name or "",
            labels=self._in_every_language(question.label),
            texts=tuple(self._texts(question)),
            marks=self._marks(question, is_core=question.core or any(one.core for one in around)),
            facts=tuple(self._facts(question, around)),
            rules=(
                *_rules(
                    *by_groups,
                    (ours.routing, asked_if(definition, question, language)),
                    (ours.check, allowed_if(definition, question, language)),
                    (ours.options, offered_if(definition, question, language)),
                    (ours.publication, published_if(definition, question, language)),
                ),
                *self._worked_out(question),
            ),
            columns=tuple(self._entry(column, (), "") for column in question.columns),
        )

    def _facts(self, question: Question, around: tuple[Group, ...]) -> Iterator[tuple[str, str]]:
        definition, ours = self.definition, self.phrases
        nodes = (question, *reversed(around))
        if question.name in definition.by_name and question.type not in UNASKED:
            shown_in = definition.dimensions_of(question.name)
            labels = {one.name: self.words(one.label) for one in definition.dimensions}
            for name in shown_in:
                label = labels.get(name, "")
                yield ours.synthesis_column, as_said(label, f"{name} · {label}".rstrip(" ·"))
        for heading, key in ((ours.concept, "concept"), (ours.source, "source")):
            found = next((getattr(node, key) for node in nodes if getattr(node, key)), "")
            if found:
                yield heading, self.authors(found)
        short = self.words(question.short_label)
        if short:
            yield ours.short_label, short
        if question.replaces:
            yield ours.replaces, ", ".join(question.replaces)
        if question.replaces_because:
            yield ours.because, self.authors(question.replaces_because)
        if question.parameters:
            yield (
                ours.parameters,
                ", ".join(f"{key} {one}" for key, one in question.parameters.items()),
            )
        for heading, number in (
            (ours.least_rows, question.min_rows),
            (ours.most_rows, question.max_rows),
        ):
            if number is not None:
                yield heading, str(number)

    def _texts(self, question: Question) -> Iterator[tuple[str, tuple[Translated, ...]]]:
        ours = self.phrases
        for heading, text in (
            (ours.hint, question.hint),
            (ours.guidance, question.guidance_hint),
            (ours.refused_message, question.constraint_message),
            (ours.required_message, question.required_message),
        ):
            if text:
                yield heading, self._in_every_language(text)

    def _marks(self, question: Question, *, is_core: bool) -> tuple[str, ...]:
        ours = self.phrases
        known = (
            (self.beside.needed, question.required),
            (ours.core, is_core),
            (ours.personal, question.personal),
            (ours.read_only, question.readonly),
        )
        return tuple(words for words, is_so in known if is_so)

    def _worked_out(self, question: Question) -> Iterator[Rule]:
        ours = self.phrases
        for heading, expression in (
            (ours.calculated, question.calculation),
            (ours.suggested, question.default),
            (ours.suggested_anew, question.trigger),
        ):
            if expression is not None:
                yield Rule(heading, expression)

    def _more_of(self, choice: Choice) -> tuple[str, ...]:
        alone = (self.phrases.alone,) if choice.exclusive else ()
        return (*alone, *(f"{key}: {value}" for key, value in choice.columns.items()))

    def _in_every_language(self, text: Mapping[str, str]) -> tuple[Translated, ...]:
        own = (
            Translated(each, text[each])
            for each in self.definition.settings.languages
            if each in text
        )
        return tuple(own)


def _rules(*found: tuple[str, InWords | None]) -> Iterator[Rule]:
    for heading, said in found:
        if said is not None:
            # What cannot be said stands there as it is written.
            yield Rule(heading, said.expression, said.phrase if said.said else ())
