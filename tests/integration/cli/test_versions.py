"""``rapporteur questionnaire diff`` and ``publish``."""

from pathlib import Path

import pytest

from questionnaires.catalogue import DEFINITIONS
from tests.integration.cli.conftest import Run

RCP = DEFINITIONS / "rcp-migration-development" / "2007.yaml"
OLD = "rcp-migration-development@2007"
TINY = """\
settings:
  form_id: tiny
  version: "1"
  form_title: Tiny
survey:
  - name: only
    label: Only
    children:
      - name: size
        type: text
        code: "1"
        label: How large?
"""


FORM = """\
| survey |
| | type | name | label |
| | begin group | only | Only |
| | {kind} | size | How large? |
| | text | colour | Which colour? |
| | end group | | |
| settings |
| | form_id | version | form_title |
| | ports | 1 | Ports |
"""


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def newer(text: str = TINY) -> str:
    return text.replace('version: "1"', 'version: "2"')


def test_diff_names_each_question_that_changed_and_what_that_means(run: Run, folder: Path) -> None:
    text = RCP.read_text(encoding="utf-8").replace('version: "2007"', 'version: "2008"')
    text = text.replace("label: Short name or acronym", "label: Acronym")
    new = written(folder, "new.yaml", text)

    ran = run("questionnaire", "diff", OLD, new)

    assert ran.code == 0
    *changed, summary = ran.lines
    assert changed == [
        (
            "B1 rcp_acronym [relabelled] Worded differently; it was «Short name or acronym». "
            "Comparable if the meaning is the same: read both wordings."
        )
    ]
    assert summary.startswith("rcp-migration-development 2007 to rcp-migration-development 2008, ")
    assert summary.endswith(" the same, 0 with other translations alone, 1 changed.")


def test_diff_counts_translations_and_lists_them_on_request(run: Run) -> None:
    new = str(RCP.with_name("2026.yaml"))

    brief = run("questionnaire", "diff", OLD, new)
    full = run("questionnaire", "diff", OLD, new, "--all")

    assert not any("[translated]" in line for line in brief.lines)
    assert any("founding_event [split] Asked in parts now" in line for line in brief.lines)
    listed = sum("[translated]" in line for line in full.lines)
    assert listed > 0
    assert f" {listed} with other translations alone" in brief.lines[-1]


def test_diff_of_a_version_with_itself_can_list_everything(run: Run) -> None:
    ran = run("questionnaire", "diff", OLD, str(RCP), "--all")

    assert ran.code == 0
    assert len(ran.lines) > 40
    assert all("[same] Unchanged" in line for line in ran.lines[:-1])


def test_diff_fails_where_a_type_changed(run: Run, folder: Path) -> None:
    old = written(folder, "old.yaml", TINY)
    new = written(folder, "new.yaml", newer(TINY.replace("type: text", "type: integer")))

    ran = run("questionnaire", "diff", old, new)

    assert ran.code == 1
    assert "1 size [retyped: refused] Was «text» and is «integer» now." in ran.out


def test_diff_says_what_it_cannot_find(run: Run, folder: Path) -> None:
    old = written(folder, "old.yaml", TINY)

    assert "neither a file nor a version" in run("questionnaire", "diff", old, "tiny").err
    assert "nowhere.yaml: No such file" in run("questionnaire", "diff", old, "nowhere.yaml").err


def test_published_version_is_in_the_database_and_can_be_compared(
    rapporteur: Run, folder: Path
) -> None:
    first = written(folder, "first.yaml", TINY)
    second = written(folder, "second.yaml", newer(TINY.replace("How large?", "How big?")))

    published = rapporteur("questionnaire", "publish", first, "--notes", "The first one.")
    compared = rapporteur("questionnaire", "diff", "tiny@1", second)

    assert published.code == 0
    assert published.out.startswith("Published tiny 1, sha256 ")
    assert compared.code == 0
    assert "1 size [relabelled]" in compared.out


def test_what_may_not_be_published_is_refused_with_every_reason(
    rapporteur: Run, folder: Path
) -> None:
    first = written(folder, "first.yaml", TINY)
    retyped = written(folder, "next.yaml", newer(TINY.replace("type: text", "type: integer")))
    rapporteur("questionnaire", "publish", first, "--notes", "The first one.")

    again = rapporteur("questionnaire", "publish", first, "--notes", "Again.")
    other = rapporteur("questionnaire", "publish", retyped, "--notes", " ")

    assert again.code == 1
    assert "is published already, and never changes" in again.err
    assert other.code == 1
    assert "The notes are empty." in other.err
    assert "size has another type than in version 1" in other.err


def test_diff_says_in_which_of_two_files_a_fault_is(run: Run, folder: Path) -> None:
    old = written(folder, "old.yaml", TINY)
    new = written(folder, "new.yaml", newer(TINY.replace("type: text", "type: txet")))

    ran = run("questionnaire", "diff", old, new)

    assert ran.code == 1
    assert ran.complaints[0].startswith("new.yaml:10 survey/only/size [unknown-type]")


def test_form_short_of_a_question_is_not_published(rapporteur: Run, folder: Path) -> None:
    form = written(folder, "form.md", FORM.format(kind="barcode"))

    ran = rapporteur("questionnaire", "publish", form, "--notes", "New.")

    assert ran.code == 1
    assert ran.out == ""
    assert "form.md survey, row 4, column type [refused-type]" in ran.err


def test_what_may_not_be_published_is_told_at_its_cell(rapporteur: Run, folder: Path) -> None:
    form = written(folder, "form.md", FORM.format(kind="text"))

    first = rapporteur("questionnaire", "publish", form, "--notes", "New.")
    again = rapporteur("questionnaire", "publish", form, "--notes", "New.")

    assert (first.code, again.code) == (0, 1)
    assert again.err.startswith("settings, row 9, column version [version-published]")


def test_file_with_faults_is_not_published(rapporteur: Run, folder: Path) -> None:
    broken = written(folder, "broken.yaml", TINY.replace("type: text", "type: txet"))

    ran = rapporteur("questionnaire", "publish", broken, "--notes", "New.")

    assert ran.code == 1
    assert "[unknown-type]" in ran.err


@pytest.mark.parametrize(
    "command",
    [
        ("publish", "q/bad.yaml", "--notes", "New."),
        ("export", "q/bad.yaml", "--output", "form.xlsx"),
        ("diff", OLD, "q/bad.yaml"),
    ],
)
def test_fault_of_a_definition_is_told_with_its_file(
    run: Run, folder: Path, command: tuple[str, ...]
) -> None:
    (folder / "q").mkdir()
    written(folder, "q/bad.yaml", f"{TINY}        lable: Size\n")

    ran = run("questionnaire", *command)

    assert ran.code == 1
    assert ran.complaints[0].startswith("q/bad.yaml:13 survey/only/size [unknown-key] ")


def test_publish_keeps_the_pictures_that_lie_beside_the_file(rapporteur: Run, folder: Path) -> None:
    new = written(folder, "new.yaml", TINY + "        image: map.png\n")

    missing = rapporteur("questionnaire", "publish", new, "--notes", "First.")
    (folder / "media").mkdir()
    (folder / "media" / "map.png").write_bytes(b"<html>")
    false = rapporteur("questionnaire", "publish", new, "--notes", "First.")
    (folder / "media" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\nshape")
    there = rapporteur("questionnaire", "publish", new, "--notes", "First.")

    assert (missing.code, false.code, there.code) == (1, 1, 0)
    assert "put it into the folder «media» beside the file" in missing.err
    assert "its content is something else" in false.err
    assert there.lines[-1].startswith("Published tiny 1, sha256 ")
