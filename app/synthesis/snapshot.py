"""Freeze a round as it was at a moment, for the exporters."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from app.database import Database
from app.errors import NotFound
from app.rounds.definitions import definition_of, version_at
from app.rounds.models import Round
from app.rounds.standing import standings
from app.synthesis.as_of import check_is_known, known_since
from app.synthesis.records import (
    coding_records,
    invited_record,
    materials_at,
    round_record,
    statement_record,
    statements_at,
)
from app.synthesis.response_records import read_responses, responses_to_read
from app.synthesis.sources import number_sources
from exports.records import ResponseRecord, RoundSnapshot


def build_snapshot(
    database: Database, round_slug: str, *, as_of: datetime, include_previous: bool = True
) -> RoundSnapshot:
    """The round as it was at ``as_of``: nothing that happened later is in it.

    What it says doesn't change however often it is built. Its answers are read from the history
    each time they are streamed, one respondent at a time. Raises ``NotFound`` for a round that
    does not exist, ``Invalid`` for a moment before anything is known of it.
    """
    with database.read() as session:
        round_ = session.exec(select(Round).where(Round.slug == round_slug)).one_or_none()
        if round_ is None:
            raise _unknown_round(session, round_slug)
        check_is_known(session, round_, as_of)
        snapshot = _snapshot(database, session, round_, as_of=as_of)
        previous = session.get(Round, round_.previous_id) if round_.previous_id else None
        if not include_previous or previous is None or known_since(session, previous) > as_of:
            return snapshot
        before = _snapshot(database, session, previous, as_of=as_of)
        return snapshot.model_copy(update={"previous": before})


def _unknown_round(session: Session, slug: str) -> NotFound:
    known = session.exec(select(Round.slug).order_by(col(Round.slug))).all()
    there_are = f"The rounds are: {', '.join(known)}." if known else "There is no round yet."
    return NotFound(f"There is no round «{slug}».", mend=there_are)


def _snapshot(
    database: Database, session: Session, round_: Round, *, as_of: datetime
) -> RoundSnapshot:
    stood = standings(session, round_, now=as_of)
    keys = {standing.invitation_id: standing.respondent for standing in stood}
    statements = statements_at(session, round_, at=as_of)
    materials = materials_at(session, round_, at=as_of)
    definition = definition_of(session, version_at(session, round_, at=as_of))
    sent = [(one, keys[one.invitation_id]) for one in materials]
    sources = number_sources(statements, sent, definition)
    to_read = responses_to_read(session, round_, stood, at=as_of)
    answered = {one.respondent: one.definition for one in to_read}

    def responses() -> Iterator[ResponseRecord]:
        return read_responses(database, to_read)

    return RoundSnapshot(
        round=round_record(session, round_, at=as_of),
        definition=definition,
        as_of=as_of,
        invited=tuple(invited_record(one, round_, answered.get(one.respondent)) for one in stood),
        statements=tuple(
            statement_record(one, keys[one.invitation_id], sources) for one in statements
        ),
        codings=coding_records(session, round_, keys, at=as_of),
        sources=sources.entries,
        responses=responses,
    )
