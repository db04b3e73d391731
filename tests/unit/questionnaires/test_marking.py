"""Every question of every response has exactly one mark."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.answers import Answer, Answers
from questionnaires.marking import mark_of
from questionnaires.marks import MEANINGS, Mark
from questionnaires.models import Definition, MissingCode
from questionnaires.routing import route
from tests.unit.questionnaires.strategies import TODAY, answers


def _mark(
    definition: Definition,
    name: str,
    given_answers: Answers,
    *,
    submitted: bool = True,
    withheld: bool = False,
    in_version: bool = True,
) -> Mark:
    path = route(definition, given_answers, today=TODAY)
    return mark_of(
        definition,
        name,
        given_answers,
        path,
        submitted=submitted,
        attribution_withheld=withheld,
        in_version=in_version,
    )


@pytest.mark.parametrize(
    ("answer", "submitted", "withheld", "mark"),
    [
        (Answer(value=("red",)), True, False, Mark.ANSWERED),
        (Answer(value=("red",)), False, False, Mark.ANSWERED),
        (Answer(value=("red",)), True, True, Mark.WITHHELD),
        (Answer(value=("none",)), True, False, Mark.NIL),
        (Answer(value=("none",)), True, True, Mark.WITHHELD),
        (Answer(missing=MissingCode.NOT_APPLICABLE), True, False, Mark.NA),
        (Answer(missing=MissingCode.DONT_KNOW), True, True, Mark.DK),
        (Answer(missing=MissingCode.DECLINED), False, False, Mark.DECLINED),
        (Answer(value=()), True, False, Mark.BLANK),
        (Answer(comment="only a comment"), True, True, Mark.BLANK),
        (None, True, False, Mark.BLANK),
        (None, False, False, Mark.NOT_REACHED),
        (None, False, True, Mark.NOT_REACHED),
    ],
)
def test_mark_of_an_asked_question(
    every_kind: Definition, answer: Answer | None, submitted: bool, withheld: bool, mark: Mark
) -> None:
    given_answers = {} if answer is None else {"several": answer}

    found = _mark(every_kind, "several", given_answers, submitted=submitted, withheld=withheld)

    assert found is mark


def test_question_that_another_answer_hid_is_routed(nested: Definition) -> None:
    said_no = {"takes_part": Answer(value="no"), "often": Answer(value=3)}

    assert _mark(nested, "often", said_no) is Mark.ROUTED
    assert _mark(nested, "often", said_no, submitted=False) is Mark.ROUTED
    assert _mark(nested, "often", {}) is Mark.ROUTED
    assert _mark(nested, "often", {}, submitted=False) is Mark.NOT_REACHED


def test_question_of_another_version_is_marked_so(nested: Definition) -> None:
    said = {"takes_part": Answer(value="yes")}

    assert _mark(nested, "takes_part", said, in_version=False) is Mark.NOT_IN_VERSION
    assert _mark(nested, "no_such_question", said) is Mark.NOT_IN_VERSION


def test_calculation_is_marked_by_its_value(every_kind: Definition) -> None:
    assert _mark(every_kind, "doubled", {"whole": Answer(value=2)}) is Mark.ANSWERED
    assert _mark(every_kind, "doubled", {}) is Mark.BLANK


def test_answer_without_its_own_consent_is_withheld(rcp: Definition) -> None:
    practice = {"good_practice": Answer(value="A regional training centre")}
    consent = {"good_practice_consent": Answer(value="publish")}

    assert _mark(rcp, "good_practice", practice) is Mark.WITHHELD
    assert _mark(rcp, "good_practice", {**practice, **consent}) is Mark.ANSWERED
    assert _mark(rcp, "good_practice", consent) is Mark.BLANK


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.booleans(), st.booleans(), st.booleans())
def test_marks_are_total(
    rcp: Definition, data: st.DataObject, submitted: bool, withheld: bool, in_version: bool
) -> None:
    given_answers = data.draw(answers(rcp))
    path = route(rcp, given_answers, today=TODAY)

    for question in rcp.questions:
        mark = mark_of(
            rcp,
            question.name,
            given_answers,
            path,
            submitted=submitted,
            attribution_withheld=withheld,
            in_version=in_version,
        )
        assert mark in MEANINGS
        assert mark not in {Mark.CARRIED, Mark.UNCODED}
        assert (mark is Mark.NOT_IN_VERSION) is (not in_version)
        if MEANINGS[mark].in_base:
            assert question.name in path.asked
            assert not withheld or mark is Mark.WITHHELD
        if submitted:
            assert mark is not Mark.NOT_REACHED


def test_every_mark_has_a_meaning_with_an_sdmx_status() -> None:
    assert set(MEANINGS) == set(Mark)
    assert {meaning.sdmx for meaning in MEANINGS.values()} == set("AMOQLVP")
    assert {mark for mark in Mark if MEANINGS[mark].in_base} == {
        Mark.ANSWERED,
        Mark.NIL,
        Mark.WITHHELD,
    }
