"""``rapporteur audit verify`` tells whether the log holds."""

import re

from sqlalchemy import text

from app.database import Database
from tests.integration.cli.conftest import Run

ADD = ("user", "add", "--name", "A", "--role", "analyst", "--email")


def test_log_that_holds_is_sealed(rapporteur: Run) -> None:
    rapporteur(*ADD, "a@example.org")

    first = rapporteur("audit", "verify")
    rapporteur(*ADD, "b@example.org")
    second = rapporteur("audit", "verify")

    assert (first.code, second.code) == (0, 0)
    assert first.lines[0] == "The audit log holds: 1 entries, each following the one before."
    assert second.lines[0] == "The audit log holds: 2 entries, each following the one before."
    assert re.findall(r"[0-9a-f]{64}", first.out) != re.findall(r"[0-9a-f]{64}", second.out)


def test_log_that_was_touched_is_told(rapporteur: Run, database_url: str) -> None:
    rapporteur(*ADD, "a@example.org")
    database = Database(database_url)
    with database.write() as session:
        drop = "DROP TRIGGER refuse_update_audit_entry"
        session.connection().execute(text(drop + ("" if database.is_sqlite else " ON audit_entry")))
        session.connection().execute(text("UPDATE audit_entry SET actor = 'user:1'"))
    database.dispose()

    ran = rapporteur("audit", "verify")

    assert ran.code == 1
    assert ran.complaints == [
        "Entry 1: its content was changed after it was written.",
        "The audit log does not hold: 1 faults.",
    ]
