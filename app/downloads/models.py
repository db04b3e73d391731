"""Table of the files that were asked for."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from app.columns import Table, UtcDateTime, words


class ExportState(StrEnum):
    """Where an export stands."""

    WAITING = "waiting"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class Export(Table, table=True):
    """A file somebody asked for: who, what, when, and the file once it is built."""

    __tablename__ = "export"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64, unique=True)
    """Random, for addresses and file names."""
    exporter: str = Field(max_length=64)
    round_id: int = Field(foreign_key="survey_round.id", index=True)
    requested_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    requested_at: datetime = Field(sa_type=UtcDateTime)
    as_of: datetime = Field(sa_type=UtcDateTime)
    state: ExportState = Field(default=ExportState.WAITING, sa_type=words(ExportState, "state"))
    done: int = 0
    total: int = 0
    step: str = Field(default="", max_length=200)
    error: str = ""
    file_name: str = Field(default="", max_length=200)
    media_type: str = Field(default="", max_length=127)
    size: int = 0
    sha256: str = Field(default="", max_length=64)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
