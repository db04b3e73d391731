"""Patterns mean what Python's ``re`` means by them, and always finish."""

import random
import re
import tracemalloc
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from questionnaires.kinds.kind import MAX_TEXT
from questionnaires.meter import MAX_STEPS, Meter, Unaffordable
from questionnaires.pattern_syntax import KEPT, MAX_STATES, PatternInvalid, compile_pattern
from questionnaires.patterns import Charset

LETTERS = "".join(map(chr, range(0x4E00, 0x4E00 + 2 * 1_700, 2)))
"""Letters of which no two are neighbours."""

atoms = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[a-c]", r"\d", r"\w", r"\s", "1", r"\."])
quantifiers = st.sampled_from(
    ["", "", "*", "+", "?", "{2}", "{1,2}", "{0,2}", "{1,}", "*?", "{1,2}?"]
)


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
    meter = Meter(MAX_STEPS)

    assert not compile_pattern(pattern).matches("a" * 40 + "!", meter)

    assert meter.left > MAX_STEPS // 2


@pytest.mark.parametrize("pattern", ["[a-z ]*", "[^\n]{1,}", "(lorem|ipsum|dolor| )+", ".*m"])
def test_text_as_long_as_an_answer_is_looked_at_whole(pattern: str) -> None:
    text = ("lorem ipsum dolor " * (MAX_TEXT // 20)).ljust(MAX_TEXT - 5) + "ipsum"
    pattern_of = compile_pattern(pattern)

    assert len(text) == MAX_TEXT
    assert pattern_of.matches(text, Meter(MAX_STEPS))
    assert not pattern_of.matches(text[:-1] + "\n", Meter(MAX_STEPS))


def test_every_state_that_is_looked_at_is_a_step() -> None:
    looked_at = 0

    class Counted(Charset):
        def __call__(self, character: str) -> bool:
            nonlocal looked_at
            looked_at += 1
            return Charset.__call__(self, character)

    # Which of the last 90 letters were an a: more sets of states than any text has letters.
    pattern = compile_pattern("(a|b)*a(a|b){90}[ab]")
    test = Counted("a", "b")
    states = tuple(
        replace(state, test=test) if state.test is not None else state for state in pattern.states
    )
    meter = Meter(10**9)
    text = "".join(random.Random(1).choices("ab", k=1_000))

    replace(pattern, states=states).matches(text, meter)

    assert looked_at > 5_000
    assert 10**9 - meter.left >= looked_at


def test_pattern_that_costs_too_much_is_stopped() -> None:
    text = "".join(random.Random(1).choices("ab", k=20_000))

    with pytest.raises(Unaffordable):
        compile_pattern("(a|b)*a(a|b){90}c").matches(text, Meter(MAX_STEPS))


@pytest.mark.parametrize("text", [LETTERS[-1] * 5_000, LETTERS[:200]])
def test_class_of_many_letters_costs_no_more_than_one_of_few(text: str) -> None:
    many, few = Meter(10**9), Meter(10**9)
    letters = f"[{text[0]}-{text[0]}{LETTERS}]"
    all_of_them = f"[{LETTERS[0]}-{LETTERS[-1]}]"

    assert not compile_pattern(f"({letters}{{0,150}})*X").matches(text, many)
    assert not compile_pattern(f"({all_of_them}{{0,150}})*X").matches(text, few)

    assert many.left == few.left


def test_repeated_class_is_kept_once() -> None:
    pattern = compile_pattern(f"([{LETTERS}]{{0,200}}){{0,2}}X")

    classes = {id(state.test) for state in pattern.states if isinstance(state.test, Charset)}

    assert len(classes) == 1
    assert len(pattern.states) <= MAX_STATES


def test_patterns_that_were_read_take_little_memory_for_good() -> None:
    tracemalloc.start()

    compile_pattern(f"([{LETTERS}]{{0,199}}){{0,2}}")
    with pytest.raises(PatternInvalid):
        compile_pattern(f"([{LETTERS}]{{0,200}}){{0,200}}")

    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held * KEPT < 32_000_000
    assert peak < 1_500_000


def test_pattern_as_long_as_an_answer_is_refused_and_not_kept() -> None:
    tracemalloc.start()

    for number in range(20):
        with pytest.raises(PatternInvalid, match="more than 2,000 characters"):
            compile_pattern(f"{number}{'a' * 90_000}")

    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 200_000


def test_pattern_that_is_too_large_is_refused_before_it_is_built() -> None:
    tracemalloc.start()

    with pytest.raises(PatternInvalid, match="too large"):
        compile_pattern("((((a{200}){200}){200}){200}){200}" + "b" * 1_000)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 500_000


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


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("[[:alpha:]]+", r"\[:alpha:\]"),
        ("[a-z[0-9]]", "opening bracket within"),
        ("[a-z&&[^b]]", "&&"),
        (r"[a-\d]", r"ends with \\d"),
        (r"[\p{L}]", r"uses \\p"),
        ("[0-9]{1,\N{SUPERSCRIPT TWO}}", "repetition that isn't"),
        ("a{2}{3}", "two repetition signs"),
        ("a{2}*", "two repetition signs"),
        ("a{99999999}", "repetition that isn't"),
    ],
)
def test_pattern_that_others_read_differently_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(PatternInvalid, match=why):
        compile_pattern(pattern)


_DIGITS = "0123456789\N{SUPERSCRIPT TWO}\N{ARABIC-INDIC DIGIT TWO}"
signs = st.sampled_from([*"ab[]{}()|*+?^$.,-:&\\", *_DIGITS])


@given(st.one_of(st.text(), st.lists(signs).map("".join)), st.text(max_size=5))
@example("[0-9]{1,\N{SUPERSCRIPT TWO}}", "1")
def test_any_text_is_a_pattern_or_refused(pattern: str, text: str) -> None:
    # Nothing but a refusal is ever raised.
    with suppress(PatternInvalid):
        assert compile_pattern(pattern).matches(text) in (True, False)


@given(
    st.lists(st.tuples(st.characters(), st.characters()).map(sorted), min_size=1, max_size=6),
    st.characters(),
)
def test_class_has_the_characters_of_its_ranges(ranges: list[list[str]], character: str) -> None:
    def escaped(sign: str) -> str:
        return sign if sign.isalnum() else f"\\{sign}"

    source = "".join(f"{escaped(first)}-{escaped(last)}" for first, last in ranges)
    within = any(first <= character <= last for first, last in ranges)

    assert compile_pattern(f"[{source}]").matches(character) is within
    assert compile_pattern(f"[^{source}]").matches(character) is not within


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
        ("a{3}?", "aaa", True),
        ("a{1,2}?b", "aab", True),
        (r"[a\]]{2}", "]a", True),
        (r"[\w-z]+", "a-z", True),
    ],
)
def test_pattern_corner_cases(pattern: str, text: str, matches: bool) -> None:
    assert compile_pattern(pattern).matches(text) is matches
