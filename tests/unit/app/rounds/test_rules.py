"""Where the non-completion sits, in words that say no more than the counts do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rounds.rules import (
    GroupReturn,
    in_a_row,
    non_completion_in_words,
    share_in_words,
)

THEMATIC, AD_HOC, NONE = "thematic", "ad hoc", "not addressed"


def tell(*groups: tuple[str | None, int, int], is_open: bool = False) -> str:
    """Groups as (label, eligible, completed)."""
    return non_completion_in_words([GroupReturn(*group) for group in groups], is_open=is_open)


def test_non_completion_of_2007_sits_in_one_group() -> None:
    words = tell((THEMATIC, 6, 3), (AD_HOC, 3, 3), (NONE, 3, 3))

    assert words == (
        "All the non-completion sits in the group «thematic»: "
        "3 of 6 completed there, 6 of 6 elsewhere."
    )


def test_non_completion_of_one_is_called_one() -> None:
    assert tell((THEMATIC, 6, 5), (AD_HOC, 3, 3)) == (
        "The one questionnaire that was not completed is in the group «thematic»: "
        "5 of 6 completed there, 3 of 3 elsewhere."
    )


def test_non_completion_in_several_groups_is_listed() -> None:
    assert tell((THEMATIC, 6, 3), (AD_HOC, 3, 1), (NONE, 3, 3)) == (
        "Completion differs by group: 3 of 6 in the group «thematic», "
        "1 of 3 in the group «ad hoc» and 3 of 3 in the group «not addressed»."
    )


def test_non_completion_alike_in_every_group_is_no_difference() -> None:
    assert tell((THEMATIC, 6, 4), (AD_HOC, 3, 2)).startswith("The same share completed in every")


def test_non_completion_none_missing() -> None:
    assert tell((THEMATIC, 6, 6), (AD_HOC, 3, 3)) == (
        "Every eligible respondent completed the questionnaire; no group is missing."
    )


def test_non_completion_nothing_came_compares_nothing() -> None:
    assert tell((THEMATIC, 6, 0), (AD_HOC, 3, 0)) == (
        "No questionnaire was completed, so the groups cannot be compared."
    )


def test_non_completion_one_group_compares_nothing() -> None:
    assert tell((THEMATIC, 6, 3), (AD_HOC, 0, 0)) == (
        "All eligible respondents are in the group «thematic», so there is nothing to compare."
    )


def test_non_completion_uncoded_have_no_group() -> None:
    assert tell((None, 6, 3)) == (
        "No analyst has put a respondent into a group yet, so groups cannot be compared."
    )


def test_non_completion_uncoded_beside_a_group_are_counted_apart() -> None:
    assert tell((THEMATIC, 2, 2), (None, 4, 2)) == (
        "All the non-completion sits among those without a group yet: "
        "2 of 4 completed there, 2 of 2 elsewhere."
    )


def test_non_completion_open_round_has_no_bias_yet() -> None:
    assert tell((THEMATIC, 6, 3), (AD_HOC, 3, 3), is_open=True) == (
        "Completed so far: 3 of 6 in the group «thematic» and 3 of 3 in the group «ad hoc»."
    )


def test_non_completion_nobody_eligible() -> None:
    assert tell((THEMATIC, 0, 0)) == (
        "Nobody on the list is eligible, so there is nothing to compare."
    )


COUNTS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (max(pair), min(pair))),
    max_size=4,
)


@given(COUNTS, st.booleans())
def test_non_completion_is_one_sentence_of_true_counts(
    counts: list[tuple[int, int]], is_open: bool
) -> None:
    groups = [GroupReturn(f"g{at}", *count) for at, count in enumerate(counts)]
    asked = [group for group in groups if group.eligible]
    lacking = [group for group in asked if group.missing]

    words = non_completion_in_words(groups, is_open=is_open)

    assert words.endswith(".")
    assert words[0].isupper()
    for said, of in re.findall(r"(\d+) of (\d+)", words):
        assert int(said) <= int(of)
    if words.startswith("All the non-completion"):
        assert len(lacking) == 1
        assert lacking[0].missing > 1
        assert len(asked) > 1
        assert not is_open
    if words.startswith("The one questionnaire"):
        assert sum(group.missing for group in asked) == 1
    if words.startswith("Every eligible"):
        assert lacking == []
    if words.startswith(("Completion differs", "Completed so far", "The same share")):
        listed = [tuple(map(int, pair)) for pair in re.findall(r"(\d+) of (\d+)", words)]
        assert listed == [(group.completed, group.eligible) for group in asked]


@pytest.mark.parametrize(
    ("parts", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_in_a_row(parts: list[str], words: str) -> None:
    assert in_a_row(parts) == words


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [(9, 12, "9/12 = 75.0 %"), (11, 12, "11/12 = 91.7 %"), (1, 12, "1/12 = 8.3 %"), (0, 0, "0/0")],
)
def test_share_in_words(count: int, base: int, words: str) -> None:
    assert share_in_words(count, base) == words
