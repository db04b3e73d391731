"""Outcomes and rates: one outcome for any facts, and rates that add up."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.outcomes import (
    MEANINGS,
    Outcome,
    Progress,
    ReturnFacts,
    derive_outcome,
    derive_progress,
    rates,
)

FROZEN = datetime(2007, 6, 30, tzinfo=UTC)
BEFORE = FROZEN - timedelta(days=1)
AFTER = FROZEN + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (ReturnFacts(submitted_at=BEFORE, frozen_at=FROZEN), Outcome.COMPLETED),
        (ReturnFacts(submitted_at=FROZEN, frozen_at=FROZEN), Outcome.COMPLETED),
        (ReturnFacts(submitted_at=BEFORE), Outcome.COMPLETED),
        (ReturnFacts(submitted_at=AFTER, frozen_at=FROZEN), Outcome.LATE),
        (ReturnFacts(submitted_at=BEFORE, declined_at=BEFORE), Outcome.COMPLETED),
        (ReturnFacts(submitted_at=BEFORE, materials=3), Outcome.COMPLETED),
        (ReturnFacts(declined_at=BEFORE), Outcome.DECLINED),
        (ReturnFacts(declined_at=BEFORE, answered_any=True, core_share=0.9), Outcome.DECLINED),
        (ReturnFacts(declined_at=BEFORE, materials=1), Outcome.MATERIALS_ONLY),
        (ReturnFacts(materials=1), Outcome.MATERIALS_ONLY),
        (ReturnFacts(materials=1, undelivered=True), Outcome.MATERIALS_ONLY),
        (ReturnFacts(materials=1, answered_any=True, core_share=0.49), Outcome.MATERIALS_ONLY),
        (ReturnFacts(materials=1, answered_any=True, core_share=0.5), Outcome.PARTIAL),
        (ReturnFacts(answered_any=True, core_share=0.5), Outcome.PARTIAL),
        (ReturnFacts(answered_any=True, core_share=0.49), Outcome.BROKEN_OFF),
        (ReturnFacts(answered_any=True, core_share=0.1, partial_share=0.1), Outcome.PARTIAL),
        (ReturnFacts(partial_share=0), Outcome.NO_RESPONSE),
        (ReturnFacts(undelivered=True), Outcome.UNDELIVERED),
        (ReturnFacts(), Outcome.NO_RESPONSE),
        (ReturnFacts(eligible=False, submitted_at=BEFORE), Outcome.INELIGIBLE),
    ],
)
def test_outcome_follows_from_the_facts(facts: ReturnFacts, outcome: Outcome) -> None:
    assert derive_outcome(facts) is outcome


@pytest.mark.parametrize(
    ("facts", "opened", "progress"),
    [
        (ReturnFacts(), False, Progress.INVITED),
        (ReturnFacts(), True, Progress.OPENED),
        (ReturnFacts(answered_any=True), True, Progress.UNDER_WAY),
        (ReturnFacts(materials=1), True, Progress.UNDER_WAY),
        (ReturnFacts(materials=1, materials_returned_at=BEFORE), True, Progress.RETURNED),
        (ReturnFacts(submitted_at=BEFORE), True, Progress.RETURNED),
        (ReturnFacts(declined_at=BEFORE), False, Progress.RETURNED),
    ],
)
def test_progress_follows_from_the_facts(
    facts: ReturnFacts, opened: bool, progress: Progress
) -> None:
    assert derive_progress(facts, opened=opened) is progress


times = st.none() | st.datetimes(timezones=st.just(UTC))
facts_of_returns = st.builds(
    ReturnFacts,
    eligible=st.booleans(),
    undelivered=st.booleans(),
    declined_at=times,
    submitted_at=times,
    frozen_at=times,
    materials=st.integers(0, 3),
    answered_any=st.booleans(),
    core_share=st.floats(0, 1),
    partial_share=st.floats(0, 1),
    materials_returned_at=times,
)


@given(facts_of_returns, st.booleans())
def test_invitation_alone_is_not_activity(facts: ReturnFacts, opened: bool) -> None:
    acted = (
        facts.submitted_at or facts.declined_at or facts.materials_returned_at,
        facts.answered_any or facts.materials,
    )

    progress = derive_progress(facts, opened=opened)

    assert (progress in {Progress.INVITED, Progress.OPENED}) is (not any(acted))


@given(facts_of_returns)
def test_response_is_counted_only_if_something_came(facts: ReturnFacts) -> None:
    outcome = derive_outcome(facts)

    if MEANINGS[outcome].in_any_response_rate:
        assert facts.submitted_at or facts.materials or facts.answered_any
    if MEANINGS[outcome].in_questionnaire_rate:
        assert facts.submitted_at
    assert (outcome is Outcome.INELIGIBLE) is (not facts.eligible)


@given(st.lists(st.sampled_from(Outcome)))
def test_outcomes_sum_to_invited_and_rates_are_bounded(outcomes: list[Outcome]) -> None:
    found = rates(outcomes)

    assert sum(found.counts.values()) == found.invited == len(outcomes)
    assert set(found.counts) == set(Outcome)
    assert found.eligible == found.invited - found.counts[Outcome.INELIGIBLE]
    assert found.completed <= found.with_partial <= found.any_response
    assert found.any_response + found.silent + found.late <= found.eligible
    for share in (found.questionnaire_rate, found.any_response_rate, found.silent_rate):
        assert (share is None) is (found.eligible == 0)
        assert share is None or 0 <= share <= 1


def test_rates_of_2007() -> None:
    outcomes = [Outcome.COMPLETED] * 9 + [Outcome.MATERIALS_ONLY] * 2 + [Outcome.NO_RESPONSE]

    found = rates(outcomes)

    assert (found.completed, found.any_response, found.silent, found.eligible) == (9, 11, 1, 12)
    assert found.questionnaire_rate == Fraction(3, 4)
    assert found.any_response_rate == Fraction(11, 12)
    assert found.silent_rate == Fraction(1, 12)


def test_late_is_in_the_base_and_in_no_numerator() -> None:
    found = rates([Outcome.COMPLETED, Outcome.LATE, Outcome.INELIGIBLE])

    assert (found.completed, found.any_response, found.eligible, found.late) == (1, 1, 2, 1)


def test_every_outcome_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Outcome)
    assert len({meaning.symbol for meaning in MEANINGS.values()}) == len(Outcome)
    assert len({meaning.word for meaning in MEANINGS.values()}) == len(Outcome)
