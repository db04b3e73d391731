"""``rapporteur migrate`` brings any older database to where it must be, and says so."""

import pytest
from sqlalchemy import text

from app.database import Database, current_revision
from app.database.schema import migrate, newest_revision
from tests.integration.cli.conftest import Run


@pytest.fixture
def rapporteur(run: Run, empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("RAPPORTEUR_DATABASE_URL", empty_database_url)
    return run


def test_migrate_makes_the_tables_once(rapporteur: Run, empty_database_url: str) -> None:
    first = rapporteur("migrate")
    second = rapporteur("migrate")

    newest = newest_revision()
    assert (first.code, second.code) == (0, 0)
    assert first.lines == [f"The database is now at revision {newest} (before: no tables)."]
    assert second.lines == [f"The database is at revision {newest} already; nothing to do."]
    assert current_revision(empty_database_url) == newest


def test_migrate_goes_on_from_an_older_revision(rapporteur: Run, empty_database_url: str) -> None:
    migrate(empty_database_url, "0001")

    ran = rapporteur("migrate")

    assert ran.lines == [f"The database is now at revision {newest_revision()} (before: 0001)."]


def test_migrate_leaves_a_newer_database_alone(rapporteur: Run, empty_database_url: str) -> None:
    migrate(empty_database_url)
    database = Database(empty_database_url)
    with database.write() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.dispose()

    ran = rapporteur("migrate")

    assert ran.code == 1
    assert ran.err == (
        "The database is at revision 9999, which this program does not know."
        " Start the newer version of Rapporteur that has written it.\n"
    )
    assert current_revision(empty_database_url) == "9999"
