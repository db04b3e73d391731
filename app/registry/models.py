"""Tables of respondents, their names and their contacts."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.columns import Table, UtcDateTime, words


class NameKind(StrEnum):
    """How a name is used."""

    SHORT = "short"
    OFFICIAL = "official"
    OTHER = "other"


class ContactRole(StrEnum):
    """What a person does at a respondent."""

    FOCAL_POINT = "focal_point"
    ALTERNATE = "alternate"
    CONTRIBUTOR = "contributor"
    CLEARING_OFFICER = "clearing_officer"


class Respondent(Table, table=True):
    """An institution that is asked. It is known by its key, never by a name."""

    __tablename__ = "respondent"
    __table_args__ = (CheckConstraint("key = lower(key)", name="key_lower_case"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64, unique=True)
    region: str = Field(default="", max_length=200)
    fictional: bool = False
    successor_id: int | None = Field(default=None, foreign_key="respondent.id")
    dormant_since: date | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)


class RespondentName(Table, table=True):
    """A name of a respondent with its language, its period and where it was found."""

    __tablename__ = "respondent_name"
    __table_args__ = (UniqueConstraint("respondent_id", "kind", "language", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    respondent_id: int = Field(foreign_key="respondent.id", ondelete="CASCADE", index=True)
    kind: NameKind = Field(sa_type=words(NameKind, "kind"))
    text: str = Field(max_length=500)
    language: str = Field(default="en", max_length=35)
    position: int = 0
    valid_from: date | None = None
    valid_until: date | None = None
    locator: str = Field(default="", max_length=200)


class Contact(Table, table=True):
    """A person at a respondent. Personal data: never in a synthesis."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("respondent_id", "email"),)

    id: int | None = Field(default=None, primary_key=True)
    respondent_id: int = Field(foreign_key="respondent.id", ondelete="CASCADE", index=True)
    role: ContactRole = Field(default=ContactRole.FOCAL_POINT, sa_type=words(ContactRole, "role"))
    name: str = Field(max_length=200)
    email: str = Field(max_length=254)
    language: str = Field(default="en", max_length=35)
    created_at: datetime = Field(sa_type=UtcDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
