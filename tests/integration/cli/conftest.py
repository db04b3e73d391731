"""The command line as people call it: arguments and environment in, words and exit code out."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli import main


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


@pytest.fixture
def rapporteur_2007(rapporteur: Run) -> Run:
    """``rapporteur`` on a database that holds the sample of 2007."""
    assert rapporteur("sample", "load", "gfmd-2007").code == 0
    return rapporteur
