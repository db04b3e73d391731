"""Each waiting mail is sent once, tried again, or given up with a word about it."""

from contextlib import closing
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Executable, func, insert, update
from sqlmodel import col, select

from app.bootstrap import build
from app.jobs.job import Fate
from app.registry.models import Contact
from app.responses.models import Submission, SubmissionKind
from app.rounds.jobs import job_of
from app.rounds.models import (
    EventKind,
    Invitation,
    InvitationEvent,
    MailKind,
    MailState,
    OutgoingMail,
    PersonalLink,
    Round,
)
from app.rounds.service.close import close_round
from app.rounds.service.post import Attempt, Result
from app.rounds.service.resend import resend_refused
from app.rounds.standing import standing_of
from app.worker import kinds, sweep
from tests.fixtures.mail import SmtpServer
from tests.integration.jobs.world import ADDRESSES, FIRST_CYCLE, PaperQueue, World

ONE = "focal-point@south.example.org"


@pytest.fixture(autouse=True)
def round_due(paper_world: World) -> None:
    paper_world.clock.set(FIRST_CYCLE)


def received_by(smtp_server: SmtpServer, address: str) -> int:
    return sum(address in mail.recipients for mail in smtp_server.received)


def mail_to(world: World, address: str) -> OutgoingMail:
    with world.services.database.read() as session:
        return session.exec(
            select(OutgoingMail)
            .where(OutgoingMail.contact_id == Contact.id)
            .where(Contact.email == address)
        ).one()


def pass_time(world: World, **by: float) -> None:
    world.clock.set(world.clock.now() + timedelta(**by))


def test_invitation_tells_who_asks_what_by_when(
    paper_world: World, smtp_server: SmtpServer
) -> None:
    paper_world.sweep_and_work()

    [mail] = [mail for mail in smtp_server.received if ONE in mail.recipients]
    assert mail.sender == "rapporteur@example.org"
    assert mail.message["Reply-To"] == "help@example.org"
    assert mail.message["Date"].datetime == FIRST_CYCLE
    for words in (
        "Dear Focal point,",
        "Secretariat of the Forum invites Process of the South to take part in:",
        "Survey of processes, 1 March 2027",
        "Questionnaire: A tiny form",
        "end of 31 March 2027 (Europe/Brussels)",
        "Please write to help@example.org.",
    ):
        assert words in mail.text


def test_mail_that_fails_once_arrives_once(paper_world: World, smtp_server: SmtpServer) -> None:
    smtp_server.refuse(ONE, 451, "try later")
    paper_world.sweep_and_work()
    assert received_by(smtp_server, ONE) == 0
    assert mail_to(paper_world, ONE).last_error == "The mail server said: 451 try later"
    smtp_server.accept(ONE)

    paper_world.sweep_and_work()
    assert received_by(smtp_server, ONE) == 0, "it was tried again at once"
    pass_time(paper_world, minutes=1)
    paper_world.sweep_and_work()
    paper_world.sweep_and_work()

    assert received_by(smtp_server, ONE) == 1
    mail = mail_to(paper_world, ONE)
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 1, "")
    assert len(smtp_server.received) == len(ADDRESSES)


def test_mail_that_is_refused_for_good_is_noted_without_the_address(
    paper_world: World, smtp_server: SmtpServer
) -> None:
    smtp_server.refuse(ONE, 550, f"<{ONE}>: no such user")

    paper_world.sweep_and_work()
    pass_time(paper_world, days=1)
    paper_world.sweep_and_work()

    assert mail_to(paper_world, ONE).state is MailState.REFUSED
    [event] = paper_world.events(EventKind.UNDELIVERED)
    assert event.invitation_id == mail_to(paper_world, ONE).invitation_id
    assert event.note == (
        "The invitation to the focal point did not arrive."
        " The mail server said: 550 <the address>: no such user"
    )
    assert len(smtp_server.received) == len(ADDRESSES) - 1


@pytest.mark.parametrize("said", [ONE, ONE.upper()])
def test_mail_that_waits_after_a_refusal_is_noted_without_the_address(
    paper_world: World, smtp_server: SmtpServer, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    smtp_server.refuse(ONE, 451, f"<{said}>: mailbox is busy")

    paper_world.sweep_and_work()

    mail = mail_to(paper_world, ONE)
    assert mail.state is MailState.WAITING
    assert mail.last_error == "The mail server said: 451 <the address>: mailbox is busy"
    assert ONE not in caplog.text.lower()


def test_mail_that_fails_for_three_days_is_given_up(
    paper_world: World, smtp_server: SmtpServer
) -> None:
    smtp_server.refuse(ONE, 451, "try later")

    for _ in range(40):
        paper_world.sweep_and_work()
        pass_time(paper_world, hours=2)

    mail = mail_to(paper_world, ONE)
    assert mail.state is MailState.REFUSED
    [event] = paper_world.events(EventKind.UNDELIVERED)
    assert "It could not be sent for three days." in event.note


def test_address_that_is_none_is_given_up_at_once(
    paper_world: World, smtp_server: SmtpServer
) -> None:
    wrong = update(Contact).where(col(Contact.email) == ONE).values(email="nobody at all")
    paper_world.change(wrong)

    paper_world.sweep_and_work()

    [event] = paper_world.events(EventKind.UNDELIVERED)
    assert "not an address that mail can be sent to" in event.note
    assert len(smtp_server.received) == len(ADDRESSES) - 1


@pytest.mark.parametrize("setting", ["mail_from", "support_email"])
def test_fault_of_the_settings_loses_no_invitation(
    paper_world: World, smtp_server: SmtpServer, setting: str, caplog: pytest.LogCaptureFixture
) -> None:
    # As they would be read by a release that does not check them.
    wrong = paper_world.settings.model_copy(update={setting: "Help desk"})
    queue = PaperQueue()
    with closing(build(wrong, clock=paper_world.clock, jobs=queue)) as mistaken:
        sweep(paper_world.services)
        queue.enqueue(job_of(mail) for mail in paper_world.mails())
        queue.work(mistaken)

    assert {mail.state for mail in paper_world.mails()} == {MailState.WAITING}
    assert "in the settings" in mail_to(paper_world, ONE).last_error
    assert caplog.text.count("could not be sent, and is tried again") == len(ADDRESSES)
    pass_time(paper_world, minutes=1)
    paper_world.sweep_and_work()
    assert {mail.state for mail in paper_world.mails()} == {MailState.SENT}
    assert paper_world.events(EventKind.UNDELIVERED) == []


def test_log_tells_what_opened_and_what_was_given_up(
    paper_world: World, smtp_server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="app.rounds.jobs")
    smtp_server.refuse(ONE, 550, f"<{ONE}>: no such user")

    paper_world.sweep_and_work()

    opened, given_up = [
        record.getMessage() for record in caplog.records if record.name == "app.rounds.jobs"
    ]
    assert opened == "The round processes-2027-03-01 was opened."
    assert given_up == (
        f"Mail {mail_to(paper_world, ONE).id} could not be delivered, and is given up: The mail"
        " server said: 550 <the address>: no such user. Once the cause is mended, send it again:"
        " rapporteur mail retry"
    )


def test_mail_that_was_sent_meanwhile_is_not_told_of_as_failed(
    paper_world: World, smtp_server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    paper_world.sweep_and_work()
    mail = mail_to(paper_world, ONE)
    # A sweep had read the mail as waiting, and heard then that its work had ended.
    lost = Attempt(result=Result.FAILED, at=FIRST_CYCLE, reason="The service failed.")

    kinds(paper_world.services)[0].record(mail.id or 0, 0, lost.model_dump_json())

    assert "could not be sent" not in caplog.text
    assert mail_to(paper_world, ONE).state is MailState.SENT


def send_again(world: World) -> int:
    with world.services.database.write() as session:
        [round_] = session.exec(select(Round).where(col(Round.scheduled_for).is_not(None)))
        mails = resend_refused(
            session,
            round_=round_,
            actor="command",
            clock=world.clock,
            mail_domain="example.org",
        )
        return len(mails)


def undelivered(world: World, invitation_id: int, *, at: datetime) -> bool:
    with world.services.database.read() as session:
        invitation = session.get_one(Invitation, invitation_id)
        round_ = session.get_one(Round, invitation.round_id)
        return standing_of(session, round_, invitation_id, now=at).undelivered


def test_invitation_that_was_given_up_is_sent_again_with_its_link(
    paper_world: World, smtp_server: SmtpServer
) -> None:
    smtp_server.refuse(ONE, 550, "no such user")
    paper_world.sweep_and_work()
    before = paper_world.clock.now()
    pass_time(paper_world, days=1)
    smtp_server.accept(ONE)

    assert send_again(paper_world) == 1
    assert send_again(paper_world) == 0, "one that waits already was doubled"
    paper_world.sweep_and_work()
    assert send_again(paper_world) == 0, "one that went was sent again"

    assert received_by(smtp_server, ONE) == 1
    [given_up] = paper_world.mails(MailState.REFUSED)
    sent = paper_world.mails()[-1]
    assert (sent.state, sent.contact_id) == (MailState.SENT, given_up.contact_id)
    assert (sent.link_id, sent.message_id != given_up.message_id) == (given_up.link_id, True)
    assert undelivered(paper_world, given_up.invitation_id, at=before)
    assert not undelivered(paper_world, given_up.invitation_id, at=paper_world.clock.now())


def test_invitation_that_is_refused_again_is_undelivered_still(
    paper_world: World, smtp_server: SmtpServer
) -> None:
    smtp_server.refuse(ONE, 550, "no such user")
    paper_world.sweep_and_work()

    assert send_again(paper_world) == 1
    paper_world.sweep_and_work()

    first, second = paper_world.mails(MailState.REFUSED)
    assert first.contact_id == second.contact_id
    assert undelivered(paper_world, first.invitation_id, at=paper_world.clock.now())
    assert len(paper_world.events(EventKind.UNDELIVERED)) == 2


def test_nothing_is_sent_again_once_the_round_is_closed(
    paper_world: World, smtp_server: SmtpServer
) -> None:
    smtp_server.refuse(ONE, 550, "no such user")
    paper_world.sweep_and_work()
    with paper_world.services.database.write() as session:
        [round_] = session.exec(select(Round).where(col(Round.scheduled_for).is_not(None)))
        close_round(session, round_=round_, actor="command", clock=paper_world.clock)

    assert send_again(paper_world) == 0


def _answered() -> Executable:
    invitation = (
        select(Invitation.id)
        .where(Invitation.round_id == Round.id)
        .where(Invitation.id == OutgoingMail.invitation_id)
        .where(OutgoingMail.contact_id == Contact.id)
        .where(Contact.email == ONE)
        .scalar_subquery()
    )
    return insert(Submission).values(
        invitation_id=invitation,
        position=1,
        kind=SubmissionKind.MATERIALS,
        receipt="AAAA",
        at=FIRST_CYCLE,
        channel="email",
        clearance_name="Clearing officer",
        clearance_title="",
        refusal_reason="",
    )


def _ineligible() -> Executable:
    return insert(InvitationEvent).values(
        invitation_id=select(func.max(OutgoingMail.invitation_id))
        .where(OutgoingMail.contact_id == Contact.id)
        .where(Contact.email == ONE)
        .scalar_subquery(),
        kind=EventKind.INELIGIBLE,
        at=FIRST_CYCLE,
        note="It was dissolved.",
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_answered, "The invitation was answered in the meantime."),
        (_ineligible, "The respondent was found not to be one to ask."),
        (
            lambda: (
                update(PersonalLink)
                .where(
                    col(PersonalLink.contact_id)
                    == select(Contact.id).where(Contact.email == ONE).scalar_subquery()
                )
                .values(revoked_at=FIRST_CYCLE)
            ),
            "The personal link was revoked.",
        ),
        (
            lambda: update(Contact).where(col(Contact.email) == ONE).values(erased_at=FIRST_CYCLE),
            "The contact was erased.",
        ),
        (
            lambda: (
                update(OutgoingMail)
                .where(
                    col(OutgoingMail.contact_id)
                    == select(Contact.id).where(Contact.email == ONE).scalar_subquery()
                )
                .values(kind=MailKind.REMINDER)
            ),
            "There is no letter for a reminder.",
        ),
    ],
)
def test_mail_that_has_become_pointless_is_not_sent(
    paper_world: World, smtp_server: SmtpServer, change: object, reason: str
) -> None:
    sweep(paper_world.services)
    assert callable(change)
    paper_world.change(change())

    paper_world.sweep_and_work()

    mail = mail_to(paper_world, ONE)
    assert (mail.state, mail.last_error) == (MailState.CANCELLED, reason)
    assert received_by(smtp_server, ONE) == 0
    assert len(smtp_server.received) == len(ADDRESSES) - 1
    assert paper_world.events(EventKind.UNDELIVERED) == []


def test_closing_a_round_stops_its_mails(paper_world: World, smtp_server: SmtpServer) -> None:
    sweep(paper_world.services)
    with paper_world.services.database.write() as session:
        round_ = session.exec(select(Round).where(col(Round.scheduled_for).is_not(None))).one()
        close_round(session, round_=round_, actor="user:1", clock=paper_world.clock)

    paper_world.sweep_and_work()

    assert {mail.last_error for mail in paper_world.mails()} == {"The round was closed."}
    assert smtp_server.received == []


def test_mail_later_than_the_deadline_is_not_sent_and_counts_as_not_delivered(
    paper_world: World, smtp_server: SmtpServer
) -> None:
    sweep(paper_world.services)
    pass_time(paper_world, days=31)

    paper_world.sweep_and_work()

    assert smtp_server.received == []
    assert len(paper_world.events(EventKind.UNDELIVERED)) == len(ADDRESSES)


def test_mail_whose_work_was_lost_goes_in_the_next_try(
    paper_world: World, smtp_server: SmtpServer
) -> None:
    sweep(paper_world.services)
    queue = paper_world.services.jobs
    assert isinstance(queue, PaperQueue)
    lost = [job.workflow_id for job in queue.asked]
    queue.came_to = dict.fromkeys(lost, Fate.FAILED)
    queue.asked.clear()

    paper_world.sweep_and_work()
    pass_time(paper_world, minutes=1)
    paper_world.sweep_and_work()

    assert len(smtp_server.received) == len(ADDRESSES)
    assert not {job_of(mail).workflow_id for mail in paper_world.mails()} & set(lost)


def test_sweeping_twice_asks_for_a_mail_once(paper_world: World) -> None:
    first = sweep(paper_world.services)
    second = sweep(paper_world.services)

    assert (first.mails_asked_for, second.mails_asked_for) == (len(ADDRESSES), 0)


def test_job_done_twice_sends_once(paper_world: World, smtp_server: SmtpServer) -> None:
    sweep(paper_world.services)
    job = job_of(mail_to(paper_world, ONE))
    [kind] = [kind for kind in kinds(paper_world.services) if kind.name == job.kind]

    for _ in range(2):
        kind.record(job.row_id, job.attempt, kind.act(job.row_id, job.attempt))

    assert received_by(smtp_server, ONE) == 1


def test_failure_noted_twice_counts_once(paper_world: World, smtp_server: SmtpServer) -> None:
    smtp_server.refuse(ONE, 451, "try later")
    sweep(paper_world.services)
    job = job_of(mail_to(paper_world, ONE))
    [kind] = [kind for kind in kinds(paper_world.services) if kind.name == job.kind]
    told = kind.act(job.row_id, job.attempt)

    kind.record(job.row_id, job.attempt, told)
    kind.record(job.row_id, job.attempt, told)

    assert mail_to(paper_world, ONE).attempts == 1


def test_job_of_a_mail_that_is_gone_does_nothing(
    paper_world: World, smtp_server: SmtpServer
) -> None:
    [kind] = [kind for kind in kinds(paper_world.services) if kind.name == "send_mail"]

    kind.record(4711, 0, kind.act(4711, 0))

    assert smtp_server.received == []
