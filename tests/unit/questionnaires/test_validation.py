"""Answers are checked each by itself, against the others, and before submission."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.answered import is_answered
from questionnaires.answers import Answer, Answers, Row, Value
from questionnaires.completeness import is_settled, progress
from questionnaires.marking import mark_of
from questionnaires.marks import Mark
from questionnaires.models import Definition, MissingCode, QuestionType
from questionnaires.problems import Problem
from questionnaires.routing import route
from questionnaires.validation import (
    accepted_missing,
    check_panel,
    check_submission,
)
from tests.unit.questionnaires.strategies import TODAY, answers


def _check(definition: Definition, name: str, **values: Value) -> list[Problem]:
    given_answers = {key: Answer(value=value) for key, value in values.items()}
    return _problems_of(definition, name, given_answers)


def _problems_of(definition: Definition, name: str, given_answers: Answers) -> list[Problem]:
    """What is wrong with the answer to one question; nothing when it has none."""
    return [
        problem
        for problem in check_submission(definition, given_answers, today=TODAY)
        if name in given_answers and problem.place.partition(".")[0] == name
    ]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"often": 0}, ["constraint"]),
        ({"often": 1}, []),
        ({"often": "x"}, ["wrong-type"]),
        ({}, []),
    ],
)
def test_constraint_is_checked_when_the_type_is_right(
    nested: Definition, values: dict[str, Value], codes: list[str]
) -> None:
    problems = _check(nested, "often", takes_part="yes", **values)

    assert [problem.code for problem in problems] == codes


def test_constraint_speaks_its_own_message(nested: Definition) -> None:
    problem = _check(nested, "often", takes_part="yes", often=-1)[0]

    assert (problem.message, problem.place) == ("Give a number above 0.", "often")
    assert problem.mend == "Change the answer so that it fits."


@pytest.mark.parametrize("year", [1899, 2027, 96])
def test_year_of_founding_is_between_1900_and_this_year(rcp: Definition, year: int) -> None:
    assert [problem.code for problem in _check(rcp, "year_founded", year_founded=year)] == [
        "constraint"
    ]
    assert _check(rcp, "year_founded", year_founded=1996) == []
    assert _check(rcp, "year_founded", year_founded=TODAY.year) == []


def test_only_picked_themes_are_ranked(rcp: Definition) -> None:
    picked = ("smuggling", "trafficking", "health")

    assert _check(rcp, "themes_top", themes=picked, themes_top=("health", "smuggling")) == []
    problems = _check(rcp, "themes_top", themes=picked, themes_top=("health", "integration"))
    assert [problem.code for problem in problems] == ["choice-not-offered"]
    assert "Integration of migrants" in problems[0].message
    four = _check(rcp, "themes_top", themes=picked, themes_top=(*picked, "integration"))
    assert [problem.code for problem in four] == ["too-many"]


def test_dialogue_only_excludes_other_outputs(rcp: Definition) -> None:
    both = _check(rcp, "output_types", output_types=("dialogue", "workshop"))

    assert [problem.code for problem in both] == ["constraint"]
    assert _check(rcp, "output_types", output_types=("dialogue",)) == []


def test_at_most_three_obstacles(rcp: Definition) -> None:
    four = ("funding", "earmarking", "staff", "political_support")

    assert [problem.code for problem in _check(rcp, "obstacles", obstacles=four)] == ["constraint"]
    assert _check(rcp, "obstacles", obstacles=four[:3]) == []


def test_rows_of_a_table_are_checked_with_their_own_cells(every_kind: Definition) -> None:
    rows: tuple[Row, ...] = (
        {"town": "Lima", "since": 1950, "until": 1960},
        {"town": "Quito", "since": 1950, "until": 1940},
        {"since": 1800},
        {"town": " "},
    )

    problems = _check(every_kind, "places", places=rows)

    assert [(problem.place, problem.code) for problem in problems] == [
        ("places.1.until", "constraint"),
        ("places.2.town", "required"),
        ("places.2.since", "constraint"),
    ]
    assert problems[1].message.startswith("Row 3: ")


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("resp_role", 3),
        ("outputs", 3),
        ("year_founded", 3),
        ("good_practice", 3),
        ("themes_top", 3),
        ("resp_email", 0),
        ("md_founding_file", 0),
        ("band", 0),
    ],
)
def test_reasons_for_not_answering(rcp: Definition, name: str, accepted: int) -> None:
    assert len(accepted_missing(rcp.by_name[name])) == accepted


def test_missing_code_is_refused_where_it_makes_no_sense(rcp: Definition) -> None:
    declined = Answer(missing=MissingCode.DECLINED)
    both = Answer(value="x", missing=MissingCode.DECLINED)

    def codes(name: str, answer: Answer) -> list[str]:
        return [p.code for p in _problems_of(rcp, name, {name: answer})]

    assert codes("resp_role", declined) == []
    assert codes("resp_email", declined) == ["missing-not-accepted"]
    assert codes("founding_event", both) == ["value-and-missing"]


def test_submission_needs_required_answers_of_asked_questions_only(nested: Definition) -> None:
    def codes(**values: Value) -> list[tuple[str, str]]:
        given_answers = {key: Answer(value=value) for key, value in values.items()}
        problems = check_submission(nested, given_answers, today=TODAY)
        return [(problem.place, problem.code) for problem in problems]

    assert codes() == [("takes_part", "required")]
    assert codes(takes_part="no") == []
    assert codes(takes_part="no", often=-5) == []
    assert codes(takes_part="yes") == [("often", "required")]
    assert codes(takes_part="yes", often=-5) == [("often", "constraint")]
    assert codes(takes_part="yes", often=3) == []


def test_reason_for_not_answering_satisfies_a_required_question(nested: Definition) -> None:
    unknown = {"takes_part": Answer(missing=MissingCode.DONT_KNOW)}

    assert check_submission(nested, unknown, today=TODAY) == []


def test_empty_2007_form_needs_four_answers(rcp: Definition) -> None:
    problems = check_submission(rcp, {}, today=TODAY)

    assert [problem.place for problem in problems] == [
        "resp_role",
        "attribution",
        "md_founding",
        "md_treatment",
    ]
    assert {problem.code for problem in problems} == {"required"}
    assert all("«don’t know»" in problem.mend for problem in problems)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {},
            [
                ("clearance_name", "required"),
                ("clearance_title", "required"),
                ("clearance_on", "required"),
                ("declaration", "required"),
            ],
        ),
        ({"clearance_on": "2026-03-02"}, []),
        ({"clearance_on": "2026-03-03"}, [("clearance_on", "constraint")]),
        ({"clearance_on": "soon"}, [("clearance_on", "not-a-date")]),
        ({"minutes_spent": -1}, [("minutes_spent", "constraint")]),
        ({"minutes_spent": 0}, []),
    ],
)
def test_panel_is_checked(
    rcp: Definition, values: dict[str, Value], expected: list[tuple[str, str]]
) -> None:
    cleared: dict[str, Value] = {
        "clearance_name": "The Director",
        "clearance_title": "Director",
        "clearance_on": "2026-02-27",
        "declaration": "confirmed",
    }

    problems = check_panel(rcp, {**cleared, **values} if values else {}, today=TODAY)

    assert [(problem.place, problem.code) for problem in problems] == expected


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_answered_means_the_same_everywhere(rcp: Definition, data: st.DataObject) -> None:
    given_answers = data.draw(answers(rcp))
    path = route(rcp, given_answers, today=TODAY)
    missing_required = set(progress(rcp, given_answers, today=TODAY).required_missing)
    problems = check_submission(rcp, given_answers, today=TODAY)
    required_problems = {problem.place for problem in problems if problem.code == "required"}

    for question in rcp.fields:
        if question.name not in path.asked:
            assert question.name not in missing_required
            continue
        answer = given_answers.get(question.name)
        mark = mark_of(
            rcp, question.name, given_answers, path, submitted=True, attribution_withheld=False
        )
        settled = is_settled(answer)
        has_value = answer is not None and is_answered(answer.value)
        assert (mark is Mark.BLANK) is (not settled)
        assert (mark in {Mark.ANSWERED, Mark.NIL, Mark.WITHHELD}) is has_value
        assert (question.name in missing_required) is (question.required and not settled)
        if question.type is not QuestionType.REPEAT:
            assert (question.name in required_problems) is (question.required and not settled)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_problems_concern_asked_questions_only(rcp: Definition, data: st.DataObject) -> None:
    given_answers = data.draw(answers(rcp))
    path = route(rcp, given_answers, today=TODAY)

    for problem in check_submission(rcp, given_answers, today=TODAY):
        assert problem.place.split(".")[0] in path.asked


@pytest.mark.parametrize(("rows", "codes"), [(0, []), (1, ["too-few"]), (2, []), (4, [])])
def test_table_with_too_few_rows_stands_in_the_way(
    ways: Definition, rows: int, codes: list[str]
) -> None:
    visits = (*({"visit_score": 1 + row} for row in range(rows)), {})[:4]

    problems = _problems_of(ways, "visits", {"visits": Answer(value=visits)})

    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(("total", "codes"), [(7, []), (8, ["constraint"])])
def test_total_must_be_what_its_parts_add_up_to(
    ways: Definition, total: int, codes: list[str]
) -> None:
    answers = {
        "staff_women": Answer(value=4),
        "staff_men": Answer(value=3),
        "staff_total": Answer(value=total),
    }

    problems = _problems_of(ways, "staff_total", answers)

    assert [problem.code for problem in problems] == codes
    assert [problem.place for problem in problems] == ["staff_total"] * len(codes)
