"""The column types that both databases share: aware UTC times, checked words, JSON."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy
from sqlalchemy import JSON, Column, DateTime, Enum, MetaData, String, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import AutoString, SQLModel

from app.errors import Invalid
from questionnaires.problems import Problem

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """The base of every table: its metadata names each constraint."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class TooLong(Invalid, DontWrapMixin):
    """A text does not fit its column."""


class BoundedText(TypeDecorator[str]):
    """Text of at most so many characters on both databases: SQLite would keep any length.

    Services tell people of a text that is too long, at its field. What they overlook is refused
    here, alike on both, before a statement is sent.
    """

    impl = String
    cache_ok = True

    def __init__(self, length: int, name: str) -> None:
        super().__init__(length)
        self.length = length
        self.name = name

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse what is longer than the column."""
        del dialect
        if value is not None and len(value) > self.length:
            raise TooLong(
                [
                    Problem(
                        code="too-long",
                        place=self.name,
                        message=f"The text for «{self.name.replace('_', ' ')}» has"
                        f" {len(value):,} characters; {self.length:,} fit.",
                        mend="Shorten it.",
                    )
                ]
            )
        return value

    def coerce_compared_value(self, op: OperatorType | None, value: object) -> TypeEngine[str]:
        """Text that is looked for may have any length: it is not there, and that is the answer."""
        del op, value
        return String()


@event.listens_for(Column, "after_parent_attach")
def _bound(column: Column[Any], parent: object) -> None:
    """Bound every text column of our tables for which a model gives a length."""
    if isinstance(parent, sqlalchemy.Table) and parent.metadata is Table.metadata:
        length = getattr(column.type, "length", None)
        if isinstance(column.type, AutoString) and length is not None:
            column.type = BoundedText(length, column.name)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite keeps it naive, so the zone is taken off and put on here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: they are bugs."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "A time without a zone cannot be stored."
            raise ValueError(message)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every time its zone back."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""JSON on SQLite, JSONB on PostgreSQL; ``None`` is SQL's NULL."""


def words(kind: type[StrEnum], name: str) -> Any:  # noqa: ANN401 - what Field(sa_type=...) takes
    """A text column that a CHECK holds to the values of an enum."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
