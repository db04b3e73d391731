"""The route through a form: which questions are asked, given the answers so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from questionnaires.answers import Answers, Value
from questionnaires.datum import Datum, datum_of, number_of, text_of
from questionnaires.expressions import parse
from questionnaires.functions import Scope
from questionnaires.models import Choice, Definition, Group, Question, QuestionType


@dataclass(frozen=True, slots=True)
class Route:
    """What a respondent is asked. A question that is not asked counts as empty everywhere."""

    asked: frozenset[str]
    """Names of the relevant questions, notes and calculations too; a group that is not relevant
    hides all below it. Columns of a repeat are not in it: they are asked with their table."""
    groups: frozenset[str]
    """Names of the relevant groups, sections too."""
    calculated: Mapping[str, Value]
    """Values of the calculate questions that have one."""
    values: Mapping[str, Datum]
    """What each asked question is worth in expressions."""
    today: date

    def scope(self, current: Datum = "", choice: Mapping[str, str] | None = None) -> Scope:
        """What an expression that belongs to a question of this form can see."""
        return Scope(self.values, self.today, current, choice or {})


def route(definition: Definition, answers: Answers, *, today: date) -> Route:
    """Walk the form once from top to bottom.

    A condition sees only what stands before it: a later question is empty for it, whatever its
    answer. So the route up to a question never depends on what follows (lint refuses conditions
    that look ahead).
    """
    walk = _Walk(answers, today)
    for section in definition.survey:
        walk.group(section)
    return Route(
        asked=frozenset(walk.asked),
        groups=frozenset(walk.groups),
        calculated=walk.calculated,
        values=walk.values,
        today=today,
    )


class _Walk:
    def __init__(self, answers: Answers, today: date) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.groups: list[str] = []
        self.calculated: dict[str, Value] = {}
        self.values: dict[str, Datum] = {}
        self.scope = Scope(self.values, today)

    def group(self, group: Group) -> None:
        if not self._is_relevant(group.relevant):
            return
        self.groups.append(group.name)
        for child in group.children:
            match child:
                case Question():
                    self._question(child)
                case Group():
                    self.group(child)

    def _is_relevant(self, relevant: str | None) -> bool:
        return relevant is None or parse(relevant).holds(self.scope)

    def _question(self, question: Question) -> None:
        if not self._is_relevant(question.relevant):
            return
        self.asked.append(question.name)
        if question.type is QuestionType.CALCULATE:
            self._calculate(question)
        else:
            self.values[question.name] = datum_of(self.answers.get(question.name))

    def _calculate(self, question: Question) -> None:
        if question.calculation is None:
            return
        datum = parse(question.calculation).evaluate(self.scope)
        self.values[question.name] = datum
        value = _value_of(datum)
        if value is not None:
            self.calculated[question.name] = value


def _value_of(datum: Datum) -> Value | None:
    if isinstance(datum, int | float) and not isinstance(datum, bool):
        number = number_of(datum)
        if number - number != 0:  # not a number, or without end
            return None
        return int(number) if number == int(number) else number
    return text_of(datum) or None


def offered_choices(definition: Definition, question: Question, route: Route) -> tuple[Choice, ...]:
    """The options of a question that its ``choice_filter`` leaves, given the other answers."""
    choices = definition.options(question)
    if question.choice_filter is None:
        return choices
    expression = parse(question.choice_filter)
    return tuple(
        choice for choice in choices if expression.holds(route.scope(choice=columns_of(choice)))
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
