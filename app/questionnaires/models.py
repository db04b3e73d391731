"""Tables of drafts, of their pictures and test answers, and of publications."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from app.columns import Json, Table, UtcDateTime, words
from questionnaires.models import MissingCode


class QuestionnaireDraft(Table, table=True):
    """A definition that somebody has uploaded and not published yet, faults and all."""

    __tablename__ = "questionnaire_draft"
    __table_args__ = (
        CheckConstraint("revision >= 1", name="revision_positive"),
        Index(
            "uq_questionnaire_draft_version",
            "slug",
            "version",
            unique=True,
            sqlite_where=text("slug != ''"),
            postgresql_where=text("slug != ''"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64, unique=True)
    """Random, for addresses."""
    slug: str = Field(default="", max_length=64)
    """As the file says it; empty where the file could not be read so far."""
    version: str = Field(default="", max_length=32)
    title: str = Field(default="", max_length=1000)
    file_name: str = Field(max_length=300)
    content: bytes = Field(sa_type=LargeBinary)
    """The file as it was uploaded."""
    canonical: str | None = None
    """Canonical JSON of the definition; empty while it has faults."""
    problems: list[dict[str, object]] = Field(default_factory=list, sa_type=Json)
    """What is to be mended, and what should be looked at."""
    not_kept: list[dict[str, object]] = Field(default_factory=list, sa_type=Json)
    """What the file says and a definition cannot."""
    revision: int = 1
    """Goes up with every file that takes the place of the one before."""
    uploaded_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class TestAnswer(Table, table=True):
    """What somebody answered to try a draft. It goes with the draft and is counted nowhere."""

    __test__ = False  # pytest takes every class of such a name for a test
    __tablename__ = "test_answer"
    __table_args__ = (CheckConstraint("value IS NULL OR missing IS NULL", name="value_or_missing"),)

    draft_id: int = Field(
        foreign_key="questionnaire_draft.id", ondelete="CASCADE", primary_key=True
    )
    user_id: int = Field(foreign_key="user_account.id", primary_key=True)
    question: str = Field(max_length=64, primary_key=True)
    value: object = Field(default=None, sa_type=Json, nullable=True)
    missing: MissingCode | None = Field(default=None, sa_type=words(MissingCode, "missing"))
    comment: str = ""
    source: str = ""
    saved_at: datetime = Field(sa_type=UtcDateTime)


class DraftPicture(Table, table=True):
    """A picture that was uploaded for a draft. Its bytes are in the storage, by their sha256."""

    __tablename__ = "draft_picture"
    __table_args__ = (
        UniqueConstraint("draft_id", "name"),
        CheckConstraint("size > 0", name="size_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="questionnaire_draft.id", ondelete="CASCADE")
    name: str = Field(max_length=100)
    """As the form names it."""
    media_type: str = Field(max_length=127)
    sha256: str = Field(max_length=64)
    size: int
    uploaded_at: datetime = Field(sa_type=UtcDateTime)


class VersionPicture(Table, table=True):
    """A picture of a published version. Never changed, as the version."""

    __tablename__ = "version_picture"
    __table_args__ = (
        UniqueConstraint("version_id", "name"),
        CheckConstraint("size > 0", name="size_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="questionnaire_version.id")
    name: str = Field(max_length=100)
    media_type: str = Field(max_length=127)
    sha256: str = Field(max_length=64)
    size: int


class Publication(Table, table=True):
    """That a version was published here, when, by whom and with which notes. Never changed."""

    __tablename__ = "publication"

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="questionnaire_version.id", unique=True)
    notes: str = ""
    published_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    """Empty for the command line."""
    published_at: datetime = Field(sa_type=UtcDateTime)
