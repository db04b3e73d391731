"""What is drawn looks random, and is the same for a response wherever it is worked out."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from questionnaires.functions.chance import MOST_CHARACTERS
from questionnaires.scope import Scope
from tests.unit.questionnaires.functions.scene import SCOPE, Case, disagreements, value

CASES: list[Case] = [
    ("random() >= 0 and random() < 1", True),
    # Each call is a draw of its own.
    ("random() = random()", False),
    ("uuid() = uuid()", False),
    ("string-length(uuid())", 36),
    ("string-length(uuid(12))", 12),
    ("string-length(uuid(1.9))", 1),
    ("regex(uuid(40), '[0-9A-Z]{40}')", True),
    ("uuid(0)", ""),
    ("uuid(-3)", ""),
    ("uuid('x')", ""),
    ("string-length(uuid(1000000000))", MOST_CHARACTERS),
    ("string-length(uuid(1 div 0))", MOST_CHARACTERS),
]


def test_chance() -> None:
    assert disagreements(CASES) == []


@pytest.mark.parametrize("text", ["random()", "uuid()", "uuid(20)"])
def test_draw_is_the_same_every_time(text: str) -> None:
    later = replace(SCOPE, now=None, values={}, current="other")

    assert value(text) == value(text) == value(text, later)


OTHERS = (
    replace(SCOPE, seed="response 8"),
    replace(SCOPE, question="other"),
    replace(SCOPE, row=3),
    replace(SCOPE, choice={"name": "a"}),
)


@pytest.mark.parametrize("text", ["random()", "uuid()", "uuid(20)"])
@pytest.mark.parametrize("other", OTHERS)
def test_draw_is_another_for_another_response_question_row_or_choice(
    text: str, other: Scope
) -> None:
    assert value(text, other) != value(text)


def test_parts_of_what_is_drawn_from_are_not_mixed_up() -> None:
    one = replace(SCOPE, seed="a", question="bc")
    other = replace(SCOPE, seed="ab", question="c")

    assert value("random()", one) != value("random()", other)


def test_identifier_is_one_of_version_four() -> None:
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", str(value("uuid()"))
    )


def test_draws_are_spread_evenly() -> None:
    drawn: Sequence[float] = [
        float(str(value("random()", replace(SCOPE, seed=str(number))))) for number in range(2000)
    ]
    tenths = [sum(low / 10 <= one < (low + 1) / 10 for one in drawn) for low in range(10)]

    # 200 in each, give or take four standard deviations.
    assert all(145 <= count <= 255 for count in tenths)
