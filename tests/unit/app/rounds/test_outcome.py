"""The outcome of an invitation, whatever happened to it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.responses.models import Submission, SubmissionKind
from app.rounds.facts import Events, Mailed, Returns, is_undelivered
from app.rounds.fill import Fill
from app.rounds.outcome import outcome_of, progress_of, return_facts
from questionnaires.outcomes import Outcome, Progress, ReturnFacts

CLOSED_AT = datetime(2027, 5, 1, tzinfo=UTC)


def submission(kind: SubmissionKind, *, days: int) -> Submission:
    return Submission(invitation_id=1, kind=kind, receipt="R", at=CLOSED_AT + timedelta(days=days))


submissions = st.builds(submission, st.sampled_from(SubmissionKind), days=st.integers(-30, 30))
returns = st.builds(
    Returns, st.lists(submissions, max_size=3), st.integers(min_value=0, max_value=2)
)
events = st.builds(
    Events,
    opened_at=st.none() | st.just(CLOSED_AT - timedelta(days=40)),
    reported_undelivered=st.integers(0, 3),
    ineligible=st.booleans(),
)
mails = st.builds(Mailed, refused=st.integers(0, 3), reached=st.integers(0, 3))
filled = st.builds(
    Fill,
    answered_any=st.booleans(),
    core_share=st.floats(0, 1),
)


def facts_of(
    known: Events, mailed: Mailed, returned: Returns, fill: Fill, frozen_at: datetime | None
) -> ReturnFacts:
    return return_facts(
        events=known,
        mailed=mailed,
        returns=returned,
        fill=fill,
        frozen_at=frozen_at,
        partial_share=0.5,
    )


@given(events, mails, returns, filled)
def test_closed_round_leaves_no_invitation_without_an_outcome(
    known: Events, mailed: Mailed, returned: Returns, fill: Fill
) -> None:
    facts = facts_of(known, mailed, returned, fill, CLOSED_AT)

    assert outcome_of(facts, recorded=None) is not None


@given(events, mails, returns, filled)
def test_open_round_decides_only_what_is_final(
    known: Events, mailed: Mailed, returned: Returns, fill: Fill
) -> None:
    facts = facts_of(known, mailed, returned, fill, None)

    decided = outcome_of(facts, recorded=None) is not None
    assert decided == (known.ineligible or bool(returned.standing))


@given(st.sampled_from(Outcome), events, mails, returns, filled)
def test_recorded_outcome_always_wins(
    recorded: Outcome, known: Events, mailed: Mailed, returned: Returns, fill: Fill
) -> None:
    facts = facts_of(known, mailed, returned, fill, CLOSED_AT)

    assert outcome_of(facts, recorded=recorded) is recorded
    assert progress_of(facts, opened=False, recorded=recorded) in Progress


def test_materials_after_the_freeze_are_a_late_return() -> None:
    returned = Returns([submission(SubmissionKind.MATERIALS, days=3)], materials=0)

    facts = facts_of(Events(), Mailed(), returned, Fill(), CLOSED_AT)

    assert outcome_of(facts, recorded=None) is Outcome.LATE


def test_newest_return_of_a_kind_is_the_last_one() -> None:
    first, refusal, last = (
        submission(SubmissionKind.QUESTIONNAIRE, days=-9),
        submission(SubmissionKind.REFUSAL, days=-8),
        submission(SubmissionKind.QUESTIONNAIRE, days=-7),
    )

    returned = Returns([first, refusal, last])

    assert returned.newest is last
    assert returned.newest_of(SubmissionKind.REFUSAL) is refusal
    assert returned.newest_of(SubmissionKind.MATERIALS) is None


@given(events, mails)
def test_nobody_is_undelivered_without_a_report(known: Events, mailed: Mailed) -> None:
    known.reported_undelivered = 0

    assert not is_undelivered(known, mailed)
