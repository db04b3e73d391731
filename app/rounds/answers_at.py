"""The answers of responses as they were at a moment, read from their history."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session, col

from app.responses.models import AnswerRevision
from exports.records import Channel
from questionnaires.answers import Answer
from questionnaires.kinds import value_from_json
from questionnaires.models import Definition, MissingCode

ROWS_AT_ONCE = 500
"""Rows of answers in memory at a time; one may hold 100,000 characters."""


MOST_ROWS = 2**31 - 1
"""No row has a higher number."""


class AnswerState(NamedTuple):
    """One answer as the history has it."""

    response_id: int
    question: str
    revision: int
    value: object
    missing: MissingCode | None
    comment: str
    source: str
    editor: str
    channel: Channel
    at: datetime


@dataclass(frozen=True, slots=True)
class HistoryState:
    """How far the history of a response has come: equal states have equal answers."""

    saves: int
    last_at: datetime


def history_states(
    session: Session, response_ids: Collection[int], *, at: datetime
) -> dict[int, HistoryState]:
    """How many saves of each response were accepted up to a moment, in one query.

    Responses without any are left out.
    """
    rows = session.execute(
        select(
            col(AnswerRevision.response_id),
            func.count(),
            func.max(col(AnswerRevision.at)),
        )
        .where(col(AnswerRevision.response_id).in_(response_ids))
        .where(col(AnswerRevision.accepted))
        .where(col(AnswerRevision.at) <= at)
        .group_by(col(AnswerRevision.response_id))
    )
    return {response_id: HistoryState(saves, last) for response_id, saves, last in rows}


def answer_states(
    session: Session, response_ids: Collection[int], *, at: datetime, horizon: int | None = None
) -> Iterator[tuple[int, list[AnswerState]]]:
    """Stream each response's answers: the newest accepted revision of each up to a moment.

    One query, one response in memory at a time; responses come by id, their answers in no order.
    Nothing entered after the row ``horizon`` is seen, so that repeated reads agree while others
    save.
    """
    if not response_ids:
        return
    parameters = {"response_ids": list(response_ids), "at": at, "horizon": horizon or MOST_ROWS}
    rows = session.execute(_newest(), parameters, execution_options={"yield_per": ROWS_AT_ONCE})
    for response_id, group in groupby(rows, key=lambda row: int(row[0])):
        yield response_id, [AnswerState._make(row) for row in group]


@cache
def _newest() -> Select[*tuple[object, ...]]:
    """Put together once: an export asks it for each respondent.

    A save can only follow one it has seen, so of two accepted saves of an answer the later one has
    the higher row number too.
    """
    revision = AnswerRevision
    newest = (
        select(func.max(col(revision.id)))
        .where(col(revision.response_id).in_(bindparam("response_ids", expanding=True)))
        .where(col(revision.accepted))
        .where(col(revision.at) <= bindparam("at"))
        .where(col(revision.id) <= bindparam("horizon"))
        .group_by(col(revision.response_id), col(revision.question))
    )
    columns = [getattr(revision, name) for name in AnswerState._fields]
    return select(*columns).where(col(revision.id).in_(newest)).order_by(col(revision.response_id))


def answer_of(state: AnswerState, definition: Definition) -> Answer:
    """A stored answer as the core reads it.

    Raises ``ValueError`` for what no save can have stored: dropping it would hide a damaged
    database.
    """
    question = definition.by_name.get(state.question)
    if question is None:
        raise ValueError(
            f"Response {state.response_id} has an answer to «{state.question}», which its "
            f"questionnaire {definition.slug} {definition.version} does not ask."
        )
    value, problems = value_from_json(question, state.value)
    if problems:
        raise ValueError(
            f"Response {state.response_id}, question «{state.question}»: the stored answer cannot "
            f"be read. {problems[0].message}"
        )
    return Answer(value=value, missing=state.missing, comment=state.comment, source=state.source)
