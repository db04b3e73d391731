"""Definitions are read from files, or refused with all that is wrong with them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.loading import DefinitionInvalid, load_definition, read_definition
from questionnaires.models import Definition, Group, QuestionType
from questionnaires.problems import Severity
from questionnaires.writing import to_yaml
from tests.unit.questionnaires.files import RCP_2007, invalid, valid


def test_text_is_in_the_default_language_unless_it_says_otherwise(every_kind: Definition) -> None:
    assert every_kind.by_name["words"].label == {"en": "Words", "ar": "كلمات"}

    text = valid("smallest").read_text("utf-8")
    french, problems = read_definition(
        text.replace("  version:", "  default_language: fr\n  languages: [fr]\n  version:"),
        source="x.yaml",
    )

    assert problems == []
    assert french is not None
    assert french.by_name["size"].label == {"fr": "How large is it?"}


def test_type_and_list_are_taken_apart(every_kind: Definition) -> None:
    question = every_kind.by_name["ranked"]

    assert (question.type, question.list_name) == (QuestionType.RANK, "colour")
    assert question.parameters == {"top": "2"}


def test_version_and_names_stay_text(nested: Definition) -> None:
    assert nested.version == "2.10"
    assert [choice.name for choice in nested.choices["yes_no"]] == ["yes", "no"]


def test_groups_stay_nested(nested: Definition) -> None:
    paths = {name: [group.name for group in path] for name, path in nested.ancestors.items()}

    assert paths["together"] == ["details", "outer", "inner"]
    assert isinstance(nested.section("details").children[0], Group)
    assert nested.dimensions_of("together") == ("D2", "D2")
    assert nested.dimensions_of("often") == ("D1", "D2")


def test_file_with_faults_raises_all_of_them_with_lines() -> None:
    path = invalid("several_faults")

    with pytest.raises(DefinitionInvalid) as raised:
        load_definition(path)

    assert len(raised.value.problems) == 6
    assert f"{path}:14 survey/section_a/reason [unknown-type]" in str(raised.value)
    assert "Did you mean «text»?" in str(raised.value)


@pytest.mark.parametrize(
    ("settings_of_it", "found"),
    [
        ("", {"missing-key"}),
        ("settings: none", {"missing-key"}),
        ('settings: {version: "1", form_title: Tiny}', {"missing-key"}),
        ("settings: {form_id: A b, version: first draft, form_title: [a]}", {"bad-value"}),
        # Nobody can tell which languages there are: nothing is said of them.
        ("settings: {form_id: a, version: '1', form_title: T, languages: {en: fr}}", {"bad-value"}),
    ],
)
def test_faults_of_settings_hide_no_others(settings_of_it: str, found: set[str]) -> None:
    survey = invalid("type_clash").read_text("utf-8").partition("survey:")[2]
    alone = read_definition(invalid("type_clash").read_text("utf-8"), source="form.yaml")[1]

    definition, problems = read_definition(f"{settings_of_it}\nsurvey:{survey}", source="form.yaml")

    assert definition is None
    assert {problem.code for problem in problems} == found | {problem.code for problem in alone}


def test_trigger_is_written_with_or_without_braces() -> None:
    text = valid("default_expression").read_text("utf-8")
    braced = text.replace("trigger: country", "trigger: ${country}")
    assert braced != text

    definition, problems = read_definition(braced, source="form.yaml")

    assert problems == []
    assert definition == load_definition(valid("default_expression"))
    assert to_yaml(definition).count("trigger: country\n") == 1


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("required", "perhaps", "neither true nor false"),
        ("max_rows", "many", "no whole number"),
        ("replaces", "other", "a list is needed"),
        ("parameters", "fast", "a mapping is needed"),
        ("code", "[1, 2]", "a list or a mapping, and should be text"),
    ],
)
def test_refused_value_is_told_in_plain_words(key: str, value: str, why: str) -> None:
    text = valid("smallest").read_text("utf-8").rstrip() + f"\n        {key}: {value}\n"
    text = text.replace("        code: A1\n", "") if key == "code" else text

    _, problems = read_definition(text, source="form.yaml")

    assert any(why in problem.message for problem in problems), problems


def test_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"settings:\n  form_title: Gr\xf6\xdfe\n")

    with pytest.raises(DefinitionInvalid) as raised:
        load_definition(path)

    assert [(p.code, p.line) for p in raised.value.problems] == [("not-utf-8", 2)]


@pytest.mark.parametrize("text", ["just text", "- a list\n- of things\n"])
def test_file_that_holds_something_else_is_refused(text: str) -> None:
    definition, problems = read_definition(text, source="notes.yaml")

    assert definition is None
    assert [problem.code for problem in problems] == ["not-a-definition"]
    assert "notes.yaml" in problems[0].message


LINES = RCP_2007.read_text("utf-8").splitlines(keepends=True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_definition_is_read_or_refused_but_never_breaks(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(LINES) - 1))
    damage = data.draw(
        st.sampled_from(["", "\n", "  - x\n", "x: [\n", "relevant: ${gone} = 1\n", "\t\n", "*a\n"])
    )
    damaged = "".join([*LINES[:at], damage, *LINES[at + 1 :]])

    definition, problems = read_definition(damaged, source="damaged.yaml")

    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert (definition is None) is bool(errors)
    assert all(problem.message and problem.code for problem in problems)


def test_group_without_a_number_holds_numbered_questions_together() -> None:
    definition = load_definition(valid("plain_group"))

    assert [(item.code, item.section, item.core) for item in definition.items] == [
        ("A1", "section_a", False),
        ("A2", "section_a", True),
        ("A3", "section_a", False),
    ]
    assert definition.item_of["height"].questions == (definition.by_name["height"],)


def test_section_or_column_that_is_not_there_is_a_key_error(every_kind: Definition) -> None:
    with pytest.raises(KeyError):
        every_kind.section("section_z")
    with pytest.raises(KeyError):
        every_kind.by_name["places"].column("country")
