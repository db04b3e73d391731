"""The revisions lead from nothing to the models and back, on both databases."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Inspector, create_engine, inspect, text

import migrations
from app.database import UnusableDatabase, current_revision, normalised_url
from app.database.schema import downgrade, migrate, newest_revision, require_newest
from app.tables import metadata
from tests.integration.store.rows import fill


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(normalised_url(url))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def described(inspector: Inspector) -> dict[str, object]:
    """All that a database says of its tables, in one order."""
    return {
        table: {
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(table)
            ),
            "key": inspector.get_pk_constraint(table),
            "indexes": sorted(map(_flat, inspector.get_indexes(table))),
            "uniques": sorted(map(_flat, inspector.get_unique_constraints(table))),
            "references": sorted(map(_flat, inspector.get_foreign_keys(table))),
            "checks": sorted(
                (str(check["name"]), re.sub(r"\s+", " ", check["sqltext"]))
                for check in inspector.get_check_constraints(table)
            ),
        }
        for table in sorted(inspector.get_table_names())
        if table != "alembic_version"
    }


def _flat(part: object) -> str:
    if isinstance(part, dict):
        return repr(sorted((name, _flat(value)) for name, value in part.items()))
    return str(part)


def test_migrate_goes_up_down_and_up_again(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with connected(empty_database_url) as connection:
        first = described(inspect(connection))

    downgrade(empty_database_url, "base")
    with connected(empty_database_url) as connection:
        nothing = described(inspect(connection))
    migrate(empty_database_url)

    with connected(empty_database_url) as connection:
        assert described(inspect(connection)) == first
    assert nothing == {}
    assert sorted(first) == sorted(metadata.tables)
    assert current_revision(empty_database_url) == newest_revision()


def test_each_revision_can_be_taken_back_by_itself(empty_database_url: str) -> None:
    number = int(newest_revision())

    for revision in range(1, number + 1):
        migrate(empty_database_url, f"{revision:04}")
        downgrade(empty_database_url, f"{revision - 1:04}" if revision > 1 else "base")
        migrate(empty_database_url, f"{revision:04}")

    assert current_revision(empty_database_url) == f"{number:04}"


def test_migrate_keeps_rows_when_it_has_nothing_to_do(database_url: str) -> None:
    with connected(database_url) as connection:
        fill(connection)

    migrate(database_url)

    with connected(database_url) as connection:
        counts = {
            table.name: connection.execute(table.select()).fetchall()
            for table in metadata.sorted_tables
        }
    assert {name: len(rows) for name, rows in counts.items()} == dict.fromkeys(counts, 2)


def test_models_equal_migrations_for_alembic(database_url: str) -> None:
    with connected(database_url) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )

        differences = compare_metadata(context, metadata)

    assert differences == []


def test_models_equal_migrations_to_the_last_check(empty_database_url: str) -> None:
    # Alembic does not compare CHECK constraints, nor the conditions of partial indexes.
    migrate(empty_database_url)
    with connected(empty_database_url) as connection:
        migrated = described(inspect(connection))
    downgrade(empty_database_url, "base")

    with connected(empty_database_url) as connection:
        metadata.create_all(connection)
        modelled = described(inspect(connection))

    assert migrated == modelled


def test_every_constraint_has_a_name(database_url: str) -> None:
    with connected(database_url) as connection:
        tables = described(inspect(connection))

    assert "('name', 'None')" not in repr(tables)
    assert "('None', " not in repr(tables)


def test_migrate_of_four_processes_at_once_is_done_once(empty_database_url: str) -> None:
    program = "import sys; from app.database import migrate; migrate(sys.argv[1])"
    command = [sys.executable, "-c", program, empty_database_url]

    processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    complaints = [process.communicate()[1] for process in processes]

    assert complaints == [b""] * 4
    assert [process.returncode for process in processes] == [0] * 4
    assert current_revision(empty_database_url) == newest_revision()


def test_migrate_that_fails_changes_nothing(empty_database_url: str) -> None:
    with connected(empty_database_url) as connection:
        connection.execute(text("CREATE TABLE submission (id INTEGER)"))

    with pytest.raises(Exception, match="already exists"):
        migrate(empty_database_url)

    assert current_revision(empty_database_url) is None
    with connected(empty_database_url) as connection:
        assert inspect(connection).get_table_names() == ["submission"]


def test_migrate_refuses_to_leave_a_row_without_its_parent(tmp_path: Path) -> None:
    file = tmp_path / "broken.sqlite3"
    url = f"sqlite:///{file}"
    migrate(url, "0001")
    with closing(sqlite3.connect(file)) as connection, connection:
        # As an older program or a careless hand could have left it.
        connection.execute(
            "INSERT INTO contact (id, respondent_id, role, name, email, language, created_at)"
            " VALUES (1, 99, 'focal_point', 'n', 'e', 'en', '2007-07-09 12:00:00')"
        )

    with pytest.raises(UnusableDatabase, match="in: contact"):
        migrate(url)

    assert current_revision(url) == "0001"


def test_current_revision_of_nothing_is_none(tmp_path: Path) -> None:
    file = tmp_path / "nothing.sqlite3"

    assert current_revision(f"sqlite:///{file}") is None
    assert not file.exists()


def test_newest_revision_is_the_one_that_alembic_ends_at() -> None:
    folder = Path(migrations.__file__).parent

    assert newest_revision() == ScriptDirectory(str(folder)).get_current_head()


def test_require_newest_says_what_to_do(empty_database_url: str) -> None:
    with pytest.raises(UnusableDatabase, match="no tables yet") as without:
        require_newest(empty_database_url)
    migrate(empty_database_url, "0001")
    with pytest.raises(UnusableDatabase, match="is at revision 0001; this program needs") as old:
        require_newest(empty_database_url)
    migrate(empty_database_url)
    require_newest(empty_database_url)
    with connected(empty_database_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnusableDatabase, match="9999, which this program does not know") as newer:
        require_newest(empty_database_url)

    assert without.value.mend == "Run: rapporteur migrate"
    assert old.value.mend == "Make a backup, then run: rapporteur migrate"
    assert newer.value.mend == "Start the newer version of Rapporteur that has written it."


@pytest.mark.parametrize(
    "url", ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:", "no address"]
)
def test_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(UnusableDatabase) as refused:
        migrate(url)

    assert "RAPPORTEUR_DATABASE_URL" in refused.value.mend


def test_database_that_does_not_answer_is_named() -> None:
    with pytest.raises(UnusableDatabase, match="cannot be opened") as refused:
        migrate("postgresql://nobody@127.0.0.1:1/nothing")

    assert "RAPPORTEUR_DATABASE_URL" in refused.value.mend
