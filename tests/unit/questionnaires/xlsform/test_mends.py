"""What an author of a workbook is told to do, in the words of a workbook."""

import re

import pytest

from questionnaires.loading import read_definition
from questionnaires.problems import Problem
from questionnaires.xlsform.mends import MENDS, in_sheets
from tests.unit.questionnaires.files import INVALID

YAML_ALONE = frozenset(
    {
        *("not-utf-8", "too-large", "empty-file", "not-yaml", "several-documents", "alias", "tag"),
        *("not-a-definition", "bad-key", "duplicate-key", "unknown-key"),
    }
)
"""Faults of the text of a file, which no cell can have."""
WORDS_OF_YAML = re.compile(
    r"«\w+:(?!:)|«children|«columns|indentation|a hyphen|YAML|mapping|: true"
)


def found() -> list[Problem]:
    """Every fault that the tiny definitions show."""
    paths = sorted(INVALID)
    return [
        problem
        for path in paths
        for problem in read_definition(
            path.read_text(encoding="utf-8", errors="replace"), source=path.name
        )[1]
        if problem.code not in YAML_ALONE
    ]


FOUND = found()


def test_no_mend_of_a_workbook_is_in_the_words_of_yaml() -> None:
    in_yaml = {
        (problem.code, in_sheets(problem))
        for problem in FOUND
        if WORDS_OF_YAML.search(in_sheets(problem))
    }

    assert in_yaml == set()


def test_every_fault_that_is_mended_otherwise_in_a_workbook_exists() -> None:
    assert {problem.code for problem in FOUND} >= set(MENDS)


@pytest.mark.parametrize("code", ["unknown-list", "unknown-dimension"])
def test_nearest_name_is_suggested_in_a_workbook_too(code: str) -> None:
    near = Problem(code=code, message="There is no such thing.", mend="Did you mean «ports»?")
    none = near.model_copy(update={"mend": "Add it under «choices:»."})

    assert in_sheets(near) == near.mend
    assert "sheet" in in_sheets(none)
