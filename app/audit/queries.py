"""Read the audit log, and find where it was tampered with."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app.audit.models import AuditEntry
from app.audit.service import FIRST, hash_of

PAGE = 50
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class BrokenEntry:
    """An entry at which the chain does not hold, and why."""

    id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Seal:
    """How long the log is and the hash of its last entry.

    A chain cannot show that its end was cut off: who writes the seal down elsewhere can.
    """

    entries: int
    hash: str


def list_entries(
    session: Session, *, subject: str | None = None, before: int | None = None, limit: int = PAGE
) -> list[AuditEntry]:
    """The newest entries first: of one subject, and older than the entry ``before``, if given."""
    query = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(limit)
    if subject is not None:
        query = query.where(AuditEntry.subject == subject)
    if before is not None:
        query = query.where(col(AuditEntry.id) < before)
    return list(session.exec(query))


def verify(session: Session) -> list[BrokenEntry]:
    """Every entry that was changed, or that does not follow the entry before it."""
    broken = []
    before = FIRST
    query = select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=BATCH)
    for entry in session.exec(query):
        number = entry.id or 0
        if entry.previous_hash != before:
            broken.append(BrokenEntry(number, "the entry before it is missing or was changed"))
        if entry.hash != hash_of(entry):
            broken.append(BrokenEntry(number, "its content was changed after it was written"))
        before = entry.hash
    return broken


def read_seal(session: Session) -> Seal:
    """The length of the log and the hash of its last entry."""
    entries = session.exec(select(func.count()).select_from(AuditEntry)).one()
    last = session.exec(select(AuditEntry.hash).order_by(col(AuditEntry.id).desc()).limit(1))
    return Seal(entries=entries, hash=last.one_or_none() or FIRST)
