"""The command line as people call it: arguments and environment in, words and exit code out."""

import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from app.bootstrap import build
from app.cli import main
from app.sample import load_gfmd_2007
from tests.fixtures.postgresql import PostgresqlServer
from tests.fixtures.service import make_settings
from tests.fixtures.shipped import SHIPPED

TEMPLATE = "template_2007"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where commands are called."""
    folder = tmp_path / "somewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call ``rapporteur`` with arguments; the environment is what the test has set."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("RAPPORTEUR_DATA_DIR", str(folder / "data"))

    def call(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["rapporteur", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return Ran(code or 0, printed.out, printed.err)

    return call


@pytest.fixture
def rapporteur(run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``rapporteur`` on a fresh, migrated database."""
    monkeypatch.setenv("RAPPORTEUR_DATABASE_URL", database_url)
    return run


def _load(url: str, data_dir: Path) -> None:
    """Load the sample as ``rapporteur sample load`` does."""
    services = build(make_settings(url, data_dir), catalogue=SHIPPED)
    load_gfmd_2007(services)
    services.close()


@pytest.fixture(scope="session")
def sqlite_2007(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample-2007")
    file = folder / "sample.sqlite3"
    shutil.copyfile(sqlite_template, file)
    _load(f"sqlite:///{file}", folder / "data")
    with closing(sqlite3.connect(file)) as connection:
        # What still stands in the log would be missing from a copy of the file.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture(scope="session")
def postgresql_2007(
    postgresql_server: PostgresqlServer,
    postgresql_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    url = postgresql_server.create_database(TEMPLATE, template=postgresql_template)
    folder = tmp_path_factory.mktemp("sample-2007")
    _load(url, folder / "data")
    return folder


@pytest.fixture
def rapporteur_2007(
    request: pytest.FixtureRequest, rapporteur: Run, database_url: str, folder: Path
) -> Run:
    """``rapporteur`` on a database that holds the sample of 2007, loaded once and copied."""
    address = make_url(database_url)
    assert address.database is not None
    if address.get_backend_name() == "sqlite":
        loaded: Path = request.getfixturevalue("sqlite_2007")
        shutil.copyfile(loaded / "sample.sqlite3", address.database)
    else:
        loaded = request.getfixturevalue("postgresql_2007")
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        server.drop_databases(address.database)
        server.create_database(address.database, template=TEMPLATE)
    # Its secret too, with which its personal links were made.
    shutil.copytree(loaded / "data", folder / "data")
    return rapporteur
