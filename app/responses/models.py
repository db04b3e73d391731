"""Tables of responses: answers, their history, materials and submissions."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.columns import Json, Table, UtcDateTime, words
from exports.records import Channel
from questionnaires.models import MissingCode


class Response(Table, table=True):
    """What a respondent returns to an invitation. One is official; others are kept."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("invitation_id", "number"),
        Index(
            "uq_response_official",
            "invitation_id",
            unique=True,
            sqlite_where=text("official"),
            postgresql_where=text("official"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", ondelete="CASCADE", index=True)
    version_id: int = Field(foreign_key="questionnaire_version.id")
    number: int = 1
    official: bool = True
    started_at: datetime = Field(sa_type=UtcDateTime)


class StoredAnswer(Table, table=True):
    """The present answer to one question; the database itself writes its history."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("value IS NULL OR missing IS NULL", name="value_or_missing"),
        CheckConstraint("revision >= 1", name="revision_positive"),
    )

    response_id: int = Field(foreign_key="response.id", ondelete="CASCADE", primary_key=True)
    question: str = Field(max_length=64, primary_key=True)
    value: object = Field(default=None, sa_type=Json, nullable=True)
    missing: MissingCode | None = Field(default=None, sa_type=words(MissingCode, "missing"))
    comment: str = ""
    source: str = ""
    revision: int = 1
    editor: str = Field(max_length=200)
    """Who saved it: a role such as «focal point», or a user's name; no contact's personal data."""
    contact_id: int | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")
    user_id: int | None = Field(default=None, foreign_key="user_account.id")
    channel: Channel = Field(default=Channel.WEB, sa_type=words(Channel, "channel"))
    edited_at: datetime = Field(sa_type=UtcDateTime)


class AnswerRevision(Table, table=True):
    """One saved state of an answer. Append-only: refused saves are here too, marked so.

    A trigger writes the accepted ones when ``answer`` changes; only refused ones are written here.
    """

    __tablename__ = "answer_revision"
    __table_args__ = (
        # Counts a response's saves up to a moment without reading their texts.
        Index("ix_answer_revision_saves", "response_id", "accepted", "at"),
        # No save overwrites another: a revision of an answer is reached once.
        Index(
            "uq_answer_revision_accepted",
            "response_id",
            "question",
            "revision",
            unique=True,
            sqlite_where=text("accepted"),
            postgresql_where=text("accepted"),
        ),
        CheckConstraint("value IS NULL OR missing IS NULL", name="value_or_missing"),
        CheckConstraint("revision >= 0", name="revision_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    response_id: int = Field(foreign_key="response.id", ondelete="CASCADE")
    question: str = Field(max_length=64)
    revision: int
    """The revision it became; for a refused save, the one it was based on."""
    accepted: bool = True
    """False for a save that was refused because the answer had moved on: kept, not applied."""
    value: object = Field(default=None, sa_type=Json, nullable=True)
    missing: MissingCode | None = Field(default=None, sa_type=words(MissingCode, "missing"))
    comment: str = ""
    source: str = ""
    editor: str = Field(max_length=200)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")
    user_id: int | None = Field(default=None, foreign_key="user_account.id")
    channel: Channel = Field(default=Channel.WEB, sa_type=words(Channel, "channel"))
    at: datetime = Field(sa_type=UtcDateTime)


class MaterialKind(StrEnum):
    """What a material is."""

    FILE = "file"
    LINK = "link"
    NOTE = "note"


class Material(Table, table=True):
    """A file, link or note added as evidence by a respondent or an analyst."""

    __tablename__ = "material"
    __table_args__ = (
        CheckConstraint(
            "kind != 'file' OR (sha256 IS NOT NULL AND storage_key IS NOT NULL)",
            name="file_is_stored",
        ),
        CheckConstraint("kind != 'link' OR url != ''", name="link_has_url"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64, unique=True)
    """Random, for addresses."""
    invitation_id: int = Field(foreign_key="invitation.id", ondelete="CASCADE", index=True)
    kind: MaterialKind = Field(sa_type=words(MaterialKind, "kind"))
    title: str = Field(max_length=300)
    note: str = ""
    url: str = Field(default="", max_length=2000)
    file_name: str = Field(default="", max_length=255)
    media_type: str = Field(default="", max_length=127)
    size: int = 0
    sha256: str | None = Field(default=None, max_length=64)
    storage_key: str | None = Field(default=None, max_length=128)
    questions: list[str] = Field(default_factory=list, sa_type=Json)
    """Names of the questions it is tagged with; empty for the whole return."""
    added_by: str = Field(max_length=200)
    by_analyst: bool = False
    added_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SubmissionKind(StrEnum):
    """How a respondent returned the invitation."""

    QUESTIONNAIRE = "questionnaire"
    MATERIALS = "materials"
    REFUSAL = "refusal"


class Submission(Table, table=True):
    """A return: the questionnaire with a named clearance, materials alone, or a refusal."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("invitation_id", "position"),
        UniqueConstraint("receipt"),
        CheckConstraint("kind != 'refusal' OR refusal_reason != ''", name="refusal_has_reason"),
        CheckConstraint("kind = 'refusal' OR clearance_name != ''", name="return_is_cleared"),
        CheckConstraint("minutes_spent IS NULL OR minutes_spent >= 0", name="minutes_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", ondelete="CASCADE", index=True)
    response_id: int | None = Field(default=None, foreign_key="response.id")
    position: int = 1
    """1 for the first return; a reopened one gets the next number."""
    kind: SubmissionKind = Field(sa_type=words(SubmissionKind, "kind"))
    receipt: str = Field(max_length=32)
    """Short code that the respondent keeps."""
    at: datetime = Field(sa_type=UtcDateTime)
    channel: Channel = Field(default=Channel.WEB, sa_type=words(Channel, "channel"))
    clearance_name: str = Field(default="", max_length=200)
    clearance_title: str = Field(default="", max_length=200)
    clearance_on: date | None = None
    refusal_reason: str = ""
    minutes_spent: int | None = None
    reopened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Set when an organiser let the respondent correct it; the next return replaces it."""
