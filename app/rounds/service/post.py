"""Write down what became of a mail: it went, it is withheld, it is tried again or given up."""

from datetime import datetime
from enum import StrEnum
from typing import assert_never

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, select

from app.mail.retry import next_try
from app.registry.models import Contact
from app.rounds.models import EventKind, InvitationEvent, MailKind, MailState, OutgoingMail

FIRST_TRIED = "first_tried_at"


class Result(StrEnum):
    """What came of one attempt to send."""

    SENT = "sent"
    WITHHELD = "withheld"
    """It is not to be sent any more, and nobody is worse off."""
    UNREACHED = "unreached"
    """It can never be sent, or was refused for good: the contact was not asked."""
    FAILED = "failed"
    """It may go another time."""
    NOTHING = "nothing"
    """There was nothing to do: it is gone, or was dealt with."""


class Attempt(BaseModel):
    """One attempt to send a mail, as it is kept between sending and writing down."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    result: Result
    at: datetime
    reason: str = ""


def note_attempt(
    session: Session, *, mail_id: int, number: int, attempt: Attempt
) -> OutgoingMail | None:
    """Write down an attempt; returns the mail as it stands then.

    Noted twice, or for a mail that has moved on, it changes nothing and returns ``None``.
    """
    mail = session.exec(
        select(OutgoingMail)
        .where(OutgoingMail.id == mail_id)
        .where(col(OutgoingMail.state) == MailState.WAITING)
        .where(OutgoingMail.attempts == number)
        .with_for_update()
    ).one_or_none()
    if mail is None or attempt.result is Result.NOTHING:
        return None
    match attempt.result:
        case Result.SENT:
            mail.state = MailState.SENT
            mail.sent_at = attempt.at
            mail.not_before = None
            mail.last_error = ""
        case Result.WITHHELD:
            mail.state = MailState.CANCELLED
            mail.last_error = attempt.reason
        case Result.UNREACHED:
            _give_up(session, mail, attempt)
        case Result.FAILED:
            _try_again(session, mail, attempt)
        case _:
            assert_never(attempt.result)
    session.add(mail)
    session.flush()
    return mail


def _try_again(session: Session, mail: OutgoingMail, attempt: Attempt) -> None:
    mail.details = {FIRST_TRIED: attempt.at.isoformat(), **mail.details}
    mail.not_before = next_try(
        failures=mail.attempts + 1,
        first_tried_at=datetime.fromisoformat(mail.details[FIRST_TRIED]),
        now=attempt.at,
    )
    if mail.not_before is None:
        reason = f"It could not be sent for three days. {attempt.reason}"
        _give_up(session, mail, attempt.model_copy(update={"reason": reason}))
    else:
        mail.attempts += 1
        mail.last_error = attempt.reason


def _give_up(session: Session, mail: OutgoingMail, attempt: Attempt) -> None:
    contact = session.get_one(Contact, mail.contact_id)
    mail.state = MailState.REFUSED
    mail.attempts += 1
    mail.not_before = None
    # Servers like to repeat the address; the timeline of an invitation holds no personal data.
    mail.last_error = attempt.reason.replace(contact.email, "the address")
    role = contact.role.value.replace("_", " ")
    # Only of an invitation does it mean that nobody was asked.
    is_receipt = mail.kind is MailKind.RECEIPT
    event = InvitationEvent(
        invitation_id=mail.invitation_id,
        kind=EventKind.NOTE if is_receipt else EventKind.UNDELIVERED,
        at=attempt.at,
        note=f"The {mail.kind.value} to the {role} did not arrive. {mail.last_error}",
    )
    session.add(event)
