"""Write down who did what, each entry sealed by a hash that covers the one before."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.clock import Clock

FIRST = "0" * 64
"""What stands for the hash before the first entry."""
LOCK = 7_264_918_307_222
"""The advisory lock under which entries are written on PostgreSQL; any fixed number."""


def record(
    session: Session,
    *,
    clock: Clock,
    actor: str,
    action: str,
    subject: str,
    details: Mapping[str, str] | None = None,
) -> AuditEntry:
    """Add an entry to the log, in the transaction of what it tells of.

    ``actor`` is ``user:12``, ``contact:3``, ``worker`` or ``command``; ``action`` a verb with its
    noun (``round.opened``); ``subject`` what it was done to (``round:7``). No personal data beyond
    these numbers: the log is kept for ever. Call it last: on PostgreSQL others who write to the
    log wait from here until this transaction ends.
    """
    _wait_for_the_log(session)
    last = session.exec(select(AuditEntry.hash).order_by(col(AuditEntry.id).desc()).limit(1))
    entry = AuditEntry(
        at=clock.now(),
        actor=actor,
        action=action,
        subject=subject,
        details=dict(details or {}),
        previous_hash=last.one_or_none() or FIRST,
        hash="",
    )
    entry.hash = hash_of(entry)
    session.add(entry)
    session.flush()
    return entry


def hash_of(entry: AuditEntry) -> str:
    """The hash that an entry must have: SHA-256 over its content and the hash before it."""
    content = json.dumps(
        [
            entry.previous_hash,
            _written(entry.at),
            entry.actor,
            entry.action,
            entry.subject,
            entry.details,
        ],
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _wait_for_the_log(session: Session) -> None:
    # Two transactions that read the same last entry would fork the chain. On SQLite there is never
    # a second one that writes.
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
