"""Functions of texts: parts of them, their length, joined, searched and replaced."""

import math
from collections.abc import Sequence

from questionnaires.datum import Datum, text_of
from questionnaires.functions.numbers import rounded
from questionnaires.functions.registry import Argument, Call, CallInvalid, function
from questionnaires.pattern_syntax import PatternInvalid, compile_pattern


@function("string(any) → text", "Its argument as text.")
def _string(call: Call) -> Datum:
    return call.text(0)


@function("concat(any+) → text", "All texts, and all cells of columns, one after the other.")
def _concat(call: Call) -> Datum:
    return _joined(call, "", call.all_items())


@function("join(text, any*) → text", "All texts, and all cells of columns, with a text between.")
def _join(call: Call) -> Datum:
    return _joined(call, call.text(0), call.all_items(1))


def _joined(call: Call, between: str, items: Sequence[Datum]) -> str:
    texts = [text_of(item) for item in items]
    # Counted before anything is put together, so that a huge text is never made.
    length = sum(map(len, texts)) + len(between) * max(len(texts) - 1, 0)
    call.meter.check_length(length)
    return between.join(texts)


@function(
    "substr(text, number, number?) → text",
    "The characters from one place up to before another, from 0; negative: from the end.",
)
def _substr(call: Call) -> Datum:
    text = call.text(0)
    start = _index(call.number(1), len(text))
    end = _index(call.number(2), len(text)) if call.has(2) else len(text)
    return text[start:end]


def _index(number: float, length: int) -> int:
    if math.isnan(number):
        return 0
    bounded = min(max(number, -length), length)
    return math.trunc(bounded) if bounded >= 0 else max(0, length + math.trunc(bounded))


@function("substring(text, number, number?) → text", "So many characters from a place on, from 1.")
def _substring(call: Call) -> Datum:
    text = call.text(0)
    first = rounded(call.number(1))
    after = first + rounded(call.number(2)) if call.has(2) else math.inf
    if math.isnan(first) or math.isnan(after):
        return ""
    start = min(max(first - 1, 0), len(text))
    end = min(max(after - 1, 0), len(text))
    return text[int(start) : int(end)]


@function("substring-before(text, text) → text", "What stands before a text, where it is found.")
def _substring_before(call: Call) -> Datum:
    text, mark = call.text(0), call.text(1)
    return text.partition(mark)[0] if mark and mark in text else ""


@function("substring-after(text, text) → text", "What stands after a text, where it is found.")
def _substring_after(call: Call) -> Datum:
    text, mark = call.text(0), call.text(1)
    return text.partition(mark)[2] if mark else text


@function(
    "translate(text, text, text) → text",
    "Each character of the second text replaced by that at its place in the third, or left out.",
)
def _translate(call: Call) -> Datum:
    old, new = call.text(1), call.text(2)
    call.meter.spend(len(old))
    table: dict[int, str] = {}
    for index, character in enumerate(old):
        table.setdefault(ord(character), new[index : index + 1])
    return call.text(0).translate(table)


@function("string-length(text?) → number", "How many characters; of the value itself without one.")
def _string_length(call: Call) -> Datum:
    return len(_own_or_given(call))


@function("normalize-space(text?) → text", "Trimmed, and every gap a single space.")
def _normalize_space(call: Call) -> Datum:
    return " ".join(_own_or_given(call).split())


def _own_or_given(call: Call) -> str:
    return call.text(0) if len(call) else call.meter.read(text_of(call.scope.current))


@function("contains(text, text) → boolean", "Whether the second text is in the first.")
def _contains(call: Call) -> Datum:
    return call.text(1) in call.text(0)


@function("starts-with(text, text) → boolean", "Whether the first text begins with the second.")
def _starts_with(call: Call) -> Datum:
    return call.text(0).startswith(call.text(1))


@function("ends-with(text, text) → boolean", "Whether the first text ends with the second.")
def _ends_with(call: Call) -> Datum:
    return call.text(0).endswith(call.text(1))


def _has_a_pattern(arguments: Sequence[Argument]) -> None:
    pattern = arguments[1].literal
    if pattern is None:
        raise CallInvalid(
            "The pattern of regex() is not a text in quotes.",
            "Write the pattern itself: regex(., '[A-Z]{2}[0-9]+')",
        )
    try:
        compile_pattern(pattern)
    except PatternInvalid as error:
        raise CallInvalid(
            f"The pattern of regex() cannot be used. {error}",
            "Use literals, classes such as [a-z], groups, |, *, +, ? and {m,n}.",
        ) from None


@function(
    "regex(text, text) → boolean",
    "Whether a pattern describes the whole text.",
    check=_has_a_pattern,
)
def _regex(call: Call) -> Datum:
    pattern = compile_pattern(call.text(1))
    # Only so many patterns are kept: reading one again has to be paid, and at all times alike.
    call.meter.spend(len(pattern.states))
    return pattern.matches(call.text(0), call.meter)
