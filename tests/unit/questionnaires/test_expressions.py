"""Expressions mean what XPath 1.0 and ODK mean by them, within bounds."""

import math
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.datum import Datum, number_of, text_of
from questionnaires.expressions import MAX_LENGTH, ExpressionInvalid, parse
from questionnaires.functions import FUNCTIONS, Scope
from tests.unit.questionnaires.strategies import TODAY, expressions

VALUES: dict[str, Datum] = {
    "text": "abc",
    "empty": "",
    "n": 5,
    "half": 0.5,
    "zero": 0,
    "digits": "7",
    "day": "2007-05-31",
    "several": "red blue",
    "rows": ["Mexico member", "Spain observer"],
    "no_rows": [],
    "if": "a question may have the name of a function",
}
SCOPE = Scope(VALUES, TODAY, current=1996, choice={"name": "red", "warm": "yes"})


def _value(text: str) -> Datum:
    return parse(text).evaluate(SCOPE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Comparison: by number if one side is a number, by text if both are texts.
        ("${n} = 5", True),
        ("${n} = '5'", True),
        ("${n} = '5.0'", True),
        ("${digits} = 7", True),
        ("${digits} = '7.0'", False),
        ("${text} = 'abc'", True),
        ("${text} != 'abc'", False),
        ("${n} > 4 and ${n} < 6", True),
        ("${digits} >= '10'", False),
        ("${text} > 3", False),
        ("${text} <= 3", False),
        # What has no answer is empty text, and as a number neither larger nor smaller.
        ("${empty} = ''", True),
        ("${missing} = ''", True),
        ("${missing} != 'x'", True),
        ("${missing} > 0", False),
        ("${missing} <= 0", False),
        ("${missing} = 0", False),
        ("${n} != ''", True),
        # Truth.
        ("${text} and true()", True),
        ("${empty} or false()", False),
        ("not(${zero})", True),
        ("not('0')", False),
        ("true() = 'x'", True),
        ("false() = ''", True),
        ("boolean(${rows})", True),
        ("boolean(${no_rows})", False),
        # XPath 1.0, 3.4: beside what is true or false, equal by truth, larger or smaller by number.
        ("true() = 5", True),
        ("true() != 5", False),
        ("true() < 5", True),
        ("true() <= 5", True),
        ("true() > 5", False),
        ("true() >= 5", False),
        ("5 > true()", True),
        ("5 = true()", True),
        ("true() > 0.5", True),
        ("true() > false()", True),
        ("false() >= 0", True),
        ("true() < '5'", True),
        ("true() = '5'", True),
        ("true() < 'x'", False),
        ("true() >= 'x'", False),
        ("false() <= ''", False),
        ("${missing} < true()", False),
        ("${missing} = false()", True),
        # … and a list by whether it has any row, whatever the operator.
        ("${rows} = true()", True),
        ("${rows} >= true()", True),
        ("${rows} > false()", True),
        ("${no_rows} < true()", True),
        ("${no_rows} = false()", True),
        ("${no_rows} >= true()", False),
        # Comparisons of larger and smaller bind more strongly than those of equal.
        ("5 > 3 = true()", True),
        ("true() = 5 > 3", True),
        ("2 < 1 != 3 < 4", True),
        # Arithmetic, with XPath's precedence.
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("-2 + 5", 3),
        ("7 div 2", 3.5),
        ("7 mod 2", 1),
        ("-7 mod 2", -1),
        ("1 div 0", math.inf),
        ("-1 div 0", -math.inf),
        ("1 div -0.0", -math.inf),
        ("${n}-1", 4),
        ("${n} - ${half}", 4.5),
        ("1 = 1 or 1 div 0 = 2", True),
        # Dates are numbers of days when they are compared or calculated with.
        ("${day} < today()", True),
        ("${day} <= '2007-05-31'", True),
        ("today() + 1", 20514),
        ("date('2026-03-01') = today()", True),
        ("date(20513)", "2026-03-01"),
        ("date('nonsense')", ""),
        ("'2007-02-30' < today()", False),
        # Functions.
        ("if(${n} > 3, 'many', 'few')", "many"),
        ("if(${missing}, 1, 2)", 2),
        ("selected(${several}, 'red')", True),
        ("selected(${several}, 're')", False),
        ("selected(${missing}, '')", False),
        ("count-selected(${several})", 2),
        ("count-selected(${missing})", 0),
        ("selected-at(${several}, 1)", "blue"),
        ("selected-at(${several}, 2)", ""),
        ("selected-at(${several}, -1)", ""),
        ("count(${rows})", 2),
        ("count(${missing})", 0),
        ("coalesce(${missing}, ${text})", "abc"),
        ("coalesce(${zero}, 9)", 0),
        ("coalesce('', '')", ""),
        ("string-length(${text})", 3),
        ("string-length()", 4),
        ("string(1.50)", "1.5"),
        ("string(0.00001)", "0.00001"),
        ("string(3.0)", "3"),
        ("string(true())", "true"),
        ("string(-1 div 0)", "-Infinity"),
        ("string(0 div 0)", "NaN"),
        ("${rows} > 3", False),
        ("number(${no_rows}) = 1", False),
        ("string(${rows})", "Mexico member"),
        ("concat(${text}, 1, '-', 2.5)", "abc1-2.5"),
        ("normalize-space('  a   b ')", "a b"),
        ("contains(${text}, 'bc')", True),
        ("starts-with(${text}, 'bc')", False),
        ("ends-with(${text}, 'bc')", True),
        ("substring-before('a-b', '-')", "a"),
        ("substring-after('a-b', '-')", "b"),
        ("substring-before('ab', '-')", ""),
        ("substring-after('ab', '')", "ab"),
        ("regex(${text}, '[a-c]+')", True),
        ("regex(${text}, '[a-b]+')", False),
        ("number('12')", 12),
        ("number('1970-01-02')", 1),
        ("int(-2.7)", -2),
        ("round(2.5)", 3),
        ("round(-2.5)", -2),
        ("round(2.345, 1)", 2.3),
        # The value itself, a column of a choice, quotes, names like operators and functions.
        (". >= 1900 and . <= 2007", True),
        ("name = 'red' and warm = 'yes'", True),
        ('"it\'s"', "it's"),
        ('"double"', "double"),
        ("'${text}'", "${text}"),
        ("contains(${if}, 'function')", True),
        # A table compares like XPath's node-sets: any row will do.
        ("${rows} = 'Spain observer'", True),
        ("${rows} = 'France member'", False),
        ("${no_rows} = ''", False),
    ],
)
def test_expression_has_the_value_of_xpath_and_odk(text: str, expected: Datum) -> None:
    value = _value(text)

    assert value == expected
    assert isinstance(value, bool) is isinstance(expected, bool)


@pytest.mark.parametrize("text", ["0 div 0", "number('x')", "${missing} + 1", "5 mod 0", "int('')"])
def test_expression_without_a_number_is_not_a_number(text: str) -> None:
    assert math.isnan(number_of(_value(text)))


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("", "Write an expression"),
        ("${n} = ", "close every bracket"),
        ("(1", "close every bracket"),
        ("1)", "Take it out, or open it"),
        ("1 2", "Put an operator between"),
        (". 2.5", "Put an operator between"),
        ("1 0.3", "Put an operator between"),
        ("if(1; 2; 3)", "Take it out"),
        ("'open", "Close it"),
        ("and and", "before it and after it"),
        ("1 < 2 < 3", "«and» between them"),
        ("1 = 2 != 3", "«and» between them"),
        ("1.2.3", "nothing between thousands"),
        (".5.", "nothing between thousands"),
        ("${n} > 1,5", "a point: 1.5"),
        ("1e5", "100000, not 1e5"),
        ("'it''s'", "double quotes"),
        ("\N{ARABIC-INDIC DIGIT TWO}", "0 to 9"),
        ("${n} = 1 AND ${n} = 2", "and, or"),
        ("NOT(${n} = 1)", "not(…)"),
        ("${n} <> 1", "!="),
        ("${n} => 1", ">="),
        ("{n} = 1", "${name}"),
        ("lang('fr')", "translated in place"),
        ("id('n')", "uuid()"),
        ("selected(${several})", "Write: selected(text, text)"),
        ("today(1)", "Write: today()"),
        ("${n} == 1", "single ="),
        ("${n} && 1", "and"),
        ("!${n}", "not("),
        ("${n} ≥ 1", ">="),
        ("${n} = ‘red’", "straight quotes"),
        ("$n = 1", "${name}"),
        ("${n n} = 1", "${name}"),
        ("${} = 1", "${name}"),
        ("../n = 1", "${name}"),
        ("/data/n", "${name}"),
        ("n[1]", "${name}"),
        ("if_(1)", "if()"),
        ("system('x')", "such as if()"),
        ("regex(., ${text})", "'[A-Z]"),
        ("regex(., '(')", "classes"),
        ("1" + " + 1" * 300, "calculate question"),
        ("-" * 1500 + "1", "calculate question"),
        ("not(" * 41 + "1" + ")" * 41, "calculate question"),
        ("'" + "a" * MAX_LENGTH + "'", "calculate question"),
    ],
)
def test_expression_that_cannot_be_read_is_refused_with_a_mend(text: str, mend: str) -> None:
    with pytest.raises(ExpressionInvalid) as raised:
        parse(text)

    assert mend in raised.value.mend
    assert raised.value.message


@given(expressions(list(VALUES)))
def test_expression_that_can_be_read_always_has_a_value(text: str) -> None:
    expression = parse(text)

    value = expression.evaluate(SCOPE)

    assert isinstance(value, str | int | float | list)
    assert isinstance(text_of(value), str)
    assert expression.references <= set(VALUES)
    assert expression.is_constant <= (not expression.references)


@given(st.text("${}ab'\"()=<>!+-*/.,1 \n", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = parse(text).evaluate(SCOPE)
    except ExpressionInvalid as refused:
        value = refused.mend

    assert isinstance(value, str | int | float | list)


def test_expression_knows_its_references_and_whether_it_is_constant() -> None:
    expression = parse("selected(${several}, 'red') or ${n} > 1")

    assert expression.references == {"several", "n"}
    assert not expression.is_constant
    assert parse("1 = 2").is_constant
    assert not parse("today() > 1").is_constant
    assert not parse(". > 1").is_constant
    assert parse("warm = 'yes'").names == {"warm"}


def test_expression_is_read_once() -> None:
    assert parse("${n} = 5") is parse("${n} = 5")


def test_every_function_has_a_name_that_odk_gives_it() -> None:
    assert all(name == name.lower() and " " not in name for name in FUNCTIONS)
    assert {"if", "selected", "count-selected", "today", "coalesce", "regex"} <= set(FUNCTIONS)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_number_survives_being_text(number: float) -> None:
    assert number_of(text_of(number)) == number
    assert "e" not in text_of(number)


@given(st.dates())
def test_date_survives_being_a_number(day: date) -> None:
    assert parse(f"date(number('{day.isoformat()}'))").evaluate(SCOPE) == day.isoformat()


def test_one_expression_serves_several_threads_at_once() -> None:
    expression = parse("if(selected(${several}, 'red'), ${n} * 2, concat(${text}, '-', ${n}))")

    def evaluate(number: int) -> Datum:
        values: dict[str, Datum] = {"several": "red", "n": number} if number % 2 else {"n": number}
        return expression.evaluate(Scope(values, TODAY))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(evaluate, range(400)))

    assert found == [number * 2 if number % 2 else f"-{number}" for number in range(400)]
