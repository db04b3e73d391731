"""Who returns an invitation is mailed a receipt; nobody else is, and nothing is asked by it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select
from starlette.testclient import TestClient

from app.main import create_app
from app.registry.models import Contact
from app.responses.models import Submission
from app.responses.service.reopen import reopen
from app.rounds.models import (
    EventKind,
    Invitation,
    MailKind,
    MailState,
    OutgoingMail,
    PersonalLink,
    Round,
)
from app.rounds.respondent_view import moments_of
from app.rounds.service.close import close_round
from app.rounds.service.link import token_of
from app.rounds.standing import standings
from questionnaires.outcomes import Outcome
from tests.fixtures.mail import ReceivedMail, SmtpServer
from tests.integration.jobs.world import FIRST_CYCLE, World
from tests.integration.responses.browsing import Browser

ONE = "alternate@north.example.org"
CLEARANCE = {
    "clearance_name": "The Executive Secretary",
    "clearance_title": "Head of the secretariat",
    "clearance_on": "2027-03-01",
    "declaration": "1",
}


@pytest.fixture
def world(paper_world: World, smtp_server: SmtpServer) -> World:
    """A round that was opened, and whose invitations have arrived."""
    paper_world.clock.set(FIRST_CYCLE)
    paper_world.sweep_and_work()
    smtp_server.received.clear()
    return paper_world


@pytest.fixture
def browser(world: World) -> Iterator[Browser]:
    """A browser in which the alternate contact has started."""
    app = create_app(services=world.services)
    with TestClient(app, base_url=world.settings.public_url) as client:
        browser = Browser(client)
        start(world, browser)
        yield browser


def start(world: World, browser: Browser) -> None:
    """Open the alternate contact's personal link and press the button."""
    token = token_of(link_of(world).nonce, secret=world.services.secret)
    browser.get(f"/r/{token}")
    browser.post(f"/r/{token}")
    browser.get("/form")


def link_of(world: World, address: str = ONE) -> PersonalLink:
    with world.services.database.read() as session:
        return session.exec(
            select(PersonalLink)
            .join(Contact, col(Contact.id) == col(PersonalLink.contact_id))
            .where(Contact.email == address)
        ).one()


def receipts(world: World) -> list[OutgoingMail]:
    return [mail for mail in world.mails() if mail.kind is MailKind.RECEIPT]


def submissions(world: World) -> list[Submission]:
    with world.services.database.read() as session:
        return list(session.exec(select(Submission).order_by(col(Submission.position))))


def submit(browser: Browser) -> None:
    reply = browser.post("/form/submit", CLEARANCE)
    assert reply.headers["location"] == "/form/done", reply.text


def arrived(world: World, smtp_server: SmtpServer) -> ReceivedMail:
    """The one mail that a worker sends in the next minute."""
    world.sweep_and_work()
    world.sweep_and_work()
    (mail,) = smtp_server.received
    return mail


def test_submission_is_receipted_to_the_contact_who_sent_it(
    world: World, browser: Browser, smtp_server: SmtpServer
) -> None:
    browser.post("/form/section_a", {"size:revision": "0", "size": "12"})
    submit(browser)

    mail = arrived(world, smtp_server)

    (submission,) = submissions(world)
    assert mail.recipients == (ONE,)
    assert mail.message["Subject"] == (
        f"Receipt {submission.receipt}: Survey of processes, 1 March 2027"
    )
    for words in (
        "Dear Alternate,",
        "Secretariat of the Forum has received what Process of the North sent for:",
        f"Receipt:  {submission.receipt}",
        "Received: 1 March 2027, 09:00 (Europe/Brussels)",
        "What:     1 of 1 questions answered",
        "IF SOMETHING MUST BE CORRECTED",
        "Please write to help@example.org.",
    ):
        assert words in mail.text
    assert [mail.state for mail in receipts(world)] == [MailState.SENT]


def test_receipt_holds_no_link(world: World, browser: Browser, smtp_server: SmtpServer) -> None:
    links = link_of(world)
    submit(browser)

    mail = arrived(world, smtp_server)

    assert "/r/" not in mail.message.as_string()
    assert link_of(world) == links


def test_receipt_is_written_in_the_transaction_of_the_return(
    world: World, browser: Browser
) -> None:
    refused = browser.post("/form/submit", {})
    assert (refused.status_code, receipts(world)) == (422, [])

    submit(browser)

    (submission,) = submissions(world)
    (waiting,) = receipts(world)
    assert (waiting.state, waiting.created_at) == (MailState.WAITING, submission.at)
    assert waiting.step == submission.position


def test_materials_alone_are_receipted(
    world: World, browser: Browser, smtp_server: SmtpServer
) -> None:
    browser.post("/form/materials", {"url": "https://www.example.org/plan", "title": "Plan"})
    browser.post("/form/materials/send", CLEARANCE)

    assert "What:     1 document, without a questionnaire" in arrived(world, smtp_server).text


def test_refusal_is_receipted_after_the_deadline_too(
    world: World, browser: Browser, smtp_server: SmtpServer
) -> None:
    world.clock.set(FIRST_CYCLE + timedelta(days=31))
    start(world, browser)
    browser.post("/form/decline", {"decline_reason": "No capacity."})

    text = arrived(world, smtp_server).text

    assert "has recorded that Process of the North will not answer:" in text
    assert "IF YOU CHANGE YOUR MIND" in text
    assert "after the deadline" not in text


def test_return_after_the_deadline_is_receipted_as_late(
    world: World, browser: Browser, smtp_server: SmtpServer
) -> None:
    world.clock.set(FIRST_CYCLE + timedelta(days=31))
    start(world, browser)
    submit(browser)

    assert "after the deadline, and accepted" in arrived(world, smtp_server).text


@pytest.mark.parametrize(
    "change",
    [
        update(PersonalLink).values(contact_id=None),
        update(Contact).where(col(Contact.email) == ONE).values(erased_at=FIRST_CYCLE),
        update(Contact).where(col(Contact.email) == ONE).values(email=""),
    ],
    ids=["nobody", "erased", "no-address"],
)
def test_return_of_nobody_with_an_address_is_not_receipted(
    world: World, browser: Browser, change: object
) -> None:
    world.change(change)  # type: ignore[arg-type]

    submit(browser)

    assert receipts(world) == []


def test_contact_erased_before_the_receipt_went_gets_none(
    world: World, browser: Browser, smtp_server: SmtpServer
) -> None:
    submit(browser)
    world.change(update(Contact).where(col(Contact.email) == ONE).values(erased_at=FIRST_CYCLE))

    world.sweep_and_work()

    (mail,) = receipts(world)
    assert (mail.state, mail.last_error) == (MailState.CANCELLED, "The contact was erased.")
    assert smtp_server.received == []


def test_second_return_has_a_receipt_of_its_own(
    world: World, browser: Browser, smtp_server: SmtpServer
) -> None:
    submit(browser)
    with world.services.database.write() as session:
        reopen(
            session,
            invitation_id=submissions(world)[0].invitation_id,
            by="organiser",
            clock=world.clock,
        )
    submit(browser)

    world.sweep_and_work()

    first, second = submissions(world)
    assert first.receipt != second.receipt
    assert sorted(str(mail.message["Subject"]).split()[1] for mail in smtp_server.received) == (
        sorted([f"{first.receipt}:", f"{second.receipt}:"])
    )


def test_receipt_is_sent_though_the_round_was_closed_meanwhile(
    world: World, browser: Browser, smtp_server: SmtpServer
) -> None:
    submit(browser)
    with world.services.database.write() as session:
        round_ = session.exec(select(Round).where(col(Round.scheduled_for).is_not(None))).one()
        close_round(session, round_=round_, actor="user:1", clock=world.clock)

    assert arrived(world, smtp_server).recipients == (ONE,)


def test_receipt_that_cannot_arrive_is_noted_and_makes_nobody_undelivered(
    world: World, browser: Browser, smtp_server: SmtpServer
) -> None:
    smtp_server.refuse(ONE, 550, "no such user")
    submit(browser)

    world.sweep_and_work()

    (note,) = world.events(EventKind.NOTE)
    assert note.note.startswith("The receipt to the ")
    assert world.events(EventKind.UNDELIVERED) == []
    with world.services.database.read() as session:
        invitation = session.get_one(Invitation, note.invitation_id)
        round_ = session.get_one(Round, invitation.round_id)
        board = standings(session, round_, now=world.clock.now())
    assert [one.outcome for one in board if one.invitation_id == invitation.id] == [
        Outcome.COMPLETED
    ]


def test_receipt_hides_no_link_that_was_given_by_hand(world: World, browser: Browser) -> None:
    submit(browser)
    world.change(
        OutgoingMail.__table__.delete().where(  # type: ignore[attr-defined]
            col(OutgoingMail.kind) == MailKind.INVITATION
        ),
        update(PersonalLink).values(created_at=FIRST_CYCLE + timedelta(seconds=1)),
    )

    with world.services.database.read() as session:
        moments = moments_of(session, submissions(world)[0].invitation_id, shows_people=False)

    assert "Personal link issued" in [moment.what for moment in moments]
    assert "Receipt waiting to be mailed" in [moment.what for moment in moments]
