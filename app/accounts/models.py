"""Tables of people who run rounds."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.columns import Json, Table, UtcDateTime, words


class Role(StrEnum):
    """What a user may do in a survey; an administrator may do all of it everywhere."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    ANALYST = "analyst"
    OBSERVER = "observer"


class User(Table, table=True):
    """A person with a password."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower_case"),)

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=200)
    password_hash: str = Field(max_length=200)
    created_at: datetime = Field(sa_type=UtcDateTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Grant(Table, table=True):
    """A role of a user: in one survey, or in all when ``survey_id`` is empty."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("user_id", "survey_id", "role"),
        # A UNIQUE constraint takes two empty surveys for different ones.
        Index(
            "uq_role_grant_everywhere",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("survey_id IS NULL"),
            postgresql_where=text("survey_id IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    survey_id: int | None = Field(
        default=None, foreign_key="survey.id", ondelete="CASCADE", index=True
    )
    role: Role = Field(sa_type=words(Role, "role"))
    granted_at: datetime = Field(sa_type=UtcDateTime)


class UserSession(Table, table=True):
    """A browser that a user has signed in with; only the token's hash is kept."""

    __tablename__ = "user_session"

    token_hash: str = Field(max_length=64, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ApiToken(Table, table=True):
    """A token for programs; only its hash is kept."""

    __tablename__ = "api_token"
    __table_args__: ClassVar = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=100)
    token_hash: str = Field(max_length=64)
    scopes: list[str] = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
