"""``rapporteur mail retry`` sends again the invitations that were given up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from app.audit.queries import list_entries
from app.database import Database
from app.rounds.models import MailKind, MailState, OutgoingMail, PersonalLink
from tests.integration.cli.conftest import Run

RETRY = ("mail", "retry", "--round", "rcp-demo")


@contextmanager
def writing(database_url: str) -> Iterator[Session]:
    database = Database(database_url)
    try:
        with database.write() as session:
            yield session
    finally:
        database.dispose()


def give_up(database_url: str) -> None:
    """An invitation to the one contact with a link, given up as a worker leaves it."""
    with writing(database_url) as session:
        link = session.exec(select(PersonalLink)).one()
        session.add(
            OutgoingMail(
                invitation_id=link.invitation_id,
                contact_id=link.contact_id or 0,
                link_id=link.id or 0,
                kind=MailKind.INVITATION,
                state=MailState.REFUSED,
                message_id="<first@example.org>",
                created_at=datetime(2026, 1, 1, tzinfo=UTC),
                last_error="It could not be sent for three days.",
            )
        )


def states(database_url: str) -> list[MailState]:
    with writing(database_url) as session:
        mails = session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id)))
        return [mail.state for mail in mails]


@pytest.mark.parametrize("which", [(), ("--respondent", "igc")])
def test_invitation_that_was_given_up_waits_again(
    rapporteur_2007: Run, database_url: str, which: tuple[str, ...]
) -> None:
    give_up(database_url)

    ran = rapporteur_2007(*RETRY, *which)
    again = rapporteur_2007(*RETRY, *which)

    assert (ran.code, again.code) == (0, 0)
    assert ran.out == (
        "1 invitation is sent again."
        " The worker does it within a minute; the timeline of each tells.\n"
    )
    assert again.lines == ["No invitation was given up; there is nothing to send again."]
    assert states(database_url) == [MailState.REFUSED, MailState.WAITING]
    with writing(database_url) as session:
        newest = list_entries(session, limit=1)[0]
    assert (newest.actor, newest.action) == ("command", "invitation.sent-again")


def test_invitation_of_another_respondent_is_left_alone(
    rapporteur_2007: Run, database_url: str
) -> None:
    give_up(database_url)

    ran = rapporteur_2007(*RETRY, "--respondent", "mtm")

    assert ran.lines == ["No invitation was given up; there is nothing to send again."]
    assert states(database_url) == [MailState.REFUSED]


def test_closed_round_invites_nobody_again(rapporteur_2007: Run) -> None:
    ran = rapporteur_2007("mail", "retry", "--round", "gfmd-2007")

    assert ran.code == 1
    assert ran.err == (
        "The round «gfmd-2007» is closed; nobody is invited to it any more."
        " Choose a round that is open.\n"
    )
