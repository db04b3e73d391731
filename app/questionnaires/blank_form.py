"""The whole questionnaire on paper: every question with space to answer it by hand."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.questionnaires.paper_phrases.languages import told
from app.questionnaires.paper_phrases.phrases import PaperPhrases
from app.questionnaires.paper_space import PaperSpace, space_of
from app.questionnaires.paper_words import PaperWords
from app.responses.form_words import FormWords
from app.responses.words import repeats
from questionnaires.models import UNASKED, Definition, Group, Question, QuestionType
from questionnaires.phrases import Phrase
from questionnaires.routing_words import asked_if, offered_if


class Shape(StrEnum):
    """How a part of the form looks on paper."""

    QUESTION = "question"
    NOTE = "note"
    GROUP = "group"
    MATRIX = "matrix"


@dataclass(frozen=True, slots=True)
class Paper:
    """A question or group as it is printed."""

    shape: Shape
    label: str
    code: str = ""
    hint: str = ""
    guidance: str = ""
    required: bool = False
    core: bool = False
    personal: bool = False
    has_picture: bool = False
    """Whether the form on the screen shows a picture with it."""
    routing: tuple[Phrase, ...] = ()
    """When it is asked, and which options are offered."""
    space: PaperSpace | None = None
    """Where to answer a question."""
    parts: tuple["Paper", ...] = ()
    """What stands within a group; the rows of a matrix."""
    heads: tuple[str, ...] = ()
    """The options over the columns of a matrix."""
    several: bool = False
    """Whether more than one box of a matrix row may be ticked."""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section, or the panel at the end."""

    name: str
    label: str
    hint: str
    routing: tuple[Phrase, ...]
    parts: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class BlankForm:
    """All that is printed, in the order of the form."""

    title: str
    introduction: str
    lead: str
    """Which version it is, and how many questions it has."""
    has_core: bool
    has_personal: bool
    phrases: PaperPhrases
    beside: FormWords
    """The words that stand beside the questions on the screen, too."""
    sections: tuple[PaperSection, ...]
    panel: PaperSection | None


def blank_form(definition: Definition, language: str) -> BlankForm:
    """A definition as a form to fill in by hand, with its labels in a language."""
    writer = _Writer(definition, language)
    settings = definition.settings
    panel = definition.panel
    return BlankForm(
        title=writer.words(settings.form_title),
        introduction=writer.words(settings.introduction),
        lead=_lead(writer),
        has_core=any(item.core for item in definition.items),
        has_personal=any(
            one.personal
            for question in definition.questions
            for one in (question, *question.columns)
        ),
        phrases=writer.phrases,
        beside=writer.beside,
        sections=tuple(writer.section(section) for section in definition.survey),
        panel=writer.section(panel) if panel is not None else None,
    )


def _lead(writer: PaperWords) -> str:
    definition, phrases = writer.definition, writer.phrases
    core = sum(item.core for item in definition.items)
    return told(
        phrases.lead_with_core if core else phrases.lead,
        version=definition.version,
        questions=len(definition.items),
        core=core,
    )


class _Writer(PaperWords):
    def section(self, group: Group) -> PaperSection:
        return PaperSection(
            name=group.name,
            label=self.words(group.label),
            hint=self.words(group.hint),
            routing=self._routing(group),
            parts=self._parts(group),
        )

    def _parts(self, group: Group) -> tuple[Paper, ...]:
        return tuple(
            self._question(child) if isinstance(child, Question) else self._group(child)
            for child in group.children
            if not isinstance(child, Question) or _is_printed(child)
        )

    def _group(self, group: Group) -> Paper:
        label = self.words(group.label)
        if group.is_matrix:
            return self._matrix(group, label)
        parts = self._parts(group)
        required = False
        if parts and _says_it_again(label, parts[0]):
            # Once is enough: the number stands before what the first field asks.
            first = parts[0]
            label, required = first.label, first.required
            parts = (replace(first, label="", required=False), *parts[1:])
        return Paper(
            shape=Shape.GROUP,
            label=label,
            required=required,
            code=group.code or "",
            hint=self.words(group.hint),
            core=group.core,
            routing=self._routing(group),
            parts=parts,
        )

    def _matrix(self, group: Group, label: str) -> Paper:
        rows = tuple(group.questions())
        options = self.definition.options(rows[0]) if rows else ()
        return Paper(
            shape=Shape.MATRIX,
            label=label,
            code=group.code or "",
            hint=self.words(group.hint),
            core=group.core,
            routing=self._routing(group),
            parts=tuple(self._question(row) for row in rows),
            heads=tuple(self.words(choice.label) for choice in options),
            several=any(row.type is QuestionType.SELECT_MULTIPLE for row in rows),
        )

    def _question(self, question: Question) -> Paper:
        if question.type is QuestionType.NOTE:
            return Paper(
                Shape.NOTE,
                self.words(question.label),
                hint=self.words(question.hint),
                has_picture=bool(question.image),
                routing=self._routing(question),
            )
        return Paper(
            shape=Shape.QUESTION,
            label=self.words(question.label),
            code=question.code or "",
            hint=self.authors(_fixed(question) or "") or self.words(question.hint),
            guidance=self.words(question.guidance_hint),
            required=question.required,
            core=question.core,
            personal=question.personal,
            has_picture=bool(question.image),
            routing=self._routing(question),
            space=space_of(question, self) if question.takes_answer else None,
        )

    def _routing(self, node: Group | Question) -> tuple[Phrase, ...]:
        said = [asked_if(self.definition, node, self.language)]
        if isinstance(node, Question):
            said.append(offered_if(self.definition, node, self.language))
        return tuple(one.phrase for one in said if one is not None)


def _says_it_again(heading: str, first: Paper) -> bool:
    """Whether the first field says what the heading over it says, or there is no heading."""
    return not first.routing and repeats(heading, first.label)


def _is_printed(question: Question) -> bool:
    is_told = question.type is QuestionType.NOTE or _fixed(question) is not None
    return is_told or question.takes_answer


def _fixed(question: Question) -> str | None:
    """What stands there for everybody and cannot be changed."""
    if question.type in UNASKED or not question.readonly or question.calculation is not None:
        return None
    return None if question.default_is_expression else question.default
