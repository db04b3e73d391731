"""Keep the pictures of drafts, and for good those of the versions that are published."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OWNERS = {"draft": "questionnaire_draft", "version": "questionnaire_version"}
TAKEN = ("id = NEW.id", "version_id = NEW.version_id AND name = NEW.name")
"""What makes a row that is there the one whose place a new row would take."""


def upgrade() -> None:
    for owner, parent in OWNERS.items():
        table = f"{owner}_picture"
        when = [sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False)]
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column(f"{owner}_id", sa.Integer(), nullable=False),
            sa.Column("name", sa.String(100), nullable=False),
            sa.Column("media_type", sa.String(127), nullable=False),
            sa.Column("sha256", sa.String(64), nullable=False),
            sa.Column("size", sa.Integer(), nullable=False),
            *(when if owner == "draft" else []),
            sa.CheckConstraint("size > 0", name=op.f(f"ck_{table}_size_positive")),
            sa.ForeignKeyConstraint(
                [f"{owner}_id"],
                [f"{parent}.id"],
                name=op.f(f"fk_{table}_{owner}_id_{parent}"),
                ondelete="CASCADE" if owner == "draft" else None,
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint(f"{owner}_id", "name", name=op.f(f"uq_{table}_{owner}_id_name")),
        )
    _guard("version_picture")


def downgrade() -> None:
    # Their triggers go with them.
    for owner in OWNERS:
        op.drop_table(f"{owner}_picture")


def _guard(table: str) -> None:
    """Let no row be changed or removed, nor replaced (SQLite), nor all of them be emptied."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
    for change in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER refuse_{change.lower()}_{table} BEFORE {change} ON {table}"
        if is_postgresql:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
        else:
            op.execute(f"{trigger} {refuse}")
    if is_postgresql:
        op.execute(
            f"CREATE TRIGGER refuse_truncate_{table} BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    taken = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {place})" for place in TAKEN)  # noqa: S608 - the columns are the ones above
    op.execute(
        f"CREATE TRIGGER refuse_replace_{table} BEFORE INSERT ON {table} WHEN {taken} {refuse}"
    )
