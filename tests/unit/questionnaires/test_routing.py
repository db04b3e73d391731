"""The route: what is asked follows from what stands before it, and from nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.answers import Answer, Value
from questionnaires.models import Definition, MissingCode
from questionnaires.routing import conditions_of, offered_choices, route
from tests.unit.questionnaires.strategies import TODAY, answers


def _asked(definition: Definition, **values: Value) -> set[str]:
    given_answers = {name: Answer(value=value) for name, value in values.items()}
    return set(route(definition, given_answers, today=TODAY).asked)


def test_group_that_is_not_relevant_hides_all_below_it(nested: Definition) -> None:
    assert _asked(nested) == {"takes_part"}
    assert _asked(nested, takes_part="no", often=5) == {"takes_part"}
    assert _asked(nested, takes_part="yes") == {"takes_part", "often", "summer", "winter"}
    assert _asked(nested, takes_part="yes", often=2) == {
        "takes_part",
        "often",
        "together",
        "summer",
        "winter",
    }


def test_relevant_groups_are_named(nested: Definition) -> None:
    path = route(nested, {"takes_part": Answer(value="yes")}, today=TODAY)

    assert path.groups == {"opening", "details", "outer", "rows"}


@pytest.mark.parametrize(
    "answer", [Answer(missing=MissingCode.DONT_KNOW), Answer(value=" \u200b"), Answer()]
)
def test_answer_without_a_value_is_empty_for_conditions(nested: Definition, answer: Answer) -> None:
    path = route(nested, {"takes_part": answer}, today=TODAY)

    assert path.asked == {"takes_part"}
    assert path.values["takes_part"] == ""


def test_hidden_question_is_empty_for_later_conditions(rcp: Definition) -> None:
    hidden = {
        "md_treatment": Answer(value="not_addressed"),
        "md_frequency": Answer(value="every"),
    }

    path = route(rcp, hidden, today=TODAY)

    assert "md_frequency" not in path.asked
    assert path.calculated["band"] == "none"


def test_calculation_is_stored_as_a_value(every_kind: Definition) -> None:
    doubled = route(every_kind, {"whole": Answer(value=21)}, today=TODAY)
    without = route(every_kind, {}, today=TODAY)

    assert doubled.calculated["doubled"] == 42
    assert "doubled" not in without.calculated


def test_hidden_question_is_worth_what_it_carries_along(every_kind: Definition) -> None:
    assert route(every_kind, {}, today=TODAY).calculated["edition"] == "spring"


def test_readonly_question_is_worked_out_and_never_taken_from_an_answer(ways: Definition) -> None:
    answers = {"year": Answer(value=2026), "office_code": Answer(value="forged")}

    path = route(ways, answers, today=TODAY)

    assert path.calculated["office_code"] == "spring-2026"
    assert path.values["office_code"] == "spring-2026"
    assert not ways.by_name["office_code"].takes_answer


def test_filter_leaves_some_choices(every_kind: Definition) -> None:
    warm = every_kind.by_name["warm"]

    free = route(every_kind, {}, today=TODAY)
    taken = route(every_kind, {"several": Answer(value=("red",))}, today=TODAY)

    assert [choice.name for choice in offered_choices(every_kind, warm, free)] == ["red"]
    assert offered_choices(every_kind, warm, taken) == ()
    one = every_kind.by_name["one"]
    assert offered_choices(every_kind, one, free) == every_kind.choices["colour"]


def test_conditions_are_named_from_the_outside_in(nested: Definition) -> None:
    assert list(conditions_of(nested, "together")) == ["${takes_part} = 'yes'", "${often} > 1"]
    assert list(conditions_of(nested, "takes_part")) == []


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_route_up_to_a_question_never_depends_on_later_answers(
    rcp: Definition, data: st.DataObject
) -> None:
    some = data.draw(answers(rcp))
    others = data.draw(answers(rcp))
    names = [question.name for question in rcp.questions]
    cut = data.draw(st.integers(0, len(names) - 1))
    before = set(names[:cut])
    mixed = {
        name: answer
        for source, keep in ((some, True), (others, False))
        for name, answer in source.items()
        if (name in before) is keep
    }

    one = route(rcp, some, today=TODAY)
    other = route(rcp, mixed, today=TODAY)

    upto = set(names[: cut + 1])
    assert one.asked & upto == other.asked & upto


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_answers_to_hidden_questions_change_nothing(rcp: Definition, data: st.DataObject) -> None:
    everything = data.draw(answers(rcp))
    path = route(rcp, everything, today=TODAY)
    asked_only = {name: answer for name, answer in everything.items() if name in path.asked}

    assert route(rcp, asked_only, today=TODAY) == path
