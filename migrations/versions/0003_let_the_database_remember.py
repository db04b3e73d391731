"""Let the database itself write the history of answers, and mark invitations that are returned."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SAME = "response_id, question, revision, value, missing, comment, source, editor"
SAME += ", contact_id, user_id, channel"

# The present state of each answer is written to its history, once for each revision. An erasure,
# which empties an answer, is no revision.
REMEMBER = f"""
    INSERT INTO answer_revision ({SAME}, accepted, at)
    VALUES ({", ".join(f"NEW.{column}" for column in SAME.split(", "))}, TRUE, NEW.edited_at)
"""  # noqa: S608 - the columns are the ones above
STANDING = """
    SELECT max(at) FROM submission
    WHERE invitation_id = invitation.id AND reopened_at IS NULL
"""
MARK = f"UPDATE invitation SET returned_at = ({STANDING}) WHERE id = NEW.invitation_id"  # noqa: S608

TRIGGERS = (
    ("remember_new_answer", "AFTER INSERT ON answer", "", "remember_answer", REMEMBER),
    (
        "remember_changed_answer",
        "AFTER UPDATE OF revision ON answer",
        "NEW.revision != OLD.revision",
        "remember_answer",
        REMEMBER,
    ),
    ("mark_new_return", "AFTER INSERT ON submission", "", "mark_return", MARK),
    ("mark_reopened_return", "AFTER UPDATE OF reopened_at ON submission", "", "mark_return", MARK),
)


def upgrade() -> None:
    op.add_column("invitation", sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(f"UPDATE invitation SET returned_at = ({STANDING})")  # noqa: S608
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        for function, statement in {each[3]: each[4] for each in TRIGGERS}.items():
            op.execute(
                f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {statement}; RETURN NULL; END $$"
            )
    for name, when, condition, function, statement in TRIGGERS:
        only = f" WHEN ({condition})" if condition else ""
        body = f"EXECUTE FUNCTION {function}()" if is_postgresql else f"BEGIN {statement}; END"
        op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW{only} {body}")


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for name, when, *_ in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}" + (f" ON {when.split()[-1]}" if is_postgresql else ""))
    if is_postgresql:
        op.execute("DROP FUNCTION remember_answer()")
        op.execute("DROP FUNCTION mark_return()")
    op.drop_column("invitation", "returned_at")
