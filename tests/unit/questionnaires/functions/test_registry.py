"""Every function is written, described, tried, and counted the same way."""

import re

import pytest

from questionnaires.expressions import ExpressionInvalid, parse
from questionnaires.functions import FAMILIES, FUNCTIONS, REFUSED, Kind
from questionnaires.functions.signatures import read_signature
from tests.unit.questionnaires.files import ROOT
from tests.unit.questionnaires.functions import (
    test_chance,
    test_choices,
    test_coding,
    test_dates,
    test_logic,
    test_nodes,
    test_numbers,
    test_texts,
)

ASKED_FOR = frozenset(
    """
    selected selected-at count-selected jr:choice-name if coalesce once regex int number string
    boolean boolean-from-string date date-time format-date format-date-time decimal-date-time
    decimal-time now today concat join substr substring-before substring-after string-length
    normalize-space translate contains starts-with ends-with round pow abs sqrt exp log log10 sin
    cos tan asin acos atan atan2 min max sum count count-non-empty position last indexed-repeat
    checklist weighted-checklist not true false uuid random digest base64-decode
    """.split()  # noqa: SIM905 — a list of seventy words reads better as words
)
BESIDES = {"floor", "ceiling", "substring", "exp10", "pi"}
"""Of XPath 1.0's core, and of the specification."""
TABLES = {
    "logic": test_logic.CASES,
    "choices": test_choices.CASES,
    "texts": test_texts.CASES,
    "numbers": test_numbers.CASES,
    "nodes": test_nodes.CASES,
    "dates": test_dates.CASES,
    "chance": test_chance.CASES,
    "coding": test_coding.CASES,
}


def test_every_function_of_the_specification_is_known_or_refused_by_name() -> None:
    assert set(FUNCTIONS) == ASKED_FOR | BESIDES
    assert {"area", "distance", "pulldata", "instance", "randomize", "jr:itext"} <= set(REFUSED)
    assert not set(REFUSED) & set(FUNCTIONS)


def test_every_function_has_cases_in_the_table_of_its_family() -> None:
    fewer = [name for name in FUNCTIONS if _cases(name) < _least_cases(name)]

    assert fewer == []


def _cases(name: str) -> int:
    family = FUNCTIONS[name].body.__module__.rpartition(".")[2]
    calls = re.compile(rf"(?<![\w:-]){re.escape(name)}\(")
    return sum(1 for text, _ in TABLES[family] if calls.search(text))


def _least_cases(name: str) -> int:
    return 1 if FUNCTIONS[name].signature.most == 0 else 3


def test_readme_lists_every_function_with_what_it_gives() -> None:
    readme = (ROOT / "questionnaires" / "README.md").read_text("utf-8")
    section = readme.partition("## Functions\n")[2].partition("\n## ")[0]
    order = [module.__name__ for module in FAMILIES]
    functions = sorted(FUNCTIONS.values(), key=lambda each: order.index(each.body.__module__))

    listed = [line for line in section.splitlines() if line.startswith("- ")]

    assert listed == [
        f"- `{each.signature.written}` → {each.signature.gives}: {each.summary}"
        for each in functions
    ]
    assert all(f"`{name}()`" in section for name in REFUSED)


def test_every_family_has_a_table() -> None:
    assert [module.__name__.rpartition(".")[2] for module in FAMILIES] == list(TABLES)


def test_refused_function_says_what_to_use_instead() -> None:
    for name, mend in REFUSED.items():
        with pytest.raises(ExpressionInvalid) as raised:
            parse(f"{name}(${{place}})")

        assert raised.value.message == f"{name}() is not used here."
        assert raised.value.mend == mend


def test_wrong_number_of_arguments_is_refused_with_the_signature() -> None:
    for name, function in FUNCTIONS.items():
        signature = function.signature
        counts = (signature.least - 1, 3, 12)
        wrong = next(count for count in counts if not signature.accepts(count))
        if wrong < 0:
            wrong = 12

        with pytest.raises(ExpressionInvalid) as raised:
            parse(f"{name}({', '.join(['1'] * wrong)})")

        assert raised.value.mend == f"Write: {signature.written}"


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("jr:choice-name(${kind}, 'kind')", "jr:choice-name(${kind}, '${kind}')"),
        ("indexed-repeat('who', ${rows}, 1)", "indexed-repeat(${column}, ${table}, 1)"),
        ("indexed-repeat(${who}, 'rows', 1)", "indexed-repeat(${column}, ${table}, 1)"),
        ("digest(., 'MD4')", "SHA-512"),
        ("digest(., 'MD5', 'octal')", "hex"),
        ("format-date(., '%Q')", "%Y"),
        ("format-date-time(., '%')", "%Y"),
        ("weighted-checklist(1, 2, true())", "[any, number]*"),
        ("sum(1 | 2)", "Write: or"),
        ("${a} = 1 | ${b} = 2", "Write: or"),
        ("(${a}) | ${b}", "Write: or"),
        ("position(../..)", "${name}"),
        ("..", "${name}"),
        ("sum(..)", "${name}"),
    ],
)
def test_call_that_can_never_work_is_refused_when_it_is_read(text: str, mend: str) -> None:
    with pytest.raises(ExpressionInvalid) as raised:
        parse(text)

    assert mend in raised.value.mend


def test_question_in_quotes_is_a_reference() -> None:
    assert parse("jr:choice-name('a', '${kind}')").references == {"kind"}
    assert parse("concat('a', '${kind}')").references == set()


@pytest.mark.parametrize(
    "text", ["now() > '2020-01-01'", "random() < 1", "position() = 1", "last() = 1", "once(1) = 1"]
)
def test_what_changes_by_itself_is_not_constant(text: str) -> None:
    assert not parse(text).is_constant


def test_signature_says_what_each_argument_should_be() -> None:
    signature = read_signature("weighted-checklist(number, number?, [any, text]*) → boolean")

    assert signature.gives is Kind.BOOLEAN
    assert [signature.takes(index) for index in range(6)] == [
        *(Kind.NUMBER, Kind.NUMBER, Kind.ANY, Kind.TEXT, Kind.ANY, Kind.TEXT)
    ]
    assert [count for count in range(8) if signature.accepts(count)] == [1, 2, 4, 6]


@pytest.mark.parametrize("text", ["round", "round(number)", "Round() → number", "f(x) → text"])
def test_signature_that_is_none_is_noticed(text: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        read_signature(text)
