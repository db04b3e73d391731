"""A default is suggested, worked out where it is an expression, and counts nowhere until saved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.answers import Answer, Value
from questionnaires.completeness import progress
from questionnaires.defaults import suggested_value
from questionnaires.models import Definition, Question, QuestionType
from questionnaires.routing import route
from tests.unit.questionnaires.strategies import TODAY

IN_ARCADIA = {"country": Answer(value="arcadia")}


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("year", 2025),
        ("filled_on", "2026-03-01"),
        ("contact_point", "The office in arcadia"),
        ("story", None),
        ("office_code", None),
    ],
)
def test_default_is_suggested(ways: Definition, name: str, suggested: Value | None) -> None:
    path = route(ways, IN_ARCADIA, today=TODAY)

    assert suggested_value(ways, ways.by_name[name], path) == suggested


@pytest.mark.parametrize(
    ("kind", "default", "suggested"),
    [
        (QuestionType.INTEGER, "1 + 1", 2),
        (QuestionType.INTEGER, "2025-1", 2024),
        (QuestionType.INTEGER, "-5", -5),
        (QuestionType.DECIMAL, "(1 + 2) div 2", 1.5),
        (QuestionType.TEXT, "2 + 3", "2 + 3"),
        (QuestionType.DATE, "2026-03-01", "2026-03-01"),
        (QuestionType.INTEGER, "number('2') + 1", 3),
        (QuestionType.INTEGER, "number('none')", None),
        (QuestionType.INTEGER, "5 div number('2')", None),
        (QuestionType.DECIMAL, "5 div number('2')", 2.5),
        (QuestionType.TEXT, "number('none')", None),
        (QuestionType.TEXT, "concat('f', '(x)')", "f(x)"),
        (QuestionType.TEXT, "(see the charter)", "(see the charter)"),
        (QuestionType.DATE, "today()", "2026-03-01"),
        (QuestionType.DATETIME, "now()", "2026-03-01T00:00:00.000+00:00"),
        (QuestionType.TEXT, "''", "''"),
    ],
)
def test_default_is_worked_out_if_it_calls_or_refers(
    ways: Definition, kind: QuestionType, default: str, suggested: Value | None
) -> None:
    question = Question(name="story", type=kind, default=default)

    assert suggested_value(ways, question, route(ways, {}, today=TODAY)) == suggested


def test_suggestion_counts_nowhere(ways: Definition) -> None:
    path = route(ways, {}, today=TODAY)

    assert path.values["year"] == ""
    assert progress(ways, {}, today=TODAY, path=path).answered == 0


@given(st.text(max_size=30))
def test_suggestion_from_any_answer_is_that_text_or_nothing(ways: Definition, said: str) -> None:
    question = Question(name="contact_point", type=QuestionType.TEXT, default="${story}")
    path = route(ways, {"story": Answer(value=said)}, today=TODAY)

    suggested = suggested_value(ways, question, path)

    assert suggested is None or suggested == said.replace("\r\n", "\n").replace("\r", "\n")
