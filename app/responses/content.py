"""Check what an editor sends, and bring it into the form in which answers are stored."""

from app.responses.drafts import Content, Draft, Kept
from app.responses.rules import MAX_COMMENT, MAX_SOURCE, too_long
from questionnaires.answered import is_answered
from questionnaires.answers import Point, Value
from questionnaires.kinds import check_value, value_from_json, value_to_json
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem
from questionnaires.validation import accepted_missing


def check_draft(
    definition: Definition, draft: Draft, present: Kept | None
) -> Content | list[Problem]:
    """The content to store, or why it cannot be: of another kind, too long, not an option.

    A comment or source that the draft leaves alone is taken from the present answer.
    """
    question = definition.by_name.get(draft.question)
    if question is None or not question.takes_answer:
        return [_not_asked(draft.question)]
    value, problems = _value(question, draft.value)
    if value is not None:
        problems += check_value(question, definition, value)
    before = present.content if present is not None else Content()
    comment = before.comment if draft.comment is None else plain_text(draft.comment)
    source = before.source if draft.source is None else plain_text(draft.source)
    name = question.name
    problems += too_long(
        comment, most=MAX_COMMENT, what="The comment", place=f"{name}:comment"
    ) + too_long(source, most=MAX_SOURCE, what="The source", place=f"{name}:source")
    problems += _missing_problems(question, draft, value)
    if problems:
        return problems
    return Content(
        value=None if value is None else value_to_json(value),
        missing=draft.missing,
        comment=comment,
        source=source,
    )


def _value(question: Question, data: object) -> tuple[Value | None, list[Problem]]:
    value, problems = value_from_json(question, _as_json(data))
    return (value if is_answered(value) else None), list(problems)


def _as_json(data: object) -> object:
    """A value that is parsed already goes the same way as one from JSON, so it is checked alike."""
    if isinstance(data, Point):
        return value_to_json(data)
    if isinstance(data, tuple):
        return [_as_json(part) for part in data]
    if isinstance(data, dict):
        return {name: _as_json(entry) for name, entry in data.items()}
    return data


def plain_text(text: str) -> str:
    """Line ends become a plain line feed; a text of nothing but blanks is no text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if is_answered(text) else ""


def _missing_problems(question: Question, draft: Draft, value: Value | None) -> list[Problem]:
    if draft.missing is None:
        return []
    if value is not None:
        return [
            Problem(
                code="value-and-missing",
                message="There is an answer and also a reason for not answering.",
                mend="Keep one of the two.",
                place=question.name,
            )
        ]
    if draft.missing in accepted_missing(question):
        return []
    return [
        Problem(
            code="missing-not-accepted",
            message="This question can only be answered or left empty.",
            mend="Leave it empty.",
            place=question.name,
        )
    ]


def _not_asked(name: str) -> Problem:
    return Problem(
        code="unknown-question",
        message="This questionnaire has no question of that name.",
        mend="Load the form again: it may have changed.",
        place=name[:64],
    )
