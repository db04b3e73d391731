"""What the functions are tried on: a form in which something is answered, at a known moment."""

import math
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from questionnaires.datum import Datum
from questionnaires.expressions import parse
from questionnaires.scope import Scope

NOW = datetime(2026, 3, 1, 10, 20, 30, 456000, ZoneInfo("Africa/Nairobi"))
_LABELS = {("colour", "red"): "Rouge", ("colour", "blue"): "Bleu"}

VALUES: dict[str, Datum] = {
    "n": 5,
    "half": 0.5,
    "zero": 0,
    "word": "abc",
    "empty": "",
    "colour": "red",
    "several": "red blue",
    "day": "2012-02-03",
    "moment": "2012-02-03T04:05:06.789+03:00",
    "clock": "14:30",
    "rows": ["Ann 10", "Bo 20", "Cy 30"],
}
COLUMNS = {
    "who": ["Ann", "Bo", "Cy"],
    "women": ["10", "20", "30.5"],
    "men": ["5", "", "7"],
    "since": ["2001-01-01", "1999-12-31", "2020-06-30"],
    "notes": ["", "late", ""],
    "none": [],
}
SCOPE = Scope(
    VALUES,
    NOW.date(),
    current="1996",
    now=NOW,
    seed="response 7",
    question="asked",
    columns=COLUMNS,
    row=2,
    rows=3,
    language="fr",
    label_of=lambda question, choice: _LABELS.get((question, choice), ""),
)
TODAY = date(2026, 3, 1)
NAN = math.nan

Case = tuple[str, Datum]


def value(text: str, scope: Scope = SCOPE) -> Datum:
    """What an expression gives in the scene."""
    return parse(text).evaluate(scope)


def agrees(found: Datum, expected: Datum) -> bool:
    """Whether a value is the expected one: not a number is itself, and 1 is not true."""
    if isinstance(found, float) and math.isnan(found):
        return isinstance(expected, float) and math.isnan(expected)
    if isinstance(found, bool) is not isinstance(expected, bool):
        return False
    if isinstance(found, float) and isinstance(expected, float):
        return found == expected or math.isclose(found, expected, rel_tol=1e-12)
    return found == expected


def disagreements(cases: Iterable[Case]) -> list[tuple[str, Datum, Datum]]:
    """The cases of a table that do not hold: what is evaluated, what came out, what should."""
    found = ((text, value(text), expected) for text, expected in cases)
    return [(text, came, expected) for text, came, expected in found if not agrees(came, expected)]
