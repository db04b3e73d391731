"""Runs the revisions on the connection that is handed in, in the transaction it is in."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, Enum
from sqlmodel import AutoString

from app.columns import BoundedText, UtcDateTime
from app.tables import metadata


def render_item(kind: str, item: object, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write the types of a new revision with SQLAlchemy's names alone: revisions outlive code."""
    del autogenerate
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, JSON):
        return (
            "sa.JSON(none_as_null=True)"
            '.with_variant(postgresql.JSONB(none_as_null=True), "postgresql")'
        )
    if isinstance(item, Enum):
        words = ", ".join(f'"{word}"' for word in item.enums)
        return (
            f'sa.Enum({words}, name="{item.name}", native_enum=False, create_constraint=True,'
            f" length={item.length})"
        )
    if isinstance(item, BoundedText):
        return f"sa.String({item.length})"
    if isinstance(item, AutoString):
        return "sa.String()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # SQLite can alter a table only by making a new one.
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    transactional_ddl=True,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
