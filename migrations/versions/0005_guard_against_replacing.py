"""Guard what is written once against being replaced (SQLite) or emptied at a stroke (PostgreSQL).

Triggers on UPDATE and DELETE see neither: SQLite's REPLACE removes rows without firing them unless
a connection asks for it, and TRUNCATE fires triggers of its own.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Each table, with what makes a row that is there the one whose place a new row would take: its
# key, or what is unique in it. One look for each, so that each finds its index.
SAME_SAVE = (
    "accepted AND NEW.accepted AND response_id = NEW.response_id"
    " AND question = NEW.question AND revision = NEW.revision"
)
WRITTEN_ONCE = {
    "answer_revision": ("id = NEW.id", SAME_SAVE),
    "audit_entry": ("id = NEW.id", "hash = NEW.hash"),
    "invitation_event": ("id = NEW.id",),
    "publication": ("id = NEW.id", "version_id = NEW.version_id"),
    "questionnaire_version": ("id = NEW.id", "slug = NEW.slug AND version = NEW.version"),
    "version_move": ("id = NEW.id",),
}


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, places in WRITTEN_ONCE.items():
        if is_postgresql:
            op.execute(
                f"CREATE TRIGGER refuse_truncate_{table} BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
            continue
        taken = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {place})" for place in places)  # noqa: S608 - the columns are the ones above
        op.execute(
            f"CREATE TRIGGER refuse_replace_{table} BEFORE INSERT ON {table} WHEN {taken}"
            f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
        )


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in WRITTEN_ONCE:
        if is_postgresql:
            op.execute(f"DROP TRIGGER refuse_truncate_{table} ON {table}")
        else:
            op.execute(f"DROP TRIGGER refuse_replace_{table}")
