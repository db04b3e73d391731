"""The rows of a round as the frozen records that exporters are given."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, or_, select

from app.responses.models import Material
from app.rounds.facts import newest_codings
from app.rounds.models import Invitation, Round, Survey
from app.rounds.standing import Standing
from app.synthesis.attribution import attribution_of_answers, attribution_of_materials
from app.synthesis.concepts import introduced
from app.synthesis.models import Statement
from app.synthesis.rules import coded_when
from app.synthesis.sources import PAPER_BASES, Sources
from exports.records import (
    CodingRecord,
    Invited,
    RoundRecord,
    StatementRecord,
)
from questionnaires.models import Definition


def round_record(session: Session, round_: Round, *, at: datetime) -> RoundRecord:
    """The round and its survey; it closes only when it does."""
    survey = session.exec(select(Survey).where(Survey.id == round_.survey_id)).one()
    return RoundRecord(
        slug=round_.slug,
        title=round_.title,
        survey_title=survey.title,
        organiser=survey.organiser,
        opened_at=round_.opened_at,
        due_at=round_.due_at,
        time_zone=round_.time_zone,
        closed_at=round_.closed_at if round_.closed_at and round_.closed_at <= at else None,
        known_from_documents=not round_.answers_public,
        notice=round_.notice,
        disclaimer=survey.disclaimer,
        selection_note=survey.selection_note,
    )


def invited_record(standing: Standing, round_: Round, definition: Definition | None) -> Invited:
    """One invited respondent as a row of Annex B; ``definition`` is what its response answers."""
    return Invited(
        key=standing.respondent,
        short_name=standing.names.short,
        official_name=standing.names.official,
        other_names=standing.names.others,
        region=standing.region,
        outcome=standing.outcome,
        progress=standing.progress,
        outcome_note=standing.outcome_note,
        answers_public=round_.answers_public,
        invited_at=standing.invited_at,
        opened_at=standing.opened_at,
        submitted_at=standing.submitted_at,
        due_at=standing.due_at,
        extended_until=standing.extended_until,
        channel=standing.channel,
        reminders_sent=standing.reminders_sent,
        cleared=standing.cleared,
        refusal_reason=standing.refusal_reason,
        minutes_spent=standing.minutes_spent,
        attribution=attribution_of_answers(standing, definition),
        materials_attribution=attribution_of_materials(standing, definition),
        answered_items=standing.answered_items,
        asked_items=standing.asked_items,
    )


def statements_at(session: Session, round_: Round, *, at: datetime) -> tuple[Statement, ...]:
    """The statements that had been written, in the order of the list, by column and position."""
    # Databases differ in how they order text, so the columns are put in order here.
    rows = session.exec(
        select(Statement, Invitation.position)
        .join(Invitation, col(Statement.invitation_id) == col(Invitation.id))
        .where(Invitation.round_id == round_.id)
        .where(Statement.written_at <= at)
    ).all()
    ordered = sorted(rows, key=lambda row: (row[1], row[0].dimension, row[0].position))
    return tuple(statement for statement, _ in ordered)


def materials_at(session: Session, round_: Round, *, at: datetime) -> tuple[Material, ...]:
    """The materials that were there, in the order of the list and then of their coming."""
    return tuple(
        session.exec(
            select(Material)
            .join(Invitation, col(Material.invitation_id) == col(Invitation.id))
            .where(Invitation.round_id == round_.id)
            .where(Material.added_at <= at)
            .where(or_(col(Material.removed_at).is_(None), col(Material.removed_at) > at))
            .order_by(col(Invitation.position), col(Material.id))
        )
    )


def statement_record(statement: Statement, respondent: str, sources: Sources) -> StatementRecord:
    """A statement in its cell, with the number of its source."""
    return StatementRecord(
        respondent=respondent,
        dimension=statement.dimension,
        text=introduced(statement.concept, statement.text),
        basis=statement.basis,
        locator=statement.locator,
        source=sources.number_of(statement),
        by_analyst=statement.basis not in PAPER_BASES,
        concept=statement.concept,
    )


def coding_records(
    session: Session, round_: Round, keys: Mapping[int, str], *, at: datetime
) -> tuple[CodingRecord, ...]:
    """The coding that counted for each invitation (``keys`` in the order of the list)."""
    codings = newest_codings(session, keys, at=at)
    return tuple(
        CodingRecord(
            respondent=key,
            category=coding.category,
            rationale=coding.rationale,
            coder=coding.coder,
            coded_at=coded_when(coding.coded_at, round_),
            suggested=coding.suggested,
            override=coding.override,
        )
        for invitation_id, key in keys.items()
        if (coding := codings.get(invitation_id)) is not None
    )
