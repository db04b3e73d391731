"""Every constraint holds under its own name: a row that breaks it alone is refused for it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import (
    CheckConstraint,
    Connection,
    Constraint,
    Engine,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    insert,
    literal_column,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import ColumnCollectionConstraint
from sqlalchemy.types import Enum

from app.database import Database
from app.tables import metadata
from tests.fixtures.postgresql import PostgresqlServer
from tests.integration.store.rows import MOMENT, fill, row

NOWHERE = 999
Values = dict[str, object]

CHECKS: dict[str, Values] = {
    "ck_answer_revision_positive": {"revision": 0},
    "ck_answer_value_or_missing": {"value": "text", "missing": "dk"},
    "ck_answer_revision_revision_positive": {"revision": -1},
    "ck_answer_revision_value_or_missing": {"value": "text", "missing": "dk"},
    "ck_material_file_is_stored": {"storage_key": None},
    "ck_material_link_has_url": {"kind": "link", "url": ""},
    "ck_draft_picture_size_positive": {"size": 0},
    "ck_questionnaire_draft_revision_positive": {"revision": 0},
    "ck_respondent_key_lower_case": {"key": "Key"},
    "ck_submission_minutes_positive": {"minutes_spent": -1},
    "ck_submission_refusal_has_reason": {"kind": "refusal", "refusal_reason": ""},
    "ck_submission_return_is_cleared": {"clearance_name": ""},
    "ck_survey_answer_days_positive": {"answer_days": 0},
    "ck_survey_cadence_has_next": {"cadence": "0 9 1 3 *"},
    "ck_survey_round_closed_was_opened": {"closed_at": MOMENT},
    "ck_test_answer_value_or_missing": {"value": "text", "missing": "dk"},
    "ck_user_account_email_lower_case": {"email": "Organiser@example.org"},
    "ck_version_picture_size_positive": {"size": 0},
}
"""For each CHECK (those of enums are made below), what makes a valid row break it."""

FIRST: dict[str, Values] = {
    "uq_role_grant_everywhere": {"survey_id": None},
    "uq_survey_round_survey_id_scheduled_for": {"scheduled_for": MOMENT},
}
SECOND: dict[str, Values] = {
    "uq_role_grant_everywhere": {"survey_id": None},
    "uq_response_invitation_id_number": {"official": False},
}
"""What the first and the second row need, beside equal columns, to break one constraint alone."""


def constraints_of(table: Table) -> list[Constraint | Index]:
    return [*table.constraints, *(index for index in table.indexes if index.unique)]


CONSTRAINTS = {
    str(constraint.name): (table, constraint)
    for table in metadata.sorted_tables
    for constraint in constraints_of(table)
}


def names_of(*kinds: type[Constraint | Index]) -> list[str]:
    return sorted(
        name for name, (_, constraint) in CONSTRAINTS.items() if isinstance(constraint, kinds)
    )


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A migrated database in which nothing is ever committed, for all tests of this module."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        file = tmp_path_factory.mktemp("constraints") / "rapporteur.sqlite3"
        shutil.copyfile(template, file)
        database = Database(f"sqlite:///{file}")
        yield database.writer
        database.dispose()
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    database = Database(
        server.create_database(
            "constraints", template=request.getfixturevalue("postgresql_template")
        )
    )
    yield database.writer
    database.dispose()
    server.drop_databases("constraints")


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection
        connection.rollback()


def columns_of(constraint: Constraint | Index) -> list[str]:
    assert isinstance(constraint, ColumnCollectionConstraint | Index)
    return [column.name for column in constraint.columns]


def refusal(error: IntegrityError) -> str:
    """The name of the broken constraint where the database tells it, else what it says."""
    if isinstance(error.orig, psycopg.Error):
        return str(error.orig.diag.constraint_name)
    return str(error.orig)


def test_rows_of_every_table_are_valid(connection: Connection) -> None:
    fill(connection)

    counts = [len(connection.execute(table.select()).all()) for table in metadata.sorted_tables]

    assert counts == [2] * len(metadata.tables)


@pytest.mark.parametrize("name", names_of(ForeignKeyConstraint))
def test_reference_to_nowhere_is_refused(connection: Connection, name: str) -> None:
    table, constraint = CONSTRAINTS[name]
    fill(connection, before=table)
    (column,) = columns_of(constraint)

    with pytest.raises(IntegrityError) as refused:
        connection.execute(insert(table).values(row(table, 1) | {column: NOWHERE}))

    assert refusal(refused.value) in {name, "FOREIGN KEY constraint failed"}


@pytest.mark.parametrize("name", names_of(PrimaryKeyConstraint, UniqueConstraint, Index))
def test_second_of_its_kind_is_refused(connection: Connection, name: str) -> None:
    table, constraint = CONSTRAINTS[name]
    fill(connection, before=table)
    columns = columns_of(constraint)
    first = row(table, 1) | FIRST.get(name, {})
    second = row(table, 2) | {column: first[column] for column in columns} | SECOND.get(name, {})
    connection.execute(insert(table).values(first))

    with pytest.raises(IntegrityError) as refused:
        connection.execute(insert(table).values(second))

    listed = ", ".join(f"{table.name}.{column}" for column in columns)
    assert refusal(refused.value) in {
        name,
        f"UNIQUE constraint failed: {listed}",
        # On SQLite a trigger is asked first, since REPLACE would make room for the second.
        f"rows of {table.name} are written once",
    }


@pytest.mark.parametrize("name", names_of(CheckConstraint))
def test_row_that_breaks_a_check_is_refused(connection: Connection, name: str) -> None:
    table, _ = CONSTRAINTS[name]
    fill(connection, before=table)
    broken = row(table, 1)
    if name in CHECKS:
        broken |= CHECKS[name]
    else:
        word = name.removeprefix(f"ck_{table.name}_")
        assert isinstance(table.columns[word].type, Enum)
        broken |= {word: literal_column("'something else'")}

    with pytest.raises(IntegrityError) as refused:
        connection.execute(insert(table).values(broken))

    assert refusal(refused.value) in {name, f"CHECK constraint failed: {name}"}


def test_no_constraint_is_left_untested() -> None:
    tested = {
        *names_of(ForeignKeyConstraint),
        *names_of(PrimaryKeyConstraint, UniqueConstraint, Index),
        *names_of(CheckConstraint),
    }

    assert sorted(CONSTRAINTS.keys() - tested) == []
    assert sorted(CHECKS.keys() - CONSTRAINTS.keys()) == []
    assert sorted((FIRST.keys() | SECOND.keys()) - CONSTRAINTS.keys()) == []
