"""Tables of the analysts' work: statements in cells, and codings."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.columns import Table, UtcDateTime, words
from exports.records import Basis


class Statement(Table, table=True):
    """One statement in a synthesis cell, with its evidence."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("invitation_id", "dimension", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", ondelete="CASCADE", index=True)
    dimension: str = Field(max_length=32)
    position: int
    text: str
    basis: Basis = Field(sa_type=words(Basis, "basis"))
    locator: str = Field(default="", max_length=200)
    material_id: int | None = Field(default=None, foreign_key="material.id")
    document: str = Field(default="", max_length=500)
    """Title of the document it rests on, where that is no material of this service."""
    concept: str = Field(default="", max_length=64)
    """What kind of statement: the column of the fact file it came from."""
    author: str = Field(max_length=200)
    written_at: datetime = Field(sa_type=UtcDateTime)


class Coding(Table, table=True):
    """The group that an analyst put a respondent in. The newest one counts; all are kept."""

    __tablename__ = "coding"
    __table_args__ = (UniqueConstraint("invitation_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", ondelete="CASCADE", index=True)
    position: int = 1
    category: str = Field(max_length=64)
    suggested: str | None = Field(default=None, max_length=64)
    override: bool = False
    rationale: str
    coder: str = Field(max_length=200)
    coded_at: datetime = Field(sa_type=UtcDateTime)
