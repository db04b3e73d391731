"""Answers condensed to the wording of a synthesis cell. The verbatim answers stay what they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questionnaires.answered import is_answered
from questionnaires.answers import Answers, Row, Value
from questionnaires.kinds import display
from questionnaires.kinds.tables import rows_of
from questionnaires.marking import may_be_published
from questionnaires.models import UNASKED, UPLOADS, Definition, Group, Item, Question, QuestionType
from questionnaires.placeholders import filled_in
from questionnaires.routing import Route

MAX_WORDS = 280
"""Characters of a free text in a cell; the rest is read in the verbatim answer."""

_UNSAID = UNASKED | UPLOADS
_OTHER = "other"
_NAME = "name"
"""Endings of the text questions that explain another: the option «other», or a row of a matrix."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a synthesis cell."""

    question: str
    """Name of the question it condenses; for a matrix, of its first row with an answer."""
    text: str


def statements(
    definition: Definition, answers: Answers, route: Route, *, language: str | None = None
) -> Mapping[str, tuple[Statement, ...]]:
    """What the answers say, by dimension, in the order of the form.

    Personal data, files, answers without the consent they need and questions that were not asked
    never appear; nor do questions without a value, whose marks say why. A dimension about which
    nothing is said is not in the result.
    """
    condenser = _Condenser(definition, answers, route, language)
    found: dict[str, list[Statement]] = {}
    for item in definition.items:
        for statement in condenser.item(item):
            for dimension in definition.dimensions_of(statement.question):
                found.setdefault(dimension, []).append(statement)
    return {dimension: tuple(said) for dimension, said in found.items()}


class _Condenser:
    def __init__(
        self, definition: Definition, answers: Answers, route: Route, language: str | None
    ) -> None:
        self.definition = definition
        self.answers = answers
        self.route = route
        self.language = language

    def item(self, item: Item) -> Iterator[Statement]:
        match item.node:
            case Question():
                yield from self._question(item.node)
            case Group():
                yield from self._group(item.node)

    def _group(self, group: Group) -> Iterator[Statement]:
        if group.is_matrix:
            yield from self._matrix(group)
            return
        companions = {
            question.name
            for question in group.questions()
            if question.type is QuestionType.TEXT and _explains_another(group, question.name)
        }
        for child in group.children:
            match child:
                case Group():
                    yield from self._group(child)
                case Question():
                    if child.name not in companions:
                        yield from self._question(child)

    def _value(self, question: Question) -> Value | None:
        if question.type in _UNSAID or question.personal or question.name not in self.route.asked:
            return None
        if not may_be_published(question, self.route):
            return None
        if question.is_derived:
            return self.route.calculated.get(question.name)
        answer = self.answers.get(question.name)
        if answer is None or answer.missing is not None or not is_answered(answer.value):
            return None
        return answer.value

    def _question(self, question: Question) -> Iterator[Statement]:
        value = self._value(question)
        if value is None or not self.definition.dimensions_of(question.name):
            return
        if question.type is QuestionType.REPEAT:
            text = self._table(question, value)
        else:
            text = self._shown(question, value)
        yield Statement(question.name, f"{self._title(question)}: {text}")

    def _title(self, node: Question | Group) -> str:
        words = self.definition.words
        title = words(node.short_label, self.language) or words(node.label, self.language)
        said = filled_in(
            title, self.definition, self.route.values, self.language, with_personal=False
        )
        return said.rstrip(" :?.")

    def _shown(self, question: Question, value: Value) -> str:
        shown = _one_line(display(question, self.definition, value, self.language))
        other = self._other_words(question, value)
        return f"{shown} ({other})" if other else shown

    def _other_words(self, question: Question, value: Value) -> str:
        """What was typed beside the option «other»: it explains the choice, never replaces it."""
        chosen = value if isinstance(value, tuple) else (value,)
        companion = self.definition.by_name.get(f"{question.name}_{_OTHER}")
        if companion is None or _OTHER not in chosen:
            return ""
        said = self._value(companion)
        return _one_line(said) if isinstance(said, str) else ""

    def _matrix(self, group: Group) -> Iterator[Statement]:
        """One line for each option, with the rows it was chosen for."""
        rows = [
            (question, value)
            for question in group.questions()
            if (value := self._value(question)) is not None
        ]
        if not rows:
            return
        title = self._title(group)
        for choice in self.definition.options(rows[0][0]):
            chosen = [
                question
                for question, value in rows
                if choice.name in (value if isinstance(value, tuple) else (value,))
            ]
            if chosen:
                label = self.definition.words(choice.label, self.language)
                named = ", ".join(self._row_title(question) for question in chosen)
                yield Statement(chosen[0].name, f"{title} – {label}: {named}")

    def _row_title(self, question: Question) -> str:
        companion = self.definition.by_name.get(f"{question.name}_{_NAME}")
        said = self._value(companion) if companion is not None else None
        title = self._title(question)
        return f"{title} ({_one_line(said)})" if isinstance(said, str) else title

    def _table(self, question: Question, value: Value) -> str:
        rows = [row for row in rows_of(value) or () if is_answered((row,))]
        by = question.parameters.get("group_by")
        if by is None:
            return "; ".join(self._row(question, row, without=None) for row in rows)
        column = question.column(by)
        parts: list[str] = []
        for choice in self.definition.options(column):
            of_choice = [row for row in rows if row.get(by) == choice.name]
            if of_choice:
                label = self.definition.words(choice.label, self.language)
                parts.append(f"{label}: {self._rows(question, of_choice, by)}")
        rest = [row for row in rows if not is_answered(row.get(by))]
        if rest:
            parts.append(self._rows(question, rest, by))
        return "; ".join(parts)

    def _rows(self, question: Question, rows: list[Row], by: str) -> str:
        return ", ".join(self._row(question, row, without=by) for row in rows)

    def _row(self, question: Question, row: Row, *, without: str | None) -> str:
        cells = [
            _one_line(display(column, self.definition, row[column.name], self.language))
            for column in question.columns
            if column.name != without and is_answered(row.get(column.name))
        ]
        if not cells:
            return "–"
        return f"{cells[0]} ({', '.join(cells[1:])})" if len(cells) > 1 else cells[0]


def _explains_another(group: Group, name: str) -> bool:
    stem, _, ending = name.rpartition("_")
    return ending in (_OTHER, _NAME) and any(
        question.name == stem for question in group.questions()
    )


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1].rstrip() + "…"
