"""What cannot be done is said in a line, without a traceback, and the exit code is not 0."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.cli.failure import complain
from tests.integration.cli.conftest import Run

ON_THE_DATABASE = [
    ("audit", "verify"),
    ("sample", "load", "gfmd-2007"),
    ("user", "add", "--email", "a@example.org", "--name", "A", "--role", "analyst"),
    ("user", "password", "--email", "a@example.org"),
    ("link", "--round", "rcp-demo", "--respondent", "mtm"),
    ("export", "annex-b", "--round", "gfmd-2007", "--output", "annex-b.xlsx"),
    ("worker",),
]


@pytest.mark.parametrize("command", ON_THE_DATABASE, ids=" ".join)
def test_command_on_a_database_without_tables_says_what_to_do(
    run: Run,
    empty_database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    monkeypatch.setenv("RAPPORTEUR_DATABASE_URL", empty_database_url)

    ran = run(*command)

    assert ran.code == 1
    assert ran.complaints[-1] == "The database has no tables yet. Run: rapporteur migrate"
    assert ran.out == ""


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RAPPORTEUR_PORT", "99999", "The setting RAPPORTEUR_PORT cannot be used: "),
        (
            "RAPPORTEUR_MAIL_FROM",
            "Rapporteur",
            "The setting RAPPORTEUR_MAIL_FROM cannot be used: «Rapporteur» is not an address",
        ),
        (
            "RAPPORTEUR_BASE_URL",
            "nonsense",
            "The setting RAPPORTEUR_BASE_URL cannot be used: «nonsense» is not the address",
        ),
        ("RAPPORTEUR_DATABASE_URL", "mysql://x/y", "Rapporteur cannot keep its data in mysql."),
        ("RAPPORTEUR_DATABASE_URL", "nonsense", "The database address cannot be read."),
        ("RAPPORTEUR_DATABASE_URL", "postgresql://127.0.0.1:1/x", "The database cannot be opened:"),
    ],
)
def test_setting_that_cannot_be_used_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)

    ran = run("migrate")

    assert ran.code == 1
    assert len(ran.complaints) == 1
    assert ran.err.startswith(said)


def test_short_secret_is_named(rapporteur: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_SECRET_KEY", "short")

    ran = rapporteur("audit", "verify")

    assert ran.code == 1
    assert ran.err.startswith("The secret key in RAPPORTEUR_SECRET_KEY has fewer than 32")


def test_file_that_cannot_be_made_is_named(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file where the folder of the database should be.
    (folder / "file").write_text("")
    monkeypatch.setenv("RAPPORTEUR_DATABASE_URL", f"sqlite:///{folder}/file/rapporteur.sqlite3")

    ran = run("migrate")

    assert ran.code == 1
    assert ran.complaints[-1] == f"{folder}/file/rapporteur.sqlite3: Not a directory."
    assert "Traceback" not in ran.err


def test_wrong_option_is_named_with_exit_code_2(run: Run) -> None:
    ran = run("user", "add", "--mail", "x")

    assert ran.code == 2
    assert "--mail" in ran.err
    assert "Traceback" not in ran.err


def test_database_that_is_no_database_is_named(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "letter.txt").write_text("This is a letter, not a database. " * 40)
    monkeypatch.setenv("RAPPORTEUR_DATABASE_URL", f"sqlite:///{folder}/letter.txt")

    ran = run("migrate")

    assert ran.code == 1
    assert ran.err == (
        "The database cannot be opened: file is not a database."
        " Check RAPPORTEUR_DATABASE_URL, and that the database is running.\n"
    )


def test_every_command_has_help(run: Run) -> None:
    words = run("--help").out.split()
    commands = {"serve", "worker", "migrate", "sample", "export", "questionnaire", "user", "link"}
    commands |= {"mail", "round", "survey"}

    assert commands | {"audit"} <= set(words)
    for command in commands:
        assert run(command, "--help").code == 0


def test_program_starts_without_what_it_does_not_need() -> None:
    # Each of these takes longer to load than the rest of the command line.
    heavy = ("sqlalchemy", "pydantic", "fastapi", "dbos", "alembic", "openpyxl", "yaml", "uvicorn")
    program = f"import sys, {main.__module__}; print([m for m in {heavy} if m in sys.modules])"

    printed = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout

    assert printed == "[]\n"


@pytest.mark.parametrize("command", [(), ("user",), ("questionnaire",), ("survey",)])
def test_help_cuts_no_summary_off(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command, "--help")

    assert ran.code == 0
    assert "..." not in ran.out.replace("[ARGS]...", "")


def test_word_that_is_none_of_the_choices_is_named_with_them(run: Run) -> None:
    ran = run("user", "add", "--email", "a@example.org", "--name", "A", "--role", "king")

    assert ran.code == 2
    assert "'--role': 'king' is not one of 'administrator', 'organiser'" in ran.err


def test_address_of_workflows_that_cannot_be_read_is_named(
    rapporteur: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_WORKFLOW_DATABASE_URL", "nonsense")

    ran = rapporteur("audit", "verify")

    assert ran.code == 1
    assert ran.err.startswith(
        "The database address cannot be read. Set RAPPORTEUR_WORKFLOW_DATABASE_URL to "
    )


def test_file_of_settings_that_is_no_text_is_named(run: Run, folder: Path) -> None:
    (folder / ".env").write_bytes("RAPPORTEUR_ORGANISATION=Büro\n".encode("latin-1"))

    ran = run("migrate")

    assert ran.code == 1
    assert ran.err == (
        "The file .env is not UTF-8 text: byte 26 cannot be read. Save it as UTF-8.\n"
    )


def test_fault_of_the_program_is_shown_whole_where_the_settings_say_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    fault = RuntimeError("nobody thought of this")

    complain(fault)
    (folder / ".env").write_text("RAPPORTEUR_LOG_LEVEL=debug\n")

    assert "Set RAPPORTEUR_LOG_LEVEL=debug to see where." in capsys.readouterr().err
    with pytest.raises(RuntimeError, match="nobody thought of this"):
        complain(fault)
