"""Where invitations stand: what happened to them, up to the moment that is asked for."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app.bootstrap import Services
from app.errors import NotFound
from app.registry.models import Contact
from app.responses.models import SubmissionKind
from app.rounds.models import (
    EventKind,
    Invitation,
    MailKind,
    MailState,
    OutgoingMail,
    PersonalLink,
    Round,
)
from app.rounds.standing import standing_of, standings
from exports.records import Channel
from questionnaires.models import MissingCode
from questionnaires.outcomes import Outcome, Progress
from tests.fixtures.rounds import SLUG, SteppedClock, close_the_round, open_a_round
from tests.integration.data.acting import MORE_CORE, REQUIRED, Acting, look
from tests.integration.data.queries import QueryCounter


@pytest.fixture
def acting(services: Services) -> Acting:
    """One invited institution in an open round."""
    (only,) = open_a_round(services)
    return Acting(services, only)


def test_invitation_is_not_activity(acting: Acting) -> None:
    standing = acting.stand()

    assert (standing.progress, standing.outcome) == (Progress.INVITED, None)
    assert standing.invited_at == acting.services.clock.now()
    assert (standing.opened_at, standing.started_at, standing.response_id) == (None, None, None)
    assert (standing.answered_items, standing.core_share) == (0, 0.0)


def test_opened_link_without_an_answer_is_opened_only(acting: Acting) -> None:
    acting.start()

    standing = acting.stand()

    assert (standing.progress, standing.outcome) == (Progress.OPENED, None)
    assert standing.opened_at == standing.started_at == acting.services.clock.now()


def test_saved_answer_puts_it_under_way(acting: Acting, clock: SteppedClock) -> None:
    acting.start()
    clock.move(days=2)

    acting.answer(md_treatment="ad_hoc", year_founded=1996)
    standing = acting.stand()

    assert (standing.progress, standing.outcome) == (Progress.UNDER_WAY, None)
    assert standing.last_saved_at == clock.now()
    assert standing.answered_items == 2
    assert standing.suggested == "ad_hoc"
    assert standing.saves == 2


def test_missing_code_counts_as_an_answer(acting: Acting) -> None:
    acting.answer(year_founded=MissingCode.DONT_KNOW)

    standing = acting.stand()

    assert (standing.progress, standing.answered_items) == (Progress.UNDER_WAY, 1)


def test_changed_answer_is_seen_at_once(acting: Acting) -> None:
    acting.answer(md_treatment="ad_hoc")
    before = acting.stand()

    acting.answer(md_treatment="thematic")

    assert before.suggested == "ad_hoc"
    assert acting.stand().suggested == "thematic"


def test_submitted_questionnaire_is_completed_while_the_round_is_open(
    acting: Acting, clock: SteppedClock
) -> None:
    acting.answer(**REQUIRED)
    clock.move(days=1)

    submission = acting.submit()
    standing = acting.stand()

    assert (standing.progress, standing.outcome) == (Progress.RETURNED, Outcome.COMPLETED)
    assert standing.submission_kind is SubmissionKind.QUESTIONNAIRE
    assert standing.submission_id == submission.id
    assert standing.submitted_at == clock.now()
    assert (standing.channel, standing.cleared, standing.minutes_spent) == (Channel.WEB, True, 90)
    assert standing.attribution == "publish"


def test_reopened_return_is_under_way_again(acting: Acting, clock: SteppedClock) -> None:
    acting.answer(**REQUIRED)
    acting.submit()
    clock.move(days=1)

    acting.reopen()
    standing = acting.stand()

    assert (standing.progress, standing.outcome) == (Progress.UNDER_WAY, None)
    assert (standing.submitted_at, standing.submission_kind) == (None, None)


def test_materials_as_the_whole_return(acting: Acting) -> None:
    acting.send_link()
    under_way = acting.stand()

    acting.submit_materials()
    standing = acting.stand()

    assert (under_way.progress, under_way.outcome) == (Progress.UNDER_WAY, None)
    assert (standing.progress, standing.outcome) == (Progress.RETURNED, Outcome.MATERIALS_ONLY)
    assert standing.materials == 1


def test_materials_taken_back_are_not_counted(acting: Acting, clock: SteppedClock) -> None:
    material = acting.send_link()
    clock.move(hours=1)

    acting.take_back(material)
    close_the_round(acting.services)
    standing = acting.stand()

    assert (standing.materials, standing.outcome) == (0, Outcome.NO_RESPONSE)


def test_materials_that_an_analyst_found_are_no_response(acting: Acting) -> None:
    acting.send_link(by_analyst=True)

    close_the_round(acting.services)
    standing = acting.stand()

    assert (standing.materials, standing.outcome) == (0, Outcome.NO_RESPONSE)


def test_refusal_is_told_from_silence(acting: Acting) -> None:
    acting.decline()

    standing = acting.stand()

    assert (standing.progress, standing.outcome) == (Progress.RETURNED, Outcome.DECLINED)
    assert standing.refusal_reason == "No staff to answer."
    assert not standing.cleared


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({}, Outcome.NO_RESPONSE),
        ({"year_founded": 1996}, Outcome.BROKEN_OFF),
        (REQUIRED, Outcome.BROKEN_OFF),
        (REQUIRED | MORE_CORE, Outcome.PARTIAL),
    ],
)
def test_closing_decides_what_was_not_returned(
    acting: Acting, clock: SteppedClock, answers: dict[str, object], outcome: Outcome
) -> None:
    acting.start()
    acting.answer(**answers)
    clock.move(days=40)

    close_the_round(acting.services)

    assert acting.stand().outcome is outcome


def test_return_after_the_closing_is_late(acting: Acting, clock: SteppedClock) -> None:
    acting.answer(**REQUIRED)
    acting.submit()
    with acting.services.database.write() as session:
        round_ = session.exec(select(Round).where(Round.slug == SLUG)).one()
        round_.closed_at = clock.now() - timedelta(days=1)

    standing = acting.stand()

    assert (standing.progress, standing.outcome) == (Progress.RETURNED, Outcome.LATE)


def test_return_after_the_deadline_of_an_open_round_is_completed(
    acting: Acting, clock: SteppedClock
) -> None:
    acting.answer(**REQUIRED)
    clock.move(days=31)

    acting.submit()

    assert acting.stand().outcome is Outcome.COMPLETED


def test_ineligible_leaves_the_base_at_once(acting: Acting) -> None:
    acting.note(EventKind.INELIGIBLE, "Dormant since 2019.")

    assert acting.stand().outcome is Outcome.INELIGIBLE


def test_recorded_outcome_wins(acting: Acting) -> None:
    acting.start()
    with acting.services.database.write() as session:
        invitation = session.get_one(Invitation, acting.asked.invitation_id)
        invitation.recorded_outcome = Outcome.MATERIALS_ONLY
        invitation.outcome_note = "Sent by post."

    standing = acting.stand()

    assert (standing.outcome, standing.progress) == (Outcome.MATERIALS_ONLY, Progress.RETURNED)
    assert standing.outcome_note == "Sent by post."


def test_extension_moves_the_deadline_of_one(acting: Acting, clock: SteppedClock) -> None:
    until = clock.now() + timedelta(days=44)
    clock.move(days=10)
    acting.note(EventKind.EXTENDED)
    with acting.services.database.write() as session:
        session.get_one(Invitation, acting.asked.invitation_id).extended_until = until

    standing = acting.stand()

    assert standing.due_at is not None
    assert standing.effective_due_at == standing.extended_until == until
    assert standing.due_at < until


def test_reminders_are_counted(acting: Acting, clock: SteppedClock) -> None:
    for _ in range(2):
        clock.move(days=7)
        acting.note(EventKind.REMINDED)

    assert acting.stand().reminders_sent == 2


def mail(acting: Acting, session: Session, person: str, state: MailState) -> None:
    """A mail to one of the two contacts, as the worker leaves it behind."""
    to = acting.asked.focal_point if person == "focal point" else acting.asked.alternate
    session.add(
        OutgoingMail(
            invitation_id=acting.asked.invitation_id,
            contact_id=session.get_one(Contact, to.contact_id).id or 0,
            link_id=session.get_one(PersonalLink, to.link_id).id or 0,
            kind=MailKind.INVITATION,
            state=state,
            message_id=f"<{person.replace(' ', '-')}@example.org>",
            created_at=acting.services.clock.now(),
        )
    )


@pytest.mark.parametrize(
    ("focal_point", "alternate", "reports", "undelivered"),
    [
        (MailState.REFUSED, MailState.REFUSED, 2, True),
        (MailState.REFUSED, MailState.SENT, 1, False),
        (MailState.SENT, MailState.SENT, 2, True),
        (MailState.SENT, MailState.SENT, 1, False),
        (MailState.SENT, MailState.SENT, 0, False),
        (None, None, 1, True),
    ],
)
def test_undelivered_only_when_nobody_was_reached(
    acting: Acting,
    focal_point: MailState | None,
    alternate: MailState | None,
    reports: int,
    *,
    undelivered: bool,
) -> None:
    with acting.services.database.write() as session:
        for person, state in (("focal point", focal_point), ("alternate", alternate)):
            if state is not None:
                mail(acting, session, person, state)
    for _ in range(reports):
        acting.note(EventKind.UNDELIVERED)

    close_the_round(acting.services)
    standing = acting.stand()

    assert standing.undelivered is undelivered
    assert standing.outcome is (Outcome.UNDELIVERED if undelivered else Outcome.NO_RESPONSE)


def test_opened_link_proves_delivery(acting: Acting) -> None:
    acting.note(EventKind.UNDELIVERED)
    acting.start()

    assert not acting.stand().undelivered


def test_past_moment_shows_nothing_of_what_came_later(acting: Acting, clock: SteppedClock) -> None:
    at_opening = acting.stand()
    moment = clock.now()
    clock.move(days=1)
    acting.answer(**REQUIRED)
    acting.send_link()
    acting.note(EventKind.REMINDED)
    acting.submit()
    clock.move(days=1)
    acting.reopen()
    close_the_round(acting.services)

    with acting.services.database.read() as session:
        round_ = session.exec(select(Round).where(Round.slug == SLUG)).one()
        (then,) = standings(session, round_, now=moment)
        (in_between,) = standings(session, round_, now=moment + timedelta(days=1))

    assert then == at_opening
    assert in_between.outcome is Outcome.COMPLETED
    assert in_between.reminders_sent == 1


def test_one_standing_is_that_of_the_board(services: Services) -> None:
    north, south = (
        Acting(services, one) for one in open_a_round(services, keys=("north", "south"))
    )
    south.answer(**REQUIRED)
    north.start()

    with services.database.read() as session:
        round_ = session.exec(select(Round).where(Round.slug == SLUG)).one()
        alone = standing_of(session, round_, south.asked.invitation_id, now=services.clock.now())

    assert alone == look(services)[1]


def test_invitation_of_another_round_is_not_found(services: Services) -> None:
    open_a_round(services)
    (other,) = open_a_round(services, keys=("south",), slug="another")

    with services.database.read() as session:
        round_ = session.exec(select(Round).where(Round.slug == SLUG)).one()
        with pytest.raises(NotFound):
            standing_of(session, round_, other.invitation_id, now=services.clock.now())


def test_queries_do_not_grow_with_the_invited(
    services: Services, queries: QueryCounter, clock: SteppedClock
) -> None:
    few = open_a_round(services, keys=["north"], slug="few")
    many = open_a_round(services, keys=[f"key-{number}" for number in range(30)], slug="many")
    for one in (*few, *many[:10]):
        Acting(services, one).answer(md_treatment="thematic")
    look(services, slug="few")
    counts: dict[str, tuple[int, int]] = {}

    for slug, asked in (("few", few), ("many", many)):
        clock.move(hours=1)
        Acting(services, asked[0]).answer(md_treatment="ad_hoc")
        queries.reset()
        first = len(look(services, slug=slug))
        cold = queries.reset()
        look(services, slug=slug)
        counts[slug] = (cold, queries.reset())
        assert first == len(asked)

    assert counts["few"] == counts["many"]
