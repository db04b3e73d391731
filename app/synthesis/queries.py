"""What can be asked of the synthesis: a respondent's statements and codings."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from app.responses.models import Material
from app.rounds.models import Invitation, Round
from app.synthesis.models import Coding, Statement
from app.synthesis.rules import coded_when
from exports.records import Basis, Record


class StatementEntry(Record):
    """One statement of a cell with its evidence."""

    id: int
    dimension: str
    position: int
    text: str
    concept: str
    basis: Basis
    locator: str
    document: str
    material_id: int | None
    material_title: str
    author: str
    written_at: datetime


class CodingEntry(Record):
    """One coding, current or earlier."""

    category: str
    suggested: str | None
    override: bool
    rationale: str
    coder: str
    coded_at: datetime | None
    """``None`` where it is taken from a document, which gives no day."""


def statements_of(session: Session, invitation_id: int) -> tuple[StatementEntry, ...]:
    """The statements on a respondent in a round, by column and position."""
    rows = session.exec(
        select(Statement, func.coalesce(Material.title, ""))
        .join(Material, col(Statement.material_id) == col(Material.id), isouter=True)
        .where(Statement.invitation_id == invitation_id)
        .order_by(col(Statement.dimension), col(Statement.position))
    )
    return tuple(
        StatementEntry(
            id=statement.id or 0,
            dimension=statement.dimension,
            position=statement.position,
            text=statement.text,
            concept=statement.concept,
            basis=statement.basis,
            locator=statement.locator,
            document=statement.document,
            material_id=statement.material_id,
            material_title=material_title,
            author=statement.author,
            written_at=statement.written_at,
        )
        for statement, material_title in rows
    )


def codings_of(session: Session, invitation_id: int) -> tuple[CodingEntry, ...]:
    """Every coding of a respondent in a round, the newest (which counts) first."""
    round_ = session.exec(
        select(Round)
        .join(Invitation, col(Invitation.round_id) == col(Round.id))
        .where(Invitation.id == invitation_id)
    ).one()
    rows = session.exec(
        select(Coding)
        .where(Coding.invitation_id == invitation_id)
        .order_by(col(Coding.position).desc())
    )
    return tuple(
        CodingEntry(
            category=row.category,
            suggested=row.suggested,
            override=row.override,
            rationale=row.rationale,
            coder=row.coder,
            coded_at=coded_when(row.coded_at, round_),
        )
        for row in rows
    )
