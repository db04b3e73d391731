"""``rapporteur questionnaire import`` and ``export``."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from questionnaires.catalogue import DEFINITIONS
from questionnaires.loading import load_definition
from questionnaires.writing import to_yaml
from tests.integration.cli.conftest import Run

GOOD = DEFINITIONS / "rcp-migration-development" / "2007.yaml"
FORM = """\
| survey |
| | type    | name | label      | required   | remark |
| | integer | size | How large? | {required} |        |
| | {other} | code | Scan       |            | ask it |
| settings |
| | form_id | version | form_title | default_language |
| | ports   | 1       | Ports      | en               |
"""


def written(folder: Path, required: str = "yes", other: str = "text") -> Path:
    path = folder / "form.md"
    path.write_text(FORM.format(required=required, other=other), encoding="utf-8")
    return path


def test_export_and_import_give_the_definition_back_byte_for_byte(run: Run, folder: Path) -> None:
    exported = run("questionnaire", "export", str(GOOD), "--output", "form.xlsx")
    imported = run("questionnaire", "import", "form.xlsx", "--output", "form.yaml")

    assert (exported.code, imported.code) == (0, 0)
    assert len(exported.lines) == 1
    title = "Regional Consultative Processes, migration and development"
    assert imported.lines[-2:] == [
        f"Wrote form.yaml: {title}, version 2007, 34 questions.",
        "no parts of the form not kept, no warnings.",
    ]
    assert (folder / "form.yaml").read_text(encoding="utf-8") == to_yaml(load_definition(GOOD))


def test_import_lists_what_is_not_kept_and_writes_the_rest(run: Run, folder: Path) -> None:
    written(folder)

    ran = run("questionnaire", "import", "form.md", "--output", "form.yaml")

    assert ran.code == 0
    lost = [line for line in ran.lines if "survey, row 4" in line]
    assert [line.partition(" [")[0] for line in lost] == ["form.md survey, row 4, column remark"]
    assert ran.lines[-1] == "1 part of the form not kept, 2 warnings."
    assert load_definition(folder / "form.yaml").by_name["size"].required


def test_form_short_of_a_question_is_not_written(run: Run, folder: Path) -> None:
    written(folder, other="barcode")

    ran = run("questionnaire", "import", "form.md", "--output", "form.yaml")

    assert ran.code == 1
    assert any("survey, row 4, column type [refused-type]" in line for line in ran.lines)
    assert not (folder / "form.yaml").exists()


def test_definition_is_exported_as_the_same_bytes_at_all_times(run: Run, folder: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        assert run("questionnaire", "export", str(GOOD), "--output", name).code == 0

    assert (folder / "one.xlsx").read_bytes() == (folder / "two.xlsx").read_bytes()
    created = load_workbook(folder / "one.xlsx").properties.created
    assert created is not None
    assert created.year == 2007


def test_import_with_faults_lists_them_and_writes_nothing(run: Run, folder: Path) -> None:
    written(folder, required="perhaps")

    ran = run("questionnaire", "import", "form.md", "--output", "form.yaml")

    assert ran.code == 1
    assert any(line.startswith("form.md survey, row 3, column required [") for line in ran.lines)
    assert ran.lines[-1].startswith("form.md has faults, so nothing was written.")
    assert not (folder / "form.yaml").exists()


@pytest.mark.parametrize(
    ("command", "source", "output"),
    [("import", "form.md", "out.yaml"), ("export", str(GOOD), "out.xlsx")],
)
def test_file_that_is_there_is_replaced_only_when_told(
    run: Run, folder: Path, command: str, source: str, output: str
) -> None:
    written(folder)
    (folder / output).write_text("mine")

    refused = run("questionnaire", command, source, "--output", output)
    left = (folder / output).read_bytes()
    forced = run("questionnaire", command, source, "--output", output, "--force")

    assert refused.code == 1
    said = f"{output} is there already, and was left as it is."
    assert refused.complaints == [f"{said} Give another name, or --force to replace it."]
    assert left == b"mine"
    assert forced.code == 0
    assert (folder / output).read_bytes() != b"mine"
    assert not list(folder.glob(".*.partial"))


def test_export_of_a_broken_definition_lists_its_faults(run: Run, folder: Path) -> None:
    (folder / "broken.yaml").write_text(
        GOOD.read_text(encoding="utf-8").replace("type: date", "type: dtae"), encoding="utf-8"
    )

    ran = run("questionnaire", "export", "broken.yaml", "--output", "form.xlsx")

    assert ran.code == 1
    assert "[unknown-type]" in ran.err
    assert not (folder / "form.xlsx").exists()


def test_export_of_what_no_cell_holds_is_refused(run: Run, folder: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    long = text.replace("form_title: Regional", f"form_title: {'very ' * 8_000}Regional")
    (folder / "long.yaml").write_text(long, encoding="utf-8")

    ran = run("questionnaire", "export", "long.yaml", "--output", "form.xlsx")

    assert ran.code == 1
    assert "[cell-too-long] settings, row 2, column form_title" in ran.err
    assert not (folder / "form.xlsx").exists()


def test_export_tells_what_other_tools_refuse(run: Run, folder: Path) -> None:
    text = (
        "settings: {form_id: a, version: '1', form_title: A}\n"
        "survey:\n- {name: s, label: S, children: [{name: meta, type: text, label: M, code: A1}]}\n"
    )
    (folder / "form.yaml").write_text(text, encoding="utf-8")

    ran = run("questionnaire", "export", "form.yaml", "--output", "form.xlsx")

    assert ran.code == 0
    assert "Other XLSForm tools may not take it" in ran.out
    assert "'meta' is reserved" in ran.out


def test_lint_counts_what_is_not_kept_apart(run: Run, folder: Path) -> None:
    written(folder)

    ran = run("questionnaire", "lint", "form.md")

    assert ran.code == 0
    assert ran.lines[-1] == "1 file: no errors, 2 warnings, 1 part of the form not kept."


def test_lint_reads_forms_too(run: Run, folder: Path) -> None:
    written(folder, other="barcode")
    (folder / "bomb.xlsx").write_bytes(b"PK\x03\x04 no zip")

    ran = run("questionnaire", "lint", "form.md", "bomb.xlsx", "nowhere.xlsx", str(GOOD))

    assert ran.code == 1
    assert any(
        line.startswith("form.md survey, row 4, column type [refused-type]") for line in ran.lines
    )
    assert any(line.startswith("bomb.xlsx [not-a-workbook]") for line in ran.lines)
    assert any(line.startswith("nowhere.xlsx [unreadable-file]") for line in ran.lines)
    assert ran.lines[-1].startswith("4 files: 3 errors, ")


def test_import_of_a_file_that_is_not_there_says_so(run: Run) -> None:
    ran = run("questionnaire", "import", "nowhere.xlsx", "--output", "form.yaml")

    assert ran.code == 1
    assert ran.complaints == ["nowhere.xlsx: No such file or directory."]
