"""Truth, fallbacks and checklists, as the specification has them."""

from dataclasses import replace

import pytest

from tests.unit.questionnaires.functions.scene import SCOPE, Case, disagreements, value

CASES: list[Case] = [
    ("true()", True),
    ("false()", False),
    ("not(true())", False),
    ("not('')", True),
    ("not(${zero})", True),
    ("not('0')", False),
    # A text is true when there is any; a number unless it is 0 or none; a list when it has items.
    ("boolean('')", False),
    ("boolean('false')", True),
    ("boolean('0')", True),
    ("boolean(0)", False),
    ("boolean(-0.0)", False),
    ("boolean(0 div 0)", False),
    ("boolean(0.0001)", True),
    ("boolean(1 div 0)", True),
    ("boolean(${none})", False),
    ("boolean(${who})", True),
    ("boolean(${nobody})", False),
    # Everything but «true» and «1» is false, however it is written.
    ("boolean-from-string('true')", True),
    ("boolean-from-string('1')", True),
    ("boolean-from-string(1)", True),
    ("boolean-from-string(true())", True),
    ("boolean-from-string('TRUE')", False),
    ("boolean-from-string('yes')", False),
    ("boolean-from-string('1.0')", False),
    ("boolean-from-string('')", False),
    ("boolean-from-string(${empty})", False),
    ("if(true(), 'a', 'b')", "a"),
    ("if(${empty}, 'a', 'b')", "b"),
    ("if('false', 'a', 'b')", "a"),
    ("if(0 div 0, 1, 2)", 2),
    ("if(${n} > 3, if(${n} > 4, 'much', 'some'), 'few')", "much"),
    ("coalesce(${empty}, ${word})", "abc"),
    ("coalesce(${word}, ${n})", "abc"),
    ("coalesce(${zero}, 9)", 0),
    ("coalesce(false(), 9)", False),
    ("coalesce('', '')", ""),
    ("coalesce(${nobody}, ${empty}, 'last')", "last"),
    ("coalesce(' ', 'b')", " "),
    ("coalesce(${none}, 'b')", "b"),
    # What could not be calculated is nothing.
    ("coalesce(number(${empty}), 0)", 0),
    ("coalesce(1 div 0, 0)", float("inf")),
    # The value itself is 1996, so that once() does not look at its argument.
    ("once('new')", "1996"),
    ("once(1 div 0)", "1996"),
    ("once(${empty})", "1996"),
    # Bounds are inclusive; -1 sets none; a list counts item by item.
    ("checklist(1, 2, true(), false(), true())", True),
    ("checklist(3, -1, true(), false(), true())", False),
    ("checklist(-1, 1, true(), false(), true())", False),
    ("checklist(-1, -1)", True),
    ("checklist(0, 0)", True),
    ("checklist(1, 1)", False),
    ("checklist(2, 2, selected(${several}, 'red'), selected(${several}, 'blue'))", True),
    ("checklist(2, 2, ${men})", True),
    ("checklist(3, 3, ${women})", True),
    ("checklist(1, 1, 2, 0, -1, 'yes', '')", True),
    ("checklist('x', 5, true())", False),
    ("weighted-checklist(3, 5, true(), 2, true(), 1.5, false(), 10)", True),
    ("weighted-checklist(4, 5, true(), 2, true(), 1.5)", False),
    ("weighted-checklist(3.5, 3.5, true(), 2, true(), 1.5)", True),
    ("weighted-checklist(-1, 3, true(), 2, true(), 2)", False),
    ("weighted-checklist(4, -1, true(), 2, true(), 2)", True),
    ("weighted-checklist(-5, -2, true(), -3)", True),
    ("weighted-checklist(60, 61, ${women}, ${women})", True),
    ("weighted-checklist(1, 99, ${women}, ${none})", False),
    ("weighted-checklist(1, 9, true(), 'heavy')", False),
    ("weighted-checklist(0, 0)", True),
]


def test_logic() -> None:
    assert disagreements(CASES) == []


@pytest.mark.parametrize("text", ["once('new')", "if(true(), once('new'), '')"])
def test_once_gives_its_argument_while_there_is_no_value(text: str) -> None:
    assert value(text, replace(SCOPE, current="")) == "new"
    assert value(text, replace(SCOPE, current="old")) == "old"
