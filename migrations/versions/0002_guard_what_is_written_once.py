"""Guard what is written once: the audit log, published versions, events, the history of answers."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WRITTEN_ONCE = ("audit_entry", "questionnaire_version", "invitation_event")

# The history of an answer can be emptied, where a person asks for its data to be erased, and loses
# its contact with the contact. It can never say something else than it said.
HISTORY_REWRITTEN = """
    OLD.response_id != NEW.response_id OR OLD.question != NEW.question
    OR OLD.revision != NEW.revision OR OLD.accepted != NEW.accepted
    OR OLD.channel != NEW.channel OR OLD.at != NEW.at OR OLD.editor != NEW.editor
    OR (NEW.contact_id IS NOT NULL AND (OLD.contact_id IS NULL OR OLD.contact_id != NEW.contact_id))
    OR (NEW.user_id IS NOT NULL AND (OLD.user_id IS NULL OR OLD.user_id != NEW.user_id))
    OR (NEW.value IS NOT NULL AND (OLD.value IS NULL OR OLD.value != NEW.value))
    OR (NEW.missing IS NOT NULL AND (OLD.missing IS NULL OR OLD.missing != NEW.missing))
    OR (NEW.comment != '' AND OLD.comment != NEW.comment)
    OR (NEW.source != '' AND OLD.source != NEW.source)
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END $$
            """
        )
    for table in WRITTEN_ONCE:
        _guard(table, "UPDATE")
        _guard(table, "DELETE")
    _guard("answer_revision", "UPDATE", when=HISTORY_REWRITTEN)
    _guard("answer_revision", "DELETE")


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in (*WRITTEN_ONCE, "answer_revision"):
        for change in ("update", "delete"):
            on_table = f" ON {table}" if is_postgresql else ""
            op.execute(f"DROP TRIGGER refuse_{change}_{table}{on_table}")
    if is_postgresql:
        op.execute("DROP FUNCTION refuse_change()")


def _guard(table: str, change: str, *, when: str = "") -> None:
    trigger = f"CREATE TRIGGER refuse_{change.lower()}_{table} BEFORE {change} ON {table}"
    condition = f" WHEN ({when})" if when else ""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"{trigger} FOR EACH ROW{condition} EXECUTE FUNCTION refuse_change()")
    else:
        op.execute(
            f"{trigger}{condition} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END"
        )
