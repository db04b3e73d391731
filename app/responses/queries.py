"""What can be asked of responses: present answers, their history, materials, returns."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from app.columns import Table
from app.responses.drafts import Content, Editor, Kept
from app.responses.models import AnswerRevision, Material, Response, Submission
from questionnaires.answers import Answer, Answers
from questionnaires.kinds import value_from_json
from questionnaires.models import Definition

_answer = Table.metadata.tables["answer"].c
ANSWER_COLUMNS = (
    _answer.question,
    _answer.value,
    _answer.missing,
    _answer.comment,
    _answer.source,
    _answer.revision,
    _answer.editor,
    _answer.edited_at,
)
"""What ``kept_of`` makes a state of."""
_ANSWERS = select(*ANSWER_COLUMNS).where(_answer.response_id == bindparam("of"))
_STANDING_RETURN = (
    select(Submission)
    .where(col(Submission.invitation_id) == bindparam("of"))
    .where(col(Submission.reopened_at).is_(None))
    .order_by(col(Submission.position).desc())
    .limit(1)
)
_MATERIALS = (
    select(Material)
    .where(col(Material.invitation_id) == bindparam("of"))
    .where(~col(Material.by_analyst))
    .where(col(Material.removed_at).is_(None))
    .order_by(col(Material.id))
)
_SOME_ANSWERS = _ANSWERS.where(_answer.question.in_(bindparam("names", expanding=True)))


def response_of(session: Session, response_id: int) -> Response | None:
    """A response by its id."""
    return session.get(Response, response_id)


def kept_answers(
    session: Session, response_id: int, *, names: Collection[str] | None = None
) -> dict[str, Kept]:
    """The present answers of a response by question; all, or those to some questions."""
    chosen: dict[str, object] = {"of": response_id}
    if names is not None:
        chosen["names"] = list(names)
    statement = _ANSWERS if names is None else _SOME_ANSWERS
    # On the connection: this is read at each save, and the session adds nothing but time.
    return {row[0]: kept_of(row) for row in session.connection().execute(statement, chosen)}


def kept_of(row: Sequence[Any]) -> Kept:
    """The state of an answer whose ``ANSWER_COLUMNS`` were read."""
    _, value, missing, comment, source, revision, editor, at = row
    return Kept(Content(value, missing, comment, source), revision, editor, at)


def contents_at(
    session: Session, response_id: int, *, seen: Mapping[str, int]
) -> dict[str, Content]:
    """What answers said at given revisions: what an editor had on the screen."""
    revision = AnswerRevision
    rows = session.execute(
        select(
            col(revision.question),
            col(revision.revision),
            col(revision.value),
            col(revision.missing),
            col(revision.comment),
            col(revision.source),
        )
        .where(col(revision.response_id) == response_id)
        .where(col(revision.accepted))
        .where(col(revision.question).in_(list(seen)))
        .where(col(revision.revision).in_(sorted(set(seen.values()))))
    )
    found = {name: Content() for name, number in seen.items() if number == 0}
    for question, number, value, missing, comment, source in rows:
        if seen.get(question) == number:
            found[question] = Content(value, missing, comment, source)
    return found


def was_refused_before(
    session: Session,
    *,
    response_id: int,
    question: str,
    based_on: int,
    content: Content,
    editor: Editor,
) -> bool:
    """Whether the same stale draft of the same editor stands in the history already."""
    revision = AnswerRevision
    rows = session.execute(
        select(
            col(revision.value), col(revision.missing), col(revision.comment), col(revision.source)
        )
        .where(col(revision.response_id) == response_id)
        .where(col(revision.question) == question)
        .where(col(revision.revision) == based_on)
        .where(~col(revision.accepted))
        .where(col(revision.editor) == editor.name)
        .where(col(revision.contact_id).is_not_distinct_from(editor.contact_id))
        .where(col(revision.user_id).is_not_distinct_from(editor.user_id))
    )
    return any(Content(*row) == content for row in rows)


def answers_of(definition: Definition, kept: Mapping[str, Kept]) -> Answers:
    """Stored answers as the rules of questionnaires take them."""
    answers: dict[str, Answer] = {}
    for name, state in kept.items():
        question = definition.by_name.get(name)
        if question is None:
            continue
        content = state.content
        value, _ = value_from_json(question, content.value)
        # Stored answers were checked when they were saved; checking again costs as much as routing.
        answers[name] = Answer.model_construct(
            value=value, missing=content.missing, comment=content.comment, source=content.source
        )
    return answers


def standing_return(session: Session, invitation_id: int) -> Submission | None:
    """The return that stands for an invitation; ``None`` before it and after a reopening."""
    return session.scalars(_STANDING_RETURN, {"of": invitation_id}).one_or_none()


def materials_of(session: Session, invitation_id: int) -> tuple[Material, ...]:
    """What the respondent itself added and did not take back, in the order it was added."""
    return tuple(session.scalars(_MATERIALS, {"of": invitation_id}))


def material_by_key(session: Session, *, invitation_id: int, key: str) -> Material | None:
    """A material of an invitation; ``None`` for another's, for an analyst's and one taken back."""
    return session.scalars(
        select(Material)
        .where(col(Material.invitation_id) == invitation_id)
        .where(col(Material.key) == key)
        .where(~col(Material.by_analyst))
        .where(col(Material.removed_at).is_(None))
    ).one_or_none()
