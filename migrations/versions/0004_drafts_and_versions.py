"""Keep drafts of questionnaires with their test answers, publications, and moves to a patch."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
WRITTEN_ONCE = ("publication", "version_move")


def upgrade() -> None:
    op.create_table(
        "questionnaire_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("title", sa.String(1000), nullable=False),
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("canonical", sa.String(), nullable=True),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("not_kept", JSON, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_questionnaire_draft_revision_positive")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["user_account.id"],
            name=op.f("fk_questionnaire_draft_uploaded_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_draft")),
        sa.UniqueConstraint("key", name=op.f("uq_questionnaire_draft_key")),
    )
    op.create_index(
        "uq_questionnaire_draft_version",
        "questionnaire_draft",
        ["slug", "version"],
        unique=True,
        sqlite_where=sa.text("slug != ''"),
        postgresql_where=sa.text("slug != ''"),
    )
    op.create_table(
        "test_answer",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column(
            "missing",
            sa.Enum(
                "na",
                "dk",
                "declined",
                name="missing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "value IS NULL OR missing IS NULL", name=op.f("ck_test_answer_value_or_missing")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["questionnaire_draft.id"],
            name=op.f("fk_test_answer_draft_id_questionnaire_draft"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_test_answer_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("draft_id", "user_id", "question", name=op.f("pk_test_answer")),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["user_account.id"],
            name=op.f("fk_publication_published_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_publication_version_id_questionnaire_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("version_id", name=op.f("uq_publication_version_id")),
    )
    op.create_table(
        "version_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("from_version_id", sa.Integer(), nullable=False),
        sa.Column("to_version_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_version_move_from_version_id_questionnaire_version"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_round.id"], name=op.f("fk_version_move_round_id_survey_round")
        ),
        sa.ForeignKeyConstraint(
            ["to_version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_version_move_to_version_id_questionnaire_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_move")),
    )
    op.create_index(op.f("ix_version_move_round_id"), "version_move", ["round_id"])
    for table in WRITTEN_ONCE:
        for change in ("UPDATE", "DELETE"):
            _guard(table, change)


def downgrade() -> None:
    # Their triggers go with them.
    for table in ("version_move", "publication", "test_answer", "questionnaire_draft"):
        op.drop_table(table)


def _guard(table: str, change: str) -> None:
    trigger = f"CREATE TRIGGER refuse_{change.lower()}_{table} BEFORE {change} ON {table}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    else:
        op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'rows of {table} are written once'); END")
