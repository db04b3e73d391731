"""The route through a form: which questions are asked, given the answers so far."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import takewhile

from questionnaires.answered import is_answered
from questionnaires.answers import Answer, Answers, Entry, Value
from questionnaires.datum import Datum, datum_of, datum_of_value, number_of, text_of
from questionnaires.expressions import parse
from questionnaires.kinds.tables import rows_of
from questionnaires.meter import Meter
from questionnaires.models import Choice, Definition, Group, Question, QuestionType
from questionnaires.scope import Columns, LabelOf, Scope


@dataclass(frozen=True, slots=True)
class Route:
    """What a respondent is asked. A question that is not asked counts as empty everywhere."""

    asked: frozenset[str]
    """Names of the relevant questions, notes and calculations too; a group that is not relevant
    hides all below it. Columns of a repeat are not in it: they are asked with their table."""
    groups: frozenset[str]
    """Names of the relevant groups, sections too."""
    calculated: Mapping[str, Value]
    """Values of the questions that are worked out, not asked, where they have one."""
    values: Mapping[str, Datum]
    """What each asked question is worth in expressions."""
    columns: Columns
    """The cells of the tables' columns, in the rows that say something; empty when not asked."""
    today: date
    view: Scope = field(compare=False, repr=False)
    """What an expression of this form can see, whatever it belongs to.

    Those that are evaluated on this route share what they may cost together: the filters and the
    suggestions of a page, for example."""

    def scope(
        self, current: Datum = "", choice: Mapping[str, str] | None = None, *, question: str = ""
    ) -> Scope:
        """What an expression that belongs to a question of this form can see."""
        return replace(self.view, current=current, choice=choice or {}, question=question)

    def row_scope(self, cells: Mapping[str, Datum], *, column: str, row: int, rows: int) -> Scope:
        """What an expression of a column can see in a row: there a column is its one cell.

        ``row`` is counted from 1, and as ``rows`` among the rows that say something.
        """
        return replace(
            self.view,
            cells=cells,
            current=cells.get(column, ""),
            question=column,
            row=row,
            rows=rows,
        )

    def metered(self) -> "Route":
        """The same, for another look at the form that may cost as much again."""
        return replace(self, view=replace(self.view, meter=Meter()))


def route(
    definition: Definition,
    answers: Answers,
    *,
    today: date,
    now: datetime | None = None,
    seed: str = "",
    language: str | None = None,
) -> Route:
    """Walk the form once from top to bottom.

    A condition sees only what stands before it: a later question is empty for it, whatever its
    answer. So the route up to a question never depends on what follows (lint refuses conditions
    that look ahead).

    ``now`` is the moment in the round's zone, of which ``today`` is the date; without it the day
    has just begun, in UTC. ``seed`` names the response: what is drawn at random is drawn from it.
    Labels are in ``language``, else in the form's own; leave it out where what is worked out is
    kept or compared, since it should not depend on who reads.
    """
    walk = _Walk(definition, answers, Scope({}, today, now=now, seed=seed, language=language))
    for section in definition.survey:
        walk.group(section)
    return Route(
        asked=frozenset(walk.asked),
        groups=frozenset(walk.groups),
        calculated=walk.calculated,
        values=walk.values,
        columns=walk.columns,
        today=today,
        view=replace(walk.view, meter=Meter()),
    )


def labels_of(definition: Definition, language: str | None = None) -> LabelOf:
    """How the choices of a form are called, in a language or else in its own."""

    def label_of(name: str, chosen: str) -> str:
        question = (
            definition.by_name.get(name)
            or definition.panel_by_name.get(name)
            or definition.columns_by_name.get(name)
        )
        choice = None if question is None else definition.option(question, chosen)
        return "" if choice is None else definition.words(choice.label, language)

    return label_of


class _Walk:
    def __init__(self, definition: Definition, answers: Answers, plain: Scope) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.groups: list[str] = []
        self.calculated: dict[str, Value] = {}
        self.values: dict[str, Datum] = {}
        # A table further down, or one that is not asked, has no rows.
        self.columns: dict[str, list[str]] = {
            column.name: [] for question in definition.questions for column in question.columns
        }
        language = plain.language or definition.settings.default_language
        self.view = replace(
            plain,
            values=self.values,
            columns=self.columns,
            language=language,
            label_of=labels_of(definition, language),
            meter=Meter(),
        )

    def group(self, group: Group) -> None:
        if not self._is_relevant(group):
            return
        self.groups.append(group.name)
        for child in group.children:
            match child:
                case Question():
                    self._question(child)
                case Group():
                    self.group(child)

    def _is_relevant(self, node: Group | Question) -> bool:
        if node.relevant is None:
            return True
        return parse(node.relevant).holds(replace(self.view, question=node.name))

    def _question(self, question: Question) -> None:
        if not self._is_relevant(question):
            return
        self.asked.append(question.name)
        if question.is_derived:
            self._derive(question)
            return
        answer = self.answers.get(question.name)
        self.values[question.name] = datum_of(answer)
        if question.type is QuestionType.REPEAT and answer is not None:
            self._fill_columns(question, answer)

    def _derive(self, question: Question) -> None:
        text = question.calculation
        if text is None and question.default_is_expression:
            text = question.default
        datum: Datum = question.default or ""
        if text is not None:
            # What is kept for it, if anything is, is what once() gives again.
            kept = datum_of(self.answers.get(question.name))
            scope = replace(self.view, question=question.name, current=kept)
            datum = as_kept(parse(text).evaluate(scope))
        self.values[question.name] = datum
        value = _value_of(datum)
        if value is not None:
            self.calculated[question.name] = value

    def _fill_columns(self, table: Question, answer: Answer) -> None:
        if answer.missing is not None or answer.value is None:
            return
        rows = [row for row in rows_of(answer.value) or () if is_answered((row,))]
        for column in table.columns:
            self.columns[column.name] = [text_of(cell_of(row.get(column.name))) for row in rows]


def cell_of(entry: Entry | None) -> Datum:
    """What a cell of a table is worth in expressions; empty when nothing is said."""
    return "" if entry is None else datum_of_value(entry)


def as_kept(datum: Datum) -> Datum:
    """What a calculation is worth to others: as ODK keeps it, text unless it is a number."""
    if isinstance(datum, bool | list):
        return text_of(datum)
    # Not a number is nothing.
    return "" if isinstance(datum, float) and math.isnan(datum) else datum


def _value_of(datum: Datum) -> Value | None:
    if isinstance(datum, int | float):
        number = number_of(datum)
        if number - number != 0:  # without end
            return None
        return int(number) if number == int(number) else number
    return text_of(datum) or None


def offered_choices(definition: Definition, question: Question, route: Route) -> tuple[Choice, ...]:
    """The options of a question that its ``choice_filter`` leaves, given the other answers.

    When the route's expressions have cost what they may, the rest is not looked at: what cannot be
    worked out does not hold.
    """
    choices = definition.options(question)
    if question.choice_filter is None:
        return choices
    expression = parse(question.choice_filter)
    return tuple(
        choice
        for choice in takewhile(lambda _: route.view.is_affordable, choices)
        if expression.holds(route.scope(choice=columns_of(choice), question=question.name))
    )


def columns_of(choice: Choice) -> Mapping[str, str]:
    """A choice as a ``choice_filter`` sees it: its name and its further columns."""
    return {**choice.columns, "name": choice.name}


def conditions_of(definition: Definition, name: str) -> Iterator[str]:
    """The ``relevant`` of a question and of the groups around it, from the outside in."""
    for group in definition.ancestors[name]:
        if group.relevant is not None:
            yield group.relevant
    own = definition.by_name[name].relevant
    if own is not None:
        yield own
