"""The answers of responses as they were at a moment, read from their history."""

from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlmodel import Session, col

from app.responses.models import AnswerRevision
from exports.records import Channel
from questionnaires.answers import Answer
from questionnaires.kinds import value_from_json
from questionnaires.models import Definition, MissingCode

ROWS_AT_ONCE = 500
"""Rows of answers in memory at a time; one may hold 100,000 characters."""


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
    session: Session, response_ids: Collection[int], *, at: datetime
) -> Iterator[tuple[int, list[AnswerState]]]:
    """Stream each response's answers: the newest accepted revision of each up to a moment.

    One query, one response in memory at a time; responses come by id, their answers in no order.
    """
    if not response_ids:
        return
    parameters = {"response_ids": list(response_ids), "at": at}
    rows = session.execute(_states(), parameters, execution_options={"yield_per": ROWS_AT_ONCE})
    for response_id, group in groupby(rows, key=lambda row: int(row[0])):
        yield response_id, [AnswerState._make(row) for row in group]


def answer_rows(
    session: Session, response_ids: Collection[int], *, at: datetime
) -> "dict[int, array[int]]":
    """Where the history holds each response's answers at a moment: the numbers of the rows.

    Rows of the history stay as they are, so whoever keeps their numbers can read the same answers
    again while others save. A highest number would not do: PostgreSQL gives numbers out before
    transactions are committed, and a lower one can appear after a higher one.
    """
    found: dict[int, array[int]] = {}
    if response_ids:
        parameters = {"response_ids": list(response_ids), "at": at}
        for response_id, row in session.execute(_newest(), parameters):
            found.setdefault(response_id, array("q")).append(row)
    return found


def states_in(session: Session, rows: Collection[int]) -> list[AnswerState]:
    """The answers in some rows of the history, in no order."""
    if not rows:
        return []
    found = session.execute(_states_by_row(), {"rows": list(rows)})
    return [AnswerState._make(row) for row in found]


@cache
def _newest() -> Select[int, int | None]:
    """The row of the newest accepted revision of each answer.

    A save can only follow one it has seen, so of two accepted saves of an answer the later one has
    the higher row number too.
    """
    revision = AnswerRevision
    return (
        select(col(revision.response_id), func.max(col(revision.id)).label("row"))
        .where(col(revision.response_id).in_(bindparam("response_ids", expanding=True)))
        .where(col(revision.accepted))
        .where(col(revision.at) <= bindparam("at"))
        .group_by(col(revision.response_id), col(revision.question))
    )


# Statements are put together once: an export asks for each respondent.
@cache
def _states() -> Select[*tuple[object, ...]]:
    newest = select(_newest().subquery().c.row)
    return (
        select(*_columns())
        .where(col(AnswerRevision.id).in_(newest))
        .order_by(col(AnswerRevision.response_id))
    )


@cache
def _states_by_row() -> Select[*tuple[object, ...]]:
    return select(*_columns()).where(col(AnswerRevision.id).in_(bindparam("rows", expanding=True)))


def _columns() -> list[ColumnElement[object]]:
    return [getattr(AnswerRevision, name) for name in AnswerState._fields]


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
