"""Each outcome and each step of progress has its sign, its word and its meaning."""

import pytest

from app.rounds.states import STATES, state_of
from questionnaires.outcomes import MEANINGS, PROGRESS_MEANINGS, Outcome, Progress


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("progress", list(Progress))
def test_state_of_an_outcome_hides_the_progress(outcome: Outcome, progress: Progress) -> None:
    state = state_of(outcome, progress)

    assert (state.symbol, state.word) == (MEANINGS[outcome].symbol, MEANINGS[outcome].word)
    assert state.meaning.endswith(".")


def test_state_of_no_outcome_is_the_progress() -> None:
    states = [state_of(None, progress) for progress in Progress]

    assert [(one.symbol, one.word) for one in states] == [
        (one.symbol, one.word) for one in PROGRESS_MEANINGS.values()
    ]
    assert [one.word for one in states] == ["Invited", "Link opened", "Under way", "Returned"]


@pytest.mark.parametrize("progress", list(Progress))
def test_state_of_an_invitation_that_did_not_arrive(progress: Progress) -> None:
    state = state_of(None, progress, undelivered=True)

    expected = "Did not arrive" if progress is Progress.INVITED else state_of(None, progress).word
    assert state.word == expected
    assert state_of(Outcome.NO_RESPONSE, progress, undelivered=True).word == "No response"


def test_states_can_be_told_apart_without_colour() -> None:
    assert len(STATES) == len(Outcome) + len(Progress) + 1
    assert len({state.symbol for state in STATES.values()}) == len(STATES)
    assert len({state.word for state in STATES.values()}) == len(STATES)
