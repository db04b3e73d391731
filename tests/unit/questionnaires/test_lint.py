"""Each broken definition under tests/definitions/invalid says in comments what is to be found."""

import re
from pathlib import Path

import pytest

from questionnaires.lint import lint
from questionnaires.lint.codes import CHAPTERS, FAULTS, table
from questionnaires.loading import load_definition, read_definition
from questionnaires.models import Definition, Settings
from questionnaires.problems import Severity
from tests.unit.questionnaires.files import INVALID, LINT, RCP_2007, VALID, invalid, valid

EXPECTED = re.compile(r"# (?P<code>[a-z0-9-]+): (?P<mend>.+?)(?= # [a-z0-9-]+: |$)")
"""One for each fault of the line."""


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_definition_has_exactly_the_faults_its_comments_name(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = [
        (number, match["code"], match["mend"])
        for number, line in enumerate(text.splitlines(), start=1)
        for match in EXPECTED.finditer(line)
    ]

    definition, problems = read_definition(text, source=path.name)

    assert expected
    found = [(problem.line, problem.code) for problem in problems]
    assert found == [(line, code) for line, code, _ in expected]
    for problem, (_, code, mend) in zip(problems, expected, strict=True):
        assert mend in problem.mend
        assert problem.message
        assert problem.severity is FAULTS[code].severity
    is_refused = any(FAULTS[code].severity is Severity.ERROR for _, code, _ in expected)
    assert (definition is None) is is_refused


def test_invalid_definitions_show_every_fault() -> None:
    shown = {
        match["code"]
        for path in INVALID
        for line in path.read_text("utf-8").splitlines()
        for match in EXPECTED.finditer(line)
    }

    # A file of two million characters, and one that is no text, are made where they are tested.
    assert FAULTS.keys() - shown == {"too-large", "not-utf-8"}
    assert shown <= FAULTS.keys()


def test_every_code_in_use_is_one_that_is_told_of() -> None:
    readers = [LINT.parent / f"{name}.py" for name in ("documents", "faults", "reading", "loading")]
    used = {
        code
        for source in (*LINT.glob("*.py"), *readers)
        for code in re.findall(
            r'(?:\.add\(|_refuse\(|yield|code=)[\s(]*(?:event,\s*)?"([a-z0-9]+(?:-[a-z0-9]+)+)"',
            source.read_text("utf-8"),
        )
    }

    assert len(used) > 80
    assert used <= FAULTS.keys()


def test_readme_lists_every_fault() -> None:
    readme = (LINT / "README.md").read_text("utf-8")

    for chapter in CHAPTERS:
        assert f"## {chapter.title}\n\n" + "\n".join(table(chapter)) + "\n" in readme
    assert len(FAULTS) == sum(len(chapter.faults) for chapter in CHAPTERS)


def test_there_are_many_small_definitions() -> None:
    assert len(INVALID) >= 60
    assert len(VALID) >= 40


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_definition_has_no_faults(path: Path) -> None:
    definition, problems = read_definition(path.read_text("utf-8"), source=path.name)

    assert problems == []
    assert definition is not None


LONG_TABLE = """
      - name: places
        type: repeat
        label: Places
        code: A2
        max_rows: 9999
        columns:
          - name: town
            type: text
            label: Town
"""
CALCULATING_PANEL = """
panel:
  name: submission
  label: Submission
  children:
    - name: total
      type: calculate
      calculation: 1 + 1
"""


def _with(body: str) -> list[str]:
    """Codes of what is wrong with a tiny form with this addition."""
    smallest = valid("smallest").read_text("utf-8")
    _, problems = read_definition(smallest + body, source="tiny.yaml")
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("        relevant: 1 = 1\n", "always-asked"),
        ("        constraint: . > 1\n", "no-constraint-message"),
        ("choices:\n  colour:\n    - name: red\n      label: Red\n", "unused-list"),
    ],
)
def test_warning_does_not_refuse_the_definition(body: str, code: str) -> None:
    smallest = valid("smallest").read_text("utf-8")

    definition, problems = read_definition(smallest + body, source="tiny.yaml")

    assert definition is not None
    assert [(problem.code, problem.severity) for problem in problems] == [(code, Severity.WARNING)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("        max_rows: 3\n", "columns-without-table"),
        ("        choice_filter: name = 'x'\n", "list-without-choice"),
        ("dimensions:\n" + 2 * "  - name: D1\n    label: One\n", "duplicate-dimension"),
        (LONG_TABLE, "bad-max-rows"),
        (CALCULATING_PANEL, "calculation-in-panel"),
    ],
)
def test_further_faults_are_found(body: str, code: str) -> None:
    assert _with(body) == [code]


def test_missing_translation_is_a_warning_at_the_text() -> None:
    text = valid("every_kind").read_text("utf-8")

    definition, problems = read_definition(
        text.replace("label: {en: Words, ar: كلمات}", "label: Words"), source="x.yaml"
    )

    assert definition is not None
    assert [(problem.code, problem.place) for problem in problems] == [
        ("no-translation", "survey/section_a/words")
    ]


def test_definition_that_was_built_in_code_is_linted_without_lines() -> None:
    settings = Settings(
        form_id="tiny", version="1", form_title={"fr": "Titre"}, default_language="fr"
    )

    problems = lint(Definition(settings=settings, survey=()))

    assert [problem.code for problem in problems] == [
        "no-sections",
        "default-language",
        "no-translation",
    ]
    assert {problem.line for problem in problems} == {None}


def test_every_fault_is_found_in_one_pass() -> None:
    path = invalid("several_faults")

    _, problems = read_definition(path.read_text("utf-8"), source=path.name)

    assert len(problems) == 6
    assert [problem.line for problem in problems] == sorted(
        problem.line or 0 for problem in problems
    )


def test_question_of_an_unknown_type_is_not_taken_for_text() -> None:
    smallest = valid("smallest").read_text("utf-8").replace("integer", "intger")

    _, problems = read_definition(
        smallest + "        constraint: . > 3\n        constraint_message: More than 3.\n",
        source="x.yaml",
    )

    assert [problem.code for problem in problems] == ["unknown-type"]


def test_shipped_questionnaire_has_neither_faults_nor_warnings() -> None:
    _, problems = read_definition(RCP_2007.read_text("utf-8"), source=RCP_2007.name)

    assert problems == []
    assert load_definition(RCP_2007).version == "2007"


def test_advice_on_hundreds_of_wrong_names_is_short() -> None:
    wrong = "".join(
        f"      - name: note_{letter}{other}\n"
        f"        type: note\n"
        f"        label: Note {letter}{other}\n"
        f"        relevant: ${{siz}} > 3\n"
        for letter in "abcdefgh"
        for other in "abcdefgh"
    )

    _, problems = read_definition(valid("smallest").read_text("utf-8") + wrong, source="x.yaml")

    mends = [problem.mend for problem in problems]
    assert {problem.code for problem in problems} == {"unknown-reference"}
    assert mends[0] == "Did you mean «size»?"
    assert mends[-1] == "Use the name of a question of this form."
    assert len(mends) == 64
