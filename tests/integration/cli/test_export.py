"""``rapporteur export`` writes a whole file or none, and the same one for the same moment."""

import hashlib
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.audit.queries import list_entries
from app.database import Database
from tests.integration.cli.conftest import Run

EXPORT = ("export", "annex-b", "--round", "gfmd-2007", "--output")
AS_OF = ("--as-of", "2007-07-09T00:00:00Z")


def test_export_writes_the_workbook_and_tells_its_checksum(
    rapporteur_2007: Run, folder: Path
) -> None:
    ran = rapporteur_2007(*EXPORT, "annex-b.xlsx", *AS_OF)

    content = (folder / "annex-b.xlsx").read_bytes()
    with ZipFile(folder / "annex-b.xlsx") as workbook:
        names = workbook.namelist()
    assert ran.code == 0
    assert "xl/workbook.xml" in names
    assert ran.lines[0].startswith("Wrote annex-b.xlsx: ")
    assert ran.lines[0].endswith(" of the round gfmd-2007 as of 2007-07-09 00:00:00 UTC.")
    digest = hashlib.sha256(content).hexdigest()
    assert ran.lines[1] == f"{len(content):,} bytes, sha256 {digest}"


def test_export_is_written_into_the_audit_log(
    rapporteur_2007: Run, folder: Path, database_url: str
) -> None:
    rapporteur_2007(*EXPORT, "annex-b.xlsx", *AS_OF)
    rapporteur_2007(*EXPORT, "nowhere/annex-b.xlsx", *AS_OF)

    database = Database(database_url)
    with database.read() as session:
        noted = [one for one in list_entries(session) if one.action.startswith("export.")]
    database.dispose()
    digest = hashlib.sha256((folder / "annex-b.xlsx").read_bytes()).hexdigest()
    assert [(one.actor, one.action, one.subject, one.details) for one in noted] == [
        (
            "command",
            "export.written",
            "round:gfmd-2007",
            {"exporter": "annex-b", "as_of": "2007-07-09T00:00:00+00:00", "sha256": digest},
        )
    ]


def test_export_of_the_same_moment_has_the_same_bytes(rapporteur_2007: Run, folder: Path) -> None:
    moments = ("2007-07-09T00:00:00Z", "2007-07-09", "2007-07-09T02:00:00+02:00")
    for number, moment in enumerate(moments):
        assert rapporteur_2007(*EXPORT, f"{number}.xlsx", "--as-of", moment).code == 0

    contents = {path.read_bytes() for path in folder.glob("*.xlsx")}
    assert len(list(folder.glob("*.xlsx"))) == 3
    assert len(contents) == 1


def test_export_without_a_moment_is_of_now(rapporteur_2007: Run, folder: Path) -> None:
    ran = rapporteur_2007(
        "export", "annex-b", "--round", "rcp-demo", "--output", str(folder / "now.xlsx")
    )

    assert ran.code == 0
    assert (folder / "now.xlsx").stat().st_size > 0


def test_export_replaces_an_older_file(rapporteur_2007: Run, folder: Path) -> None:
    (folder / "annex-b.xlsx").write_text("the one of last week")

    rapporteur_2007(*EXPORT, "annex-b.xlsx", *AS_OF)

    assert (folder / "annex-b.xlsx").read_bytes().startswith(b"PK")
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["annex-b.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("export", "annex-b", "--round", "nowhere", "--output", "a.xlsx"),
            "There is no round «nowhere». The rounds are: gfmd-2007, rcp-demo.",
        ),
        (
            ("export", "annex-z", "--round", "gfmd-2007", "--output", "a.xlsx"),
            "There is no export «annex-z». The exports are: annex-b",
        ),
        (
            (*EXPORT, "a.xlsx", "--as-of", "yesterday"),
            "--as-of [not-a-time] «yesterday» is not a day with a time.",
        ),
        ((*EXPORT, "a.xlsx", "--as-of", "2999-01-01"), "--as-of [as-of-in-future] The state asked"),
        (
            (*EXPORT, "a.xlsx", "--as-of", "0001-01-01T00:00:00+14:00"),
            "--as-of [year-out-of-range] The year 0001 is outside the calendar",
        ),
        (
            (*EXPORT, "a.xlsx", "--as-of", "2007-07-08"),
            "as_of [as-of-before-round] The round «gfmd-2007» is known of since 9 July 2007",
        ),
        ((*EXPORT, "nowhere/a.xlsx", *AS_OF), "nowhere: No such file or directory."),
        ((*EXPORT, ".", *AS_OF), ".: Is a directory."),
    ],
)
def test_export_that_cannot_be_made_says_why_and_leaves_nothing(
    rapporteur_2007: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    (folder / "a.xlsx").write_text("the one of last week")

    ran = rapporteur_2007(*arguments)

    assert ran.code == 1
    assert ran.complaints[-1].startswith(said)
    assert ran.out == ""
    assert (folder / "a.xlsx").read_text() == "the one of last week"
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["a.xlsx"]


def test_progress_off_a_terminal_is_a_line_for_each_step(rapporteur_2007: Run) -> None:
    ran = rapporteur_2007(*EXPORT, "annex-b.xlsx", *AS_OF)

    first, *steps = ran.complaints
    assert first == "Writing annex-b.xlsx …"
    assert len(steps) == len(set(steps)) > 1
    assert all(step.startswith("  ") and step.strip() for step in steps)


def test_file_that_cannot_be_made_is_called_what_it_was_asked_for_as(rapporteur_2007: Run) -> None:
    ran = rapporteur_2007(*EXPORT, "/proc/annex-b.xlsx", *AS_OF)

    assert ran.code == 1
    assert ran.complaints[-1].startswith("/proc/annex-b.xlsx: ")
