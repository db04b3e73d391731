"""The canonical YAML: read back it is the same definition, and written again the same text."""

from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from questionnaires.documents import Mapped, Scalar, read_tree
from questionnaires.loading import load_definition, read_definition
from questionnaires.models import Definition
from questionnaires.problems import Severity
from questionnaires.writing import to_yaml
from questionnaires.yaml_text import WIDTH, written
from tests.unit.questionnaires.files import SHIPPED, VALID
from tests.unit.questionnaires.generated import HAZARDS, definitions

load = cache(load_definition)
anything = st.sampled_from(HAZARDS) | st.text(st.characters(exclude_categories=["Cs"]))


def read_back(text: str) -> Definition:
    definition, problems = read_definition(text, source="written")
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert errors == []
    assert definition is not None
    return definition


@pytest.mark.parametrize("path", [*VALID, *SHIPPED], ids=lambda path: path.stem)
def test_yaml_of_a_definition_in_the_tree_gives_it_back(path: Path) -> None:
    definition = load(path)

    text = to_yaml(definition)

    assert read_back(text) == definition
    assert to_yaml(read_back(text)) == text


@settings(max_examples=10)
@given(definitions())
def test_yaml_of_any_definition_gives_it_back(definition: Definition) -> None:
    text = to_yaml(definition)

    assert read_back(text) == definition
    assert to_yaml(read_back(text)) == text


@given(anything, st.sampled_from([2, 14]))
@example("word " * 40 + "end", 6)
def test_any_text_is_read_back_by_two_readers(text: str, depth: int) -> None:
    head = " " * (depth - 2) + "key: "
    line = head + written(text, depth=depth, used=len(head)) + "\n"

    tree, problems = read_tree(line)

    assert problems == []
    assert isinstance(tree, Mapped)
    value = tree.entries["key"]
    assert isinstance(value, Scalar)
    assert value.text == text
    assert yaml.load(line, Loader=yaml.SafeLoader) == {"key": text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which size?", "Which size?"),
        ("${a} = 'x'", "${a} = 'x'"),
        ("no", '"no"'),
        ("2007", '"2007"'),
        ("a: b", '"a: b"'),
        ('say "so"', 'say "so"'),
        ('"so"', "'\"so\"'"),
        ("", '""'),
        ("one\ntwo", "|-\n  one\n  two"),
        ("\u2028", '"\\u2028"'),
    ],
)
def test_text_is_written_in_the_way_that_its_letters_call_for(text: str, expected: str) -> None:
    assert written(text, depth=2, used=5) == expected


def test_long_text_is_broken_at_the_width() -> None:
    lines = written("word " * 60 + "end", depth=4, used=10).splitlines()

    assert lines[0] == ">-"
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) > 3


def test_keys_stand_in_the_order_of_the_models_and_defaults_are_left_out() -> None:
    text = """\
survey:
  - label: {en: A section}
    name: section_a
    children:
      - code: A1
        required: false
        label: {en: How large is it?}
        type: integer
        name: size
settings:
  languages: [en]
  form_title: A tiny form
  version: "1"
  form_id: tiny
"""

    assert (
        to_yaml(read_back(text))
        == """\
settings:
  form_id: tiny
  version: "1"
  form_title: A tiny form

survey:
  - name: section_a
    label: A section
    children:
      - name: size
        type: integer
        label: How large is it?
        code: A1
"""
    )
