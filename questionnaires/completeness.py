"""How far a form is filled, by section and as a whole."""

from dataclasses import dataclass
from datetime import date

from questionnaires.answered import is_answered
from questionnaires.answers import Answer, Answers
from questionnaires.models import Definition, Item, Question
from questionnaires.routing import Route, route


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """One section's numbered questions: how many are asked and answered."""

    name: str
    asked: int
    answered: int
    required_missing: tuple[str, ...]
    """Names of the required fields that have neither an answer nor a reason."""


@dataclass(frozen=True, slots=True)
class FormProgress:
    """The whole form, and each section in order (those that are not asked count nought)."""

    sections: tuple[SectionProgress, ...]
    asked: int
    answered: int
    required_missing: tuple[str, ...]


def is_settled(answer: Answer | None) -> bool:
    """Whether a field has an answer, or a reason for having none."""
    return answer is not None and (answer.missing is not None or is_answered(answer.value))


def progress(
    definition: Definition, answers: Answers, *, today: date, path: Route | None = None
) -> FormProgress:
    """Count numbered questions. One of several fields is answered when any of them is settled.

    Who has the route of these answers already can give it as ``path``.
    """
    path = path or route(definition, answers, today=today)
    sections = tuple(
        _section_progress(definition, section.name, answers, path) for section in definition.survey
    )
    return FormProgress(
        sections=sections,
        asked=sum(section.asked for section in sections),
        answered=sum(section.answered for section in sections),
        required_missing=tuple(name for section in sections for name in section.required_missing),
    )


def _section_progress(
    definition: Definition, name: str, answers: Answers, path: Route
) -> SectionProgress:
    items = [
        item for item in definition.items if item.section == name and _asked_fields(item, path)
    ]
    missing = tuple(
        question.name
        for question in definition.section(name).questions()
        if question.required
        and question.name in path.asked
        and not is_settled(answers.get(question.name))
    )
    return SectionProgress(
        name=name,
        asked=len(items),
        answered=sum(_is_item_settled(item, answers, path) for item in items),
        required_missing=missing,
    )


def _asked_fields(item: Item, path: Route) -> list[Question]:
    return [
        question
        for question in item.questions
        if question.takes_answer and question.name in path.asked
    ]


def _is_item_settled(item: Item, answers: Answers, path: Route) -> bool:
    return any(is_settled(answers.get(question.name)) for question in _asked_fields(item, path))


def core_share(
    definition: Definition, answers: Answers, *, today: date, path: Route | None = None
) -> float:
    """The share of the core (★) questions asked that are answered; 0 when none is asked."""
    path = path or route(definition, answers, today=today)
    core = [item for item in definition.items if item.core and _asked_fields(item, path)]
    if not core:
        return 0.0
    settled = sum(_is_item_settled(item, answers, path) for item in core)
    return settled / len(core)
