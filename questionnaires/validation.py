"""Whether answers are acceptable: each by itself, against its constraint, and as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from questionnaires.answered import is_answered
from questionnaires.answers import Answer, Answers, Row, Value
from questionnaires.datum import Datum, datum_of_value, truth_of
from questionnaires.expressions import parse
from questionnaires.kinds import KINDS
from questionnaires.kinds.tables import rows_of
from questionnaires.meter import Meter
from questionnaires.models import UNASKED, UPLOADS, Definition, MissingCode, Question, QuestionType
from questionnaires.problems import Problem
from questionnaires.routing import Route, cell_of, labels_of, offered_choices, route
from questionnaires.scope import Scope

_LEFT_EMPTY = UNASKED | UPLOADS | {QuestionType.ACKNOWLEDGE}
"""Types to which nothing can be said instead of an answer."""


def accepted_missing(question: Question) -> tuple[MissingCode, ...]:
    """What may be said instead of a value.

    «Does not apply», «don't know» and «prefer not to answer», except for files, acknowledgements,
    what nobody answers, and personal data, which are simply left empty.
    """
    if question.personal or question.readonly or question.type in _LEFT_EMPTY:
        return ()
    return tuple(MissingCode)


def check_submission(
    definition: Definition, answers: Answers, *, today: date, path: Route | None = None
) -> list[Problem]:
    """What stands in the way of submitting; only questions that are asked count."""
    path = (path or route(definition, answers, today=today)).metered()
    problems: list[Problem] = []
    for question in definition.fields:
        if question.name in path.asked:
            answer = answers.get(question.name, Answer())
            problems += _check_asked(definition, question, answer, path)
    return problems


def check_panel(
    definition: Definition,
    values: Mapping[str, Value],
    *,
    today: date,
    now: datetime | None = None,
    seed: str = "",
) -> list[Problem]:
    """What is wrong with the submission panel; ``required`` holds for a returned questionnaire."""
    problems: list[Problem] = []
    data: dict[str, Datum] = {name: datum_of_value(value) for name, value in values.items()}
    language = definition.settings.default_language
    labels = labels_of(definition, language)
    view = Scope(data, today, now=now, seed=seed, language=language, label_of=labels, meter=Meter())
    for question in definition.panel_by_name.values():
        value = values.get(question.name)
        if value is None or not is_answered(value):
            problems += [_required(definition, question)] if question.required else []
            continue
        found = KINDS[question.type].check(question, definition, value)
        scope = replace(view, current=datum_of_value(value), question=question.name)
        problems += found or _check_constraint(definition, question, scope)
    return problems


def _check_asked(
    definition: Definition, question: Question, answer: Answer, path: Route
) -> list[Problem]:
    if answer.missing is not None:
        return _check_missing(question, answer)
    if answer.value is None or not is_answered(answer.value):
        return [_required(definition, question)] if question.required else []
    found = KINDS[question.type].check(question, definition, answer.value)
    return found or _check_against_others(definition, question, answer.value, path)


def _check_against_others(
    definition: Definition, question: Question, value: Value, path: Route
) -> list[Problem]:
    if not is_answered(value):
        return []
    problems: list[Problem] = []
    if question.constraint is not None:
        # Most have none, and what it could see is then not worth putting together.
        scope = path.scope(datum_of_value(value), question=question.name)
        problems += _check_constraint(definition, question, scope)
    problems += _check_filter(definition, question, value, path)
    problems += _check_fewest(question, value)
    if question.type is QuestionType.REPEAT:
        problems += _check_rows(definition, question, rows_of(value) or (), path)
    return problems


def _check_constraint(
    definition: Definition, question: Question, scope: Scope, *, place: str | None = None
) -> list[Problem]:
    if question.constraint is None:
        return []
    trial = parse(question.constraint).trial(scope)
    if truth_of(trial.value):
        return []
    if not trial.finished:
        return [
            Problem(
                code="constraint",
                message="This answer is too long for the rule it is checked by, so nobody can tell "
                "whether it is allowed.",
                mend="Shorten it, or explain in the comment.",
                place=place or question.name,
            )
        ]
    message = definition.words(question.constraint_message)
    return [
        Problem(
            code="constraint",
            message=message or "This answer is outside of what the question allows.",
            mend="Change the answer so that it fits.",
            place=place or question.name,
        )
    ]


def _check_fewest(question: Question, value: Value) -> list[Problem]:
    rows = rows_of(value) if question.min_rows is not None else None
    given = sum(is_answered((row,)) for row in rows or ())
    if question.min_rows is None or given >= question.min_rows:
        return []
    return [
        Problem(
            code="too-few",
            message=f"The table has {given} {'row' if given == 1 else 'rows'}; "
            f"at least {question.min_rows} are asked for.",
            mend="Fill in more rows, or say in the comment why there are no more.",
            place=question.name,
        )
    ]


def _check_filter(
    definition: Definition, question: Question, value: Value, path: Route
) -> list[Problem]:
    if question.choice_filter is None:
        return []
    offered = {choice.name for choice in offered_choices(definition, question, path)}
    chosen = value if isinstance(value, tuple) else (value,)
    return [
        Problem(
            code="choice-not-offered",
            message=f"«{_label(definition, question, name)}» is not among the options that your "
            "other answers leave.",
            mend="Choose one of the options offered, or correct the earlier answer.",
            place=question.name,
        )
        for name in chosen
        if isinstance(name, str) and name not in offered
    ]


def _check_rows(
    definition: Definition, question: Question, rows: Sequence[Row], path: Route
) -> list[Problem]:
    """A row in which nothing is said is no row: neither looked at nor counted."""
    problems: list[Problem] = []
    said = [(number, row) for number, row in enumerate(rows) if is_answered((row,))]
    for position, (number, row) in enumerate(said, start=1):
        cells = {column.name: cell_of(row.get(column.name)) for column in question.columns}
        for column in question.columns:
            place = f"{question.name}.{number}.{column.name}"
            entry = row.get(column.name)
            if entry is not None and is_answered(entry):
                if column.constraint is not None:
                    scope = path.row_scope(cells, column=column.name, row=position, rows=len(said))
                    problems += _check_constraint(definition, column, scope, place=place)
            elif column.required:
                missing = _required(definition, column)
                message = f"Row {number + 1}: {missing.message}"
                problems.append(missing.model_copy(update={"place": place, "message": message}))
    return problems


def _check_missing(question: Question, answer: Answer) -> list[Problem]:
    if answer.missing is None:
        return []
    if answer.value is not None:
        return [
            Problem(
                code="value-and-missing",
                message="There is an answer and also a reason for not answering.",
                mend="Keep one of the two.",
                place=question.name,
            )
        ]
    if answer.missing in accepted_missing(question):
        return []
    return [
        Problem(
            code="missing-not-accepted",
            message="This question can only be answered or left empty.",
            mend="Leave it empty.",
            place=question.name,
        )
    ]


def _required(definition: Definition, question: Question) -> Problem:
    message = definition.words(question.required_message)
    can_decline = bool(accepted_missing(question))
    return Problem(
        code="required",
        message=message or "This question has no answer yet.",
        mend=(
            "Answer it, or choose «does not apply», «don’t know» or «prefer not to answer»."
            if can_decline
            else "Fill it in."
        ),
        place=question.name,
    )


def _label(definition: Definition, question: Question, name: str) -> str:
    choice = definition.option(question, name)
    return (definition.words(choice.label) if choice is not None else "") or name
