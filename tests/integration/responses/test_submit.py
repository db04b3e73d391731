"""Returning an invitation, once; and reopening it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from app.bootstrap import Services
from app.errors import Conflict, Invalid
from app.responses.clearance import Clearance
from app.responses.models import Submission, SubmissionKind
from app.responses.service.hold import AlreadyReturned, RoundClosed
from app.rounds.models import EventKind, InvitationEvent
from tests.fixtures.rounds import Asked, SteppedClock, close_the_round
from tests.integration.responses.returning import REQUIRED, Return


def test_submit_questionnaire_complete_gives_receipt(ours: Return, clock: SteppedClock) -> None:
    ours.fill()

    submission = ours.submit(minutes=90)

    assert ours.stored() == [submission]
    assert (submission.kind, submission.response_id, submission.position) == (
        SubmissionKind.QUESTIONNAIRE,
        ours.response.id,
        1,
    )
    assert len(submission.receipt) == 14
    assert (submission.at, submission.clearance_on, submission.minutes_spent) == (
        clock.now(),
        clock.now().date(),
        90,
    )


def test_submit_questionnaire_empty_lists_everything(ours: Return) -> None:
    with pytest.raises(Invalid) as refused:
        ours.submit(Clearance(name=" "), minutes=-1)

    places = [problem.place for problem in refused.value.problems]
    assert sorted(places) == [
        "attribution",
        "clearance_name",
        "clearance_title",
        "declaration",
        "md_founding",
        "md_treatment",
        "minutes_spent",
        "resp_role",
    ]
    assert ours.stored() == []


def test_submit_questionnaire_against_constraint_is_refused(ours: Return) -> None:
    ours.fill({**REQUIRED, "year_founded": 1066})

    with pytest.raises(Invalid) as refused:
        ours.submit()

    assert [problem.place for problem in refused.value.problems] == ["year_founded"]


@pytest.mark.parametrize("again", ["submit", "send_materials", "decline", "fill", "note"])
def test_second_return_is_refused_with_first_receipt(
    ours: Return, clock: SteppedClock, again: str
) -> None:
    ours.fill()
    first = ours.submit()
    clock.move(days=1)

    with pytest.raises(AlreadyReturned) as refused:
        getattr(ours, again)()

    assert (refused.value.receipt, refused.value.at) == (first.receipt, first.at)
    assert first.receipt in refused.value.message
    assert "10 March 2027, 13:00 (Europe/Brussels)" in refused.value.message
    assert refused.value.status == 409


def test_submit_by_two_at_once_counts_once(ours: Return) -> None:
    ours.fill()
    start = Barrier(2)

    def submit() -> str:
        start.wait(10)
        try:
            return ours.submit().receipt
        except AlreadyReturned as refused:
            return refused.receipt

    with ThreadPoolExecutor(2) as people:
        receipts = [each.result() for each in [people.submit(submit) for _ in range(2)]]

    (stored,) = ours.stored()
    assert receipts == [stored.receipt, stored.receipt]


def test_save_and_submit_at_once_leave_no_answer_behind_the_return(ours: Return) -> None:
    """A save that wins is part of the return; one that loses is refused."""
    ours.fill()
    start = Barrier(2)

    def save() -> bool:
        start.wait(10)
        try:
            ours.fill({"founding_event": "At the last moment"})
        except AlreadyReturned:
            return False
        return True

    def submit() -> Submission:
        start.wait(10)
        return ours.submit()

    with ThreadPoolExecutor(2) as people:
        saving, submitting = people.submit(save), people.submit(submit)

    assert submitting.result().id is not None
    assert saving.result() in {True, False}
    with pytest.raises(AlreadyReturned):
        ours.fill({"founding_event": "Too late"}, based_on=int(saving.result()))


def test_submit_after_deadline_is_accepted(ours: Return, clock: SteppedClock) -> None:
    ours.fill()
    clock.move(days=40)

    assert ours.submit().at == clock.now()


def test_return_after_closing_is_refused_kindly(
    services: Services, ours: Return, clock: SteppedClock
) -> None:
    ours.fill()
    close_the_round(services)
    clock.move(days=1)

    with pytest.raises(RoundClosed, match="closed on 10 March 2027"):
        ours.submit()


def test_submit_materials_without_any_is_refused(ours: Return) -> None:
    with pytest.raises(Invalid) as refused:
        ours.send_materials()

    assert [problem.code for problem in refused.value.problems] == ["no-material"]


def test_submit_materials_alone_is_a_return(ours: Return) -> None:
    ours.note()

    submission = ours.send_materials(Clearance(name="The Chair"))

    assert (submission.kind, submission.response_id, submission.clearance_name) == (
        SubmissionKind.MATERIALS,
        None,
        "The Chair",
    )


def test_decline_needs_a_reason(ours: Return) -> None:
    with pytest.raises(Invalid) as refused:
        ours.decline(" \n")

    assert [problem.place for problem in refused.value.problems] == ["decline_reason"]


def test_decline_without_name_is_a_refusal(ours: Return) -> None:
    submission = ours.decline()

    assert (submission.kind, submission.refusal_reason, submission.clearance_on) == (
        SubmissionKind.REFUSAL,
        "No capacity this year.",
        None,
    )


def test_reopen_keeps_the_first_return_and_lets_a_second_follow(
    services: Services, ours: Return, asked: Asked, clock: SteppedClock
) -> None:
    ours.fill()
    first = ours.submit()
    clock.move(hours=2)

    ours.reopen()
    ours.fill({"founding_event": "Corrected"})
    second = ours.submit()

    kept, replaced_by = ours.stored()
    assert (kept.receipt, kept.reopened_at, kept.position) == (first.receipt, clock.now(), 1)
    assert (replaced_by.receipt, replaced_by.position) == (second.receipt, 2)
    with services.database.read() as session:
        note = session.exec(
            select(InvitationEvent).where(InvitationEvent.kind == EventKind.NOTE)
        ).one()
    assert first.receipt in note.note
    assert "The table is empty." in note.note


def test_reopen_without_return_is_a_conflict(ours: Return) -> None:
    with pytest.raises(Conflict):
        ours.reopen()
