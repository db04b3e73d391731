"""``rapporteur questionnaire`` lists what is here and every fault of a definition."""

import re
from pathlib import Path
from textwrap import dedent

from questionnaires.catalogue import DEFINITIONS
from tests.fixtures.forgery import forge_a_version
from tests.integration.cli.conftest import Run

GOOD = DEFINITIONS / "rcp-migration-development" / "2007.yaml"


def test_lint_of_a_sound_definition_finds_nothing(run: Run) -> None:
    ran = run("questionnaire", "lint", str(GOOD))

    assert ran.code == 0
    assert ran.lines == ["1 file: no errors, no warnings."]


def test_lint_names_file_line_place_and_mend_of_every_fault(run: Run, folder: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    types = list(re.finditer(r"type: (text|integer)\b", text))
    broken = text.replace("type: date", "type: dtae").replace("type: integer", "type: number")
    (folder / "broken.yaml").write_text(broken, encoding="utf-8")

    ran = run("questionnaire", "lint", "broken.yaml", str(GOOD))

    assert types
    assert ran.code == 1
    *faults, summary = ran.lines
    assert len(faults) >= 2
    assert all(re.match(r"broken\.yaml:\d+ .*\[[a-z-]+\] \S", fault) for fault in faults)
    assert summary == f"2 files: {len(faults)} errors, no warnings."


def test_lint_says_of_warnings_that_they_are_and_ends_well(run: Run, folder: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    odd = text.replace("appearance: multiline", "appearance: multilin", 1)
    (folder / "odd.yaml").write_text(odd, encoding="utf-8")

    ran = run("questionnaire", "lint", "odd.yaml")

    assert ran.code == 0
    warning, summary = ran.lines
    assert "[unknown-appearance, warning] There is no appearance «multilin»." in warning
    assert "Did you mean «multiline»?" in warning
    assert summary == "1 file: no errors, 1 warning."


def test_lint_says_where_a_picture_is_looked_for_that_is_not_there(run: Run, folder: Path) -> None:
    shown = """
    settings: {form_id: tiny, version: "1", form_title: Tiny}
    survey:
      - name: only
        label: Only
        children:
          - {name: size, type: text, label: How large?, code: "1", image: map.png}
    """
    (folder / "shown.yaml").write_text(dedent(shown), encoding="utf-8")

    missing = run("questionnaire", "lint", "shown.yaml")
    (folder / "media").mkdir()
    (folder / "media" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    there = run("questionnaire", "lint", "shown.yaml")

    assert missing.code == 0
    warning, _ = missing.lines
    assert "survey/only/size/image [picture-missing, warning]" in warning
    assert "shows the picture map.png, which is not there. Put it into the folder media" in warning
    assert there.lines == ["1 file: no errors, no warnings."]


def test_lint_of_a_file_that_cannot_be_read_goes_on(run: Run, folder: Path) -> None:
    (folder / "latin.yaml").write_bytes("title: Ministère".encode("latin-1"))

    ran = run("questionnaire", "lint", "nowhere.yaml", "latin.yaml", str(folder), str(GOOD))

    assert ran.code == 1
    faults = {
        "nowhere.yaml": "No such file or directory",
        "latin.yaml": "byte 14 is not UTF-8",
        str(folder): "Is a directory",
    }
    mend = "Give the path of a YAML file in UTF-8, or of an XLSForm."
    assert ran.lines == [
        *(
            f"{file} [unreadable-file] The file cannot be read: {reason}. {mend}"
            for file, reason in faults.items()
        ),
        "4 files: 3 errors, no warnings.",
    ]


def test_list_names_every_file_where_there_is_no_database(run: Run, folder: Path) -> None:
    ran = run("questionnaire", "list")

    files = sorted(DEFINITIONS.glob("*/*.yaml"))
    assert ran.code == 0
    assert [line.split(":")[0] for line in ran.lines[:-1]] == [
        f"{file.parent.name} {file.stem}" for file in files
    ]
    assert "34 questions" in ran.out
    assert ran.lines[-1].startswith("The database was not looked at: ")
    assert list(folder.iterdir()) == []


def test_list_names_the_versions_of_the_database_and_finds_a_changed_one(
    rapporteur_2007: Run, database_url: str
) -> None:
    before = rapporteur_2007("questionnaire", "list")
    forge_a_version(database_url)
    after = rapporteur_2007("questionnaire", "list")

    assert (before.code, before.err) == (0, "")
    assert before.lines[-1].startswith("In the database: rcp-migration-development 2007 (sha256 ")
    assert after.code == 1
    assert after.lines == before.lines
    assert "Version 2007 of the questionnaire" in after.err
    assert "is not what was published" in after.err
