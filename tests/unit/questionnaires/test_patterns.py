"""Patterns mean what Python's ``re`` means by them, and always finish."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.pattern_syntax import PatternInvalid, compile_pattern
from questionnaires.patterns import MAX_LENGTH

atoms = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[a-c]", r"\d", r"\w", r"\s", "1", r"\."])
quantifiers = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "{0,2}", "{1,}", "*?"])


def _extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("|".join),
        st.tuples(inner, quantifiers).map(lambda parts: f"({parts[0]}){parts[1]}"),
        st.tuples(inner, quantifiers).map(lambda parts: f"(?:{parts[0]}){parts[1]}"),
        inner.map(lambda part: f"^{part}$"),
    )


patterns = st.recursive(st.tuples(atoms, quantifiers).map("".join), _extend, max_leaves=6)


@given(patterns, st.text("abc1. \n", max_size=6))
def test_pattern_matches_what_re_matches(pattern: str, text: str) -> None:
    # In Python «$» also matches before a last line feed; here only the end is the end.
    expected = re.fullmatch(pattern.replace("$", r"\Z"), text) is not None

    assert compile_pattern(pattern).matches(text) is expected


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(a*)*b", "(.*a){20}", "(a?){50}a{50}"])
def test_pattern_that_makes_others_hang_finishes(pattern: str) -> None:
    began = time.process_time()

    assert not compile_pattern(pattern).matches("a" * 40 + "!")

    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", ")", "(a", "a)", "[a", "[", "*", "a**", "a{2", "a{3,2}", "a{1000}", "\\", "{2}"),
        *(r"(a)\1", "(?=a)", "(?<!a)", "(?P<x>a)", r"\b", r"\q", "[z-a]", "((a{99}){99}){99}"),
        "(" * 60 + ")" * 60,
    ],
)
def test_pattern_that_cannot_be_used_is_refused_with_a_reason(pattern: str) -> None:
    with pytest.raises(PatternInvalid, match="It "):
        compile_pattern(pattern)


def test_overlong_text_matches_no_pattern() -> None:
    assert compile_pattern("a*").matches("a" * MAX_LENGTH)
    assert not compile_pattern("a*").matches("a" * (MAX_LENGTH + 1))


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("[]a]+", "]a", True),
        ("[a-]+", "a-", True),
        (r"[\]\d]+", "]7", True),
        (r"[A-\]]", "_", False),
        (r"[+-\]]", "A", True),
        (r"\n", "\n", True),
        (r"[\t]", "\t", True),
        ("", "", True),
        ("a||b", "", True),
        ("a{0}", "", True),
        ("a{0}", "a", False),
        ("(^a|b$)+", "ab", True),
        ("a^b", "ab", False),
    ],
)
def test_pattern_corner_cases(pattern: str, text: str, matches: bool) -> None:
    assert compile_pattern(pattern).matches(text) is matches
