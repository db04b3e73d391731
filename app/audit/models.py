"""Table of the audit log."""

from datetime import datetime

from sqlmodel import Field

from app.columns import Json, Table, UtcDateTime


class AuditEntry(Table, table=True):
    """One thing somebody did. Append-only; each entry's hash covers the one before."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    actor: str = Field(max_length=200)
    """``user:12``, ``contact:3``, ``worker`` or ``command``."""
    action: str = Field(max_length=64, index=True)
    subject: str = Field(max_length=200)
    details: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)
