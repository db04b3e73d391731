"""Progress counts numbered questions that are asked, and whether anything was said to them."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.answers import Answer
from questionnaires.completeness import core_share, progress
from questionnaires.models import Definition, MissingCode
from questionnaires.routing import route
from tests.unit.questionnaires.strategies import TODAY, answers


def test_empty_form_has_no_progress(rcp: Definition) -> None:
    form = progress(rcp, {}, today=TODAY)

    # C2, C6, C7, D2 and D3 wait for other answers; C4, C5 and E3 are asked until ruled out.
    assert (form.asked, form.answered) == (34 - 5, 0)
    assert [section.name for section in form.sections] == [f"section_{x}" for x in "abcdefgh"]
    assert form.required_missing == ("resp_role", "attribution", "md_founding", "md_treatment")


def test_question_of_several_fields_counts_once(nested: Definition) -> None:
    given_answers = {
        "takes_part": Answer(value="yes"),
        "often": Answer(value=3),
        "together": Answer(value="no"),
        "summer": Answer(missing=MissingCode.DONT_KNOW),
    }

    form = progress(nested, given_answers, today=TODAY)

    assert [(section.asked, section.answered) for section in form.sections] == [(1, 1), (2, 2)]
    assert form.required_missing == ()


def test_section_that_is_not_asked_counts_nothing(nested: Definition) -> None:
    form = progress(nested, {"takes_part": Answer(value="no")}, today=TODAY)

    assert [(section.asked, section.answered) for section in form.sections] == [(1, 1), (0, 0)]


def test_core_share_is_of_the_core_questions_asked(nested: Definition) -> None:
    def share(**values: str) -> float:
        given_answers = {name: Answer(value=value) for name, value in values.items()}
        return core_share(nested, given_answers, today=TODAY)

    assert share() == 0
    assert share(takes_part="no") == 1
    assert share(takes_part="yes") == 0.5
    assert share(takes_part="yes", winter="no") == 1
    assert share(takes_part=" ") == 0


def test_form_without_core_questions_has_no_core_share(every_kind: Definition) -> None:
    assert core_share(every_kind, {"words": Answer(value="x")}, today=TODAY) == 0


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_progress_is_bounded_and_ignores_hidden_answers(
    rcp: Definition, data: st.DataObject
) -> None:
    given_answers = data.draw(answers(rcp))
    path = route(rcp, given_answers, today=TODAY)
    asked_only = {name: given_answers[name] for name in given_answers if name in path.asked}

    form = progress(rcp, given_answers, today=TODAY)

    assert form == progress(rcp, asked_only, today=TODAY)
    assert 0 <= form.answered <= form.asked <= len(rcp.items)
    assert form.answered == sum(section.answered for section in form.sections)
    share = core_share(rcp, given_answers, today=TODAY)
    assert 0 <= share <= 1
    assert share == core_share(rcp, asked_only, today=TODAY)


def test_item_that_nobody_answers_is_not_counted(ways: Definition) -> None:
    shown = ways.by_name["office_code"].model_copy(update={"code": "B9"})
    office = ways.item_of["office_rooms"].node.model_copy(
        update={"code": None, "children": (shown,)}
    )
    section = ways.section("section_b").model_copy(update={"children": (office,)})
    form = Definition(settings=ways.settings, survey=(section,))

    assert progress(form, {}, today=TODAY).asked == 0
