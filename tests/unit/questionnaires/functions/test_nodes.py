"""Columns and rows: counted, summed, and looked up by number."""

import pytest

from questionnaires.datum import Datum
from tests.unit.questionnaires.functions.scene import NAN, Case, agrees, value

CASES: list[Case] = [
    ("count(${rows})", 3),
    ("count(${who})", 3),
    ("count(${notes})", 3),
    ("count(${none})", 0),
    ("count(${word})", 1),
    ("count(${nobody})", 0),
    ("count(${who} | ${men})", 6),
    ("count-non-empty(${men})", 2),
    ("count-non-empty(${notes})", 1),
    ("count-non-empty(${none})", 0),
    ("count-non-empty(${word} | ${empty} | ${n})", 2),
    ("count-non-empty(${nobody})", 0),
    ("sum(${women})", 60.5),
    ("sum(${none})", 0.0),
    ("sum(${n})", 5.0),
    ("sum(${n} | ${half})", 5.5),
    ("sum(${n} | ${n})", 5.0),
    # As XPath has it: one cell that is no number, an empty one too, and the sum is none.
    ("sum(${men})", NAN),
    ("sum(${who})", NAN),
    ("sum(${empty})", NAN),
    ("sum(${n} | ${empty})", NAN),
    ("sum(${women} | ${n})", 65.5),
    ("min(${women})", 10.0),
    ("min(3, 2, 5)", 2.0),
    ("min(${women}, 4)", 4.0),
    ("min(${men})", NAN),
    ("min(${none})", NAN),
    ("min('')", NAN),
    ("min(3, 'x')", NAN),
    ("min(-1 div 0, 5)", float("-inf")),
    ("max(${women})", 30.5),
    ("max(3, 2, 5)", 5.0),
    ("max(-3, -2)", -2.0),
    ("max(${men})", NAN),
    ("max(${none})", NAN),
    ("max(3, ${empty})", NAN),
    ("date(max(${since}))", "2020-06-30"),
    ("date(min(${since}))", "1999-12-31"),
    ("position()", 2),
    ("position(..)", 2),
    ("position( .. ) = 2", True),
    ("last()", 3),
    ("position() = last()", False),
    # The number of a row is counted from 1; there is nothing beyond the rows.
    ("indexed-repeat(${who}, ${rows}, 1)", "Ann"),
    ("indexed-repeat(${women}, ${rows}, 3)", "30.5"),
    ("indexed-repeat(${who}, ${rows}, position(..) - 1)", "Ann"),
    ("indexed-repeat(${who}, ${rows}, 2.9)", "Bo"),
    ("indexed-repeat(${who}, ${rows}, 0)", ""),
    ("indexed-repeat(${who}, ${rows}, 4)", ""),
    ("indexed-repeat(${who}, ${rows}, -1)", ""),
    ("indexed-repeat(${who}, ${rows}, 'x')", ""),
    ("indexed-repeat(${who}, ${rows}, 1 div 0)", ""),
    ("indexed-repeat(${none}, ${rows}, 1)", ""),
    ("indexed-repeat(${word}, ${rows}, 1)", ""),
    # A comparison with a column holds when it does for any cell.
    ("${women} > 30", True),
    ("${women} > 31", False),
    ("${who} = 'Bo'", True),
    ("${none} = ''", False),
    ("${none} != ''", False),
    ("${who} = ${notes}", False),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_columns_and_rows(text: str, expected: Datum) -> None:
    found = value(text)

    assert agrees(found, expected), found
