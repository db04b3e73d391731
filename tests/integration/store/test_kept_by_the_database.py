"""What the database writes by itself: the history of answers, the marks of returned invitations."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Table, insert, inspect, select, update

from app.database import Database
from app.database.schema import migrate
from app.tables import metadata
from tests.integration.store.rows import MOMENT, fill, row

ANSWER, HISTORY = metadata.tables["answer"], metadata.tables["answer_revision"]
SUBMISSION, INVITATION = metadata.tables["submission"], metadata.tables["invitation"]
SAME = sorted({column.name for column in ANSWER.columns} - {"edited_at"})
LATER = MOMENT + timedelta(days=1)


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    database = Database(database_url)
    with database.writer.connect() as connection:
        yield connection
        connection.rollback()
    database.dispose()


def history(connection: Connection) -> list[dict[str, object]]:
    rows = connection.execute(select(HISTORY).order_by(HISTORY.c.id))
    return [dict(each) for each in rows.mappings()]


def test_new_answer_is_in_the_history_with_every_column(connection: Connection) -> None:
    fill(connection, before=ANSWER)
    answer = row(ANSWER, 1) | {"value": ["a", 2], "user_id": 1, "contact_id": 1}

    connection.execute(insert(ANSWER).values(answer))

    (kept,) = history(connection)
    assert {name: kept[name] for name in SAME} == {name: answer[name] for name in SAME}
    assert (kept["accepted"], kept["at"]) == (True, answer["edited_at"])


def test_each_revision_of_an_answer_is_in_the_history(connection: Connection) -> None:
    fill(connection, before=HISTORY)

    for revision in (2, 3):
        connection.execute(
            update(ANSWER)
            .where(ANSWER.c.response_id == 1)
            .values(revision=revision, comment=f"comment {revision}", edited_at=LATER)
        )

    kept = [one for one in history(connection) if one["response_id"] == 1]
    assert [(one["revision"], one["comment"], one["at"]) for one in kept] == [
        (1, "comment-1", MOMENT),
        (2, "comment 2", LATER),
        (3, "comment 3", LATER),
    ]


def test_answer_that_is_emptied_for_an_erasure_has_no_new_revision(connection: Connection) -> None:
    fill(connection, before=HISTORY)

    connection.execute(update(ANSWER).values(value=None, comment="", contact_id=None))

    assert [one["revision"] for one in history(connection)] == [1, 2]


def returned(connection: Connection) -> list[datetime | None]:
    found = connection.execute(select(INVITATION.c.returned_at).order_by(INVITATION.c.id))
    return list(found.scalars())


def test_return_marks_its_invitation_until_it_is_reopened(connection: Connection) -> None:
    fill(connection, before=SUBMISSION)
    seen = [returned(connection)]

    connection.execute(insert(SUBMISSION).values(row(SUBMISSION, 1)))
    seen.append(returned(connection))
    connection.execute(update(SUBMISSION).values(reopened_at=LATER))
    seen.append(returned(connection))
    again = row(SUBMISSION, 2) | {"invitation_id": 1, "at": LATER}
    connection.execute(insert(SUBMISSION).values(again))
    seen.append(returned(connection))

    assert seen == [[None, None], [MOMENT, None], [None, None], [LATER, None]]


def test_return_that_was_reopened_before_it_is_written_marks_nothing(
    connection: Connection,
) -> None:
    fill(connection, before=SUBMISSION)

    connection.execute(insert(SUBMISSION).values(row(SUBMISSION, 1) | {"reopened_at": LATER}))

    assert returned(connection) == [None, None]


def test_migration_marks_what_was_returned_before_it(empty_database_url: str) -> None:
    migrate(empty_database_url, "0002")
    database = Database(empty_database_url)
    with database.writer.begin() as connection:
        there = set(inspect(connection).get_table_names())
        for table in metadata.sorted_tables:
            if table.name in there:
                connection.execute(insert(table), [_earlier(table, 1), _earlier(table, 2)])
            if table is SUBMISSION:
                break
        connection.execute(update(SUBMISSION).where(SUBMISSION.c.id == 2).values(reopened_at=LATER))

    migrate(empty_database_url)

    with database.writer.connect() as connection:
        assert returned(connection) == [MOMENT, None]
    database.dispose()


def _earlier(table: Table, number: int) -> dict[str, object]:
    """A row as it was before the invitation told whether it is returned."""
    values = row(table, number)
    values.pop("returned_at", None)
    return values
