"""``rapporteur questionnaire translate`` sends a form to a translator and takes it back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from questionnaires.loading import load_definition
from questionnaires.writing import to_yaml
from tests.integration.cli.conftest import Run

FERRIES = """
settings: {form_id: ferries, version: "1", form_title: Ferries, languages: [en]}
survey:
  - name: section_a
    label: Traffic
    children:
      - {name: traffic, type: integer, label: How many boats in 2026?, code: A1}
"""
SUMMARY = (
    "Wrote {}: 3 texts to be translated from English into French, of which {} are translated "
    "already."
)


@pytest.fixture
def form(folder: Path) -> Path:
    form = folder / "ferries.yaml"
    form.write_text(FERRIES, encoding="utf-8")
    return form


def fill(workbook: Path, **texts: str) -> None:
    """Write translations beside the ids, whose points are written as underscores."""
    book = load_workbook(workbook)
    for row in book["Translation"].iter_rows(min_row=2):
        said = texts.get(str(row[5].value).replace(".", "_"))
        if said is not None:
            row[2].value = said
    book.save(workbook)


def test_form_goes_out_and_comes_back_translated(run: Run, folder: Path, form: Path) -> None:
    out = run(
        "questionnaire", "translate", "ferries.yaml", "--language", "fr", "--output", "f.xlsx"
    )
    fill(
        folder / "f.xlsx",
        settings_form_title="Traversiers",
        section_a_label="Trafic",
        traffic_label="Combien de bateaux en 2026 ?",
    )

    back = run(
        "questionnaire", "translate", "ferries.yaml", "--from", "f.xlsx", "--output", "2.yaml"
    )

    assert (out.code, out.lines) == (0, [SUMMARY.format("f.xlsx", 0)])
    assert back.code == 0
    (line,) = back.lines
    assert line.startswith("Wrote 2.yaml: 3 texts in French are new or other than before, 0 as ")
    assert line.endswith("before, no faults; now 3 of 3 are translated.")
    translated = load_definition(folder / "2.yaml")
    assert translated.settings.languages == ("en", "fr")
    assert translated.by_name["traffic"].label["fr"] == "Combien de bateaux en 2026 ?"
    assert (folder / "2.yaml").read_text(encoding="utf-8") == to_yaml(translated)


def test_faults_are_listed_and_all_else_is_written(run: Run, folder: Path, form: Path) -> None:
    run("questionnaire", "translate", "ferries.yaml", "--language", "fr", "--output", "f.xlsx")
    fill(folder / "f.xlsx", section_a_label="Trafic", traffic_label="Combien de bateaux ?")

    back = run(
        "questionnaire", "translate", "ferries.yaml", "--from", "f.xlsx", "--output", "ferries.yaml"
    )

    assert back.code == 1
    fault, summary = back.lines
    assert fault.startswith("f.xlsx Translation, row 4, column C [number-mismatch] The numbers")
    assert summary.startswith("Wrote ferries.yaml: 1 text in French is new")
    assert "1 fault;" in summary
    translated = load_definition(form)
    assert translated.section("section_a").label["fr"] == "Trafic"
    assert "fr" not in translated.by_name["traffic"].label


def test_file_that_is_no_translation_writes_nothing(run: Run, folder: Path, form: Path) -> None:
    (folder / "letter.xlsx").write_text("Dear colleague")

    back = run(
        "questionnaire", "translate", "ferries.yaml", "--from", "letter.xlsx", "--output", "2"
    )

    assert back.code == 1
    assert back.lines[0].startswith("letter.xlsx [not-a-workbook]")
    assert back.lines[1:] == ["Nothing was taken from letter.xlsx, and nothing is written."]
    assert not (folder / "2").exists()


def test_without_options_it_says_how_complete_each_language_is(
    run: Run, folder: Path, form: Path
) -> None:
    text = FERRIES.replace("languages: [en]", "languages: [en, fr, ar]").replace(
        "label: Traffic", "label: {en: Traffic, fr: <i>Trafic</i>}"
    )
    form.write_text(text, encoding="utf-8")

    ran = run("questionnaire", "translate", "ferries.yaml")

    assert ran.code == 0
    assert ran.lines[:4] == [
        "ferries 1, written in English.",
        "French (fr): 1 of 3 texts.",
        "  settings.form_title: not translated.",
        "  traffic.label: not translated.",
    ]
    assert ran.lines[4].startswith("  section_a.label [markup] There is markup")
    assert ran.lines[5] == "Arabic (ar): 0 of 3 texts."


def test_texts_that_have_changed_since_an_earlier_version_are_marked(
    run: Run, folder: Path, form: Path
) -> None:
    old = FERRIES.replace("label: Traffic", "label: {en: Trafic, fr: Trafic}")
    new = FERRIES.replace("label: Traffic", "label: {en: Traffic, fr: Trafic}")
    for name, text in (("old.yaml", old), ("ferries.yaml", new)):
        in_both = text.replace("languages: [en]", "languages: [en, fr]")
        (folder / name).write_text(in_both, encoding="utf-8")

    ran = run("questionnaire", "translate", "ferries.yaml", "--since", "old.yaml")

    assert "  section_a.label: the source has changed since it was translated." in ran.lines


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--language", "en", "--output", "f.xlsx"], "The form is written in English."),
        (["--language", "français", "--output", "f.xlsx"], "is not the tag of a language"),
        (["--language", "xx-klingon", "--output", "f.xlsx"], "is not the tag of a language"),
        (["--language", "fr"], "These options do not go together."),
        (["--language", "fr", "--from", "f.xlsx", "--output", "x"], "do not go together"),
        (["--from", "nowhere.xlsx", "--output", "x"], "nowhere.xlsx: No such file"),
        (["--language", "fr", "--output", "nowhere/f.xlsx"], "nowhere: No such file"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    run: Run, form: Path, arguments: list[str], complaint: str
) -> None:
    ran = run("questionnaire", "translate", "ferries.yaml", *arguments)

    assert ran.code == 1
    assert len(ran.complaints) == 1
    assert complaint in ran.complaints[0]
