"""The audit log is one chain, whoever writes to it at once, and shows where it was touched."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from app.audit.queries import list_entries, read_seal, verify
from app.audit.service import FIRST, record
from app.database import Database


class Ticking:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self._now = datetime(2007, 7, 9, tzinfo=UTC)

    def now(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


CLOCK = Ticking()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


def write(database: Database, *subjects: str) -> None:
    for subject in subjects:
        with database.write() as session:
            note(session, subject)


def note(session: Session, subject: str) -> None:
    record(
        session,
        clock=CLOCK,
        actor="command",
        action="round.opened",
        subject=subject,
        details={"ü": "é — «ص»", "a": "1"},
    )


def tamper(database: Database, statement: str) -> None:
    """Change the log as somebody could who owns the database."""
    with database.write() as session:
        if database.is_sqlite:
            for change in ("update", "delete"):
                session.connection().execute(text(f"DROP TRIGGER refuse_{change}_audit_entry"))
        else:
            session.connection().execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        session.connection().execute(text(statement))


def broken(database: Database) -> list[tuple[int, str]]:
    with database.read() as session:
        return [(entry.id, entry.reason) for entry in verify(session)]


CHANGED = "its content was changed after it was written"
LOST = "the entry before it is missing or was changed"


def test_log_that_is_empty_holds(database: Database) -> None:
    assert broken(database) == []
    with database.read() as session:
        assert (read_seal(session).entries, read_seal(session).hash) == (0, FIRST)


def test_log_holds_as_it_was_written(database: Database) -> None:
    write(database, "round:1", "round:2", "round:3")

    assert broken(database) == []


def test_entries_of_one_transaction_follow_each_other(database: Database) -> None:
    with database.write() as session:
        for number in range(3):
            note(session, f"round:{number}")

    assert broken(database) == []
    with database.read() as session:
        newest, middle, oldest = list_entries(session)
    assert (newest.previous_hash, middle.previous_hash) == (middle.hash, oldest.hash)


def test_entry_of_a_transaction_that_fails_is_not_in_the_log(database: Database) -> None:
    write(database, "round:1")

    def fail() -> None:
        with database.write() as session:
            note(session, "round:2")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    write(database, "round:3")

    assert broken(database) == []
    with database.read() as session:
        assert [entry.subject for entry in list_entries(session)] == ["round:3", "round:1"]


def test_log_of_many_writers_is_one_chain(database: Database) -> None:
    threads = [
        threading.Thread(target=write, args=(database, *[f"round:{name}"] * 12))
        for name in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken(database) == []
    with database.read() as session:
        assert read_seal(session).entries == 72


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'user:1'",
        "action = 'round.closed'",
        "subject = 'round:9'",
        "details = '{}'",
        "at = '2001-01-01 00:00:00'",
    ],
)
def test_entry_that_was_changed_is_found(database: Database, change: str) -> None:
    write(database, "round:1", "round:2", "round:3")

    tamper(database, f"UPDATE audit_entry SET {change} WHERE id = 2")  # noqa: S608 - our own text

    assert broken(database) == [(2, CHANGED)]


def test_entry_whose_hash_was_made_anew_is_found_by_the_next(database: Database) -> None:
    write(database, "round:1", "round:2", "round:3")

    tamper(database, f"UPDATE audit_entry SET hash = '{'f' * 64}' WHERE id = 2")  # noqa: S608 - ours

    assert broken(database) == [(2, CHANGED), (3, LOST)]


def test_entry_that_was_removed_is_found(database: Database) -> None:
    write(database, "round:1", "round:2", "round:3")

    tamper(database, "DELETE FROM audit_entry WHERE id = 2")

    assert broken(database) == [(3, LOST)]


def test_first_entry_that_was_removed_is_found(database: Database) -> None:
    write(database, "round:1", "round:2")

    tamper(database, "DELETE FROM audit_entry WHERE id = 1")

    assert broken(database) == [(2, LOST)]


def test_seal_shows_that_the_end_was_cut_off(database: Database) -> None:
    write(database, "round:1", "round:2")
    with database.read() as session:
        before = read_seal(session)

    tamper(database, "DELETE FROM audit_entry WHERE id = 2")

    with database.read() as session:
        after = read_seal(session)
    assert (before.entries, after.entries) == (2, 1)
    assert before.hash != after.hash


def test_entries_are_listed_newest_first_and_page_by_page(database: Database) -> None:
    write(database, "round:1", "round:2", "round:1", "round:2", "round:1")

    with database.read() as session:
        first = list_entries(session, subject="round:1", limit=2)
        second = list_entries(session, subject="round:1", before=first[-1].id, limit=2)

    assert [entry.id for entry in first] == [5, 3]
    assert [entry.id for entry in second] == [1]
    assert first[0].details == {"ü": "é — «ص»", "a": "1"}
