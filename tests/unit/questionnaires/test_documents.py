"""YAML is read as text, lists and mappings with lines; anything else of YAML is refused."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.documents import MAX_CHARACTERS, Items, Loader, Mapped, Scalar, read_tree
from tests.unit.questionnaires.files import INVALID, VALID


def test_scalar_is_text_whatever_yaml_would_make_of_it() -> None:
    tree, problems = read_tree("a: no\nb: 2007\nc: 2007-05-31\nd: 0x10\ne: ~\nf: 'null'\ng:\n")

    assert problems == []
    assert isinstance(tree, Mapped)
    said = {key: part.text for key, part in tree.entries.items() if isinstance(part, Scalar)}
    assert said == {
        "a": "no",
        "b": "2007",
        "c": "2007-05-31",
        "d": "0x10",
        "e": None,
        "f": "null",
        "g": None,
    }


def test_parts_remember_their_lines() -> None:
    tree, _ = read_tree("one: 1\n\nlist:\n  - a\n  - b: 2\n    c: 3\n")

    assert isinstance(tree, Mapped)
    assert (tree.line_of("one"), tree.line_of("list"), tree.line_of("other")) == (1, 3, 1)
    listed = tree.entries["list"]
    assert isinstance(listed, Items)
    assert [item.line for item in listed.items] == [4, 5]


def test_aliases_cannot_multiply() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]

    _, problems = read_tree("\n".join(lines))

    assert {problem.code for problem in problems} == {"alias"}


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.CSafeLoader])
def test_character_that_yaml_does_not_know_is_found_on_its_line(loader: Loader) -> None:
    _, (problem,) = read_tree("é: 1\n# é\na: b\x07c\n", loader=loader)

    assert (problem.code, problem.line) == ("not-yaml", 3)
    assert "U+0007" in problem.message
    assert "\n" not in problem.sentence()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-file"),
        ("# only a remark\n", "empty-file"),
        ("a" * (MAX_CHARACTERS + 1), "too-large"),
        ("[" * 60, "not-yaml"),
        ("a: [1, 2\n", "not-yaml"),
        ("a: 1\n\tb: 2\n", "not-yaml"),
        ("? [a, b]\n: c\n", "bad-key"),
        ("a: 1\na: 2\n", "duplicate-key"),
        ("a: 1\n---\nb: 2\n", "several-documents"),
        ("a: !!python/object/apply:os.system ['ls']\n", "tag"),
        ("a: \x07\n", "not-yaml"),
    ],
)
def test_what_is_not_a_plain_document_is_a_problem(text: str, code: str) -> None:
    _, problems = read_tree(text)

    assert [problem.code for problem in problems] == [code]
    assert problems[0].mend


@pytest.mark.parametrize("path", INVALID + VALID, ids=lambda path: path.stem)
def test_both_parsers_read_the_same(path: Path) -> None:
    text = path.read_text("utf-8")

    fast, fast_problems = read_tree(text, loader=yaml.CSafeLoader)
    slow, slow_problems = read_tree(text, loader=yaml.SafeLoader)

    assert fast == slow
    assert [(p.code, p.line) for p in fast_problems] == [(p.code, p.line) for p in slow_problems]


@given(st.text("abc: -\n[]{}&*!'\"#|>?,~", max_size=60))
def test_any_text_is_a_tree_or_a_problem(text: str) -> None:
    tree, problems = read_tree(text)

    assert (tree is not None) or problems
