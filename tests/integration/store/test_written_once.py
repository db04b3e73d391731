"""What is written once can be neither changed nor removed through the database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from app.database import Database
from tests.integration.store.rows import fill


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    database = Database(database_url)
    with database.writer.connect() as connection:
        fill(connection)
        yield connection
        connection.rollback()
    database.dispose()


WRITTEN_ONCE = [
    "audit_entry",
    "questionnaire_version",
    "invitation_event",
    "publication",
    "version_picture",
    "version_move",
]

REPLACEMENTS = [
    "REPLACE INTO {0} SELECT * FROM {0}",
    "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
]


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_row_cannot_be_changed_at_all(connection: Connection, table: str) -> None:
    for column in inspect(connection).get_columns(table):
        name = column["name"]
        with (
            pytest.raises(IntegrityError, match=f"rows of {table} are written once"),
            connection.begin_nested(),
        ):
            connection.execute(text(f"UPDATE {table} SET {name} = {name}"))  # noqa: S608 - our own


@pytest.mark.parametrize("table", [*WRITTEN_ONCE, "answer_revision"])
def test_row_cannot_be_removed(connection: Connection, table: str) -> None:
    with (
        pytest.raises(IntegrityError, match=f"rows of {table} are written once"),
        connection.begin_nested(),
    ):
        connection.execute(text(f"DELETE FROM {table} WHERE id = 2"))  # noqa: S608 - our own table

    assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 2  # noqa: S608


@pytest.mark.parametrize("table", [*WRITTEN_ONCE, "answer_revision"])
def test_row_cannot_be_replaced_nor_all_be_dropped_at_once(
    connection: Connection, table: str
) -> None:
    before = connection.execute(text(f"SELECT * FROM {table} ORDER BY id")).all()  # noqa: S608
    attacks = ["TRUNCATE {} CASCADE"] if connection.dialect.name == "postgresql" else REPLACEMENTS

    for attack in attacks:
        with (
            pytest.raises(IntegrityError, match=r"rows of .* are written once"),
            connection.begin_nested(),
        ):
            connection.execute(text(attack.format(table)))

    assert connection.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() == before  # noqa: S608


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("answer_revision", "response_id, question, revision, accepted"),
        ("audit_entry", "hash"),
        ("publication", "version_id"),
        ("questionnaire_version", "slug, version"),
        ("version_picture", "version_id, name"),
    ],
)
def test_row_cannot_be_replaced_by_one_that_is_like_it(
    sqlite_url: str, table: str, columns: str
) -> None:
    database = Database(sqlite_url)
    with database.writer.connect() as connection:
        fill(connection)
        others = [
            column["name"]
            for column in inspect(connection).get_columns(table)
            if column["name"] not in {"id", *columns.split(", ")}
        ]
        kept = ", ".join([columns, *others])

        with pytest.raises(IntegrityError, match=f"rows of {table} are written once"):
            connection.execute(
                text(f"REPLACE INTO {table} ({kept}) SELECT {kept} FROM {table} WHERE id = 1")  # noqa: S608
            )
        connection.rollback()
    database.dispose()


@pytest.mark.parametrize(
    "change",
    [
        "response_id = 2",
        "question = 'another'",
        "revision = 9",
        "accepted = NOT accepted",
        "value = '\"another\"'",
        "missing = 'dk'",
        "comment = 'another'",
        "source = 'another'",
        "editor = 'another'",
        "contact_id = 2",
        "user_id = 2",
        "channel = 'email'",
        "at = '2001-01-01 00:00:00'",
    ],
)
def test_history_of_an_answer_cannot_be_rewritten(connection: Connection, change: str) -> None:
    with (
        pytest.raises(IntegrityError, match="rows of answer_revision are written once"),
        connection.begin_nested(),
    ):
        connection.execute(text(f"UPDATE answer_revision SET {change} WHERE id = 1"))  # noqa: S608


def test_history_of_an_answer_can_be_emptied_where_a_person_is_erased(
    connection: Connection,
) -> None:
    connection.execute(
        text(
            "UPDATE answer_revision SET value = NULL, missing = NULL, comment = '', source = '',"
            " contact_id = NULL, user_id = NULL WHERE id = 1"
        )
    )

    row = connection.execute(
        text("SELECT value, comment, source, contact_id FROM answer_revision WHERE id = 1")
    ).one()
    assert tuple(row) == (None, "", "", None)


def test_contact_that_is_removed_leaves_the_history(connection: Connection) -> None:
    for table in ("outgoing_mail", "personal_link"):
        connection.execute(text(f"DELETE FROM {table} WHERE contact_id = 1"))  # noqa: S608 - ours

    connection.execute(text("DELETE FROM contact WHERE id = 1"))

    rows = connection.execute(
        text("SELECT contact_id, comment FROM answer_revision ORDER BY id")
    ).all()
    assert [tuple(row) for row in rows] == [(None, "comment-1"), (2, "comment-2")]
