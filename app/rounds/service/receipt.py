"""Mail a receipt to the contact who returned an invitation."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from app.mail.message import Words
from app.mail.receipt import ReceiptFacts, write_receipt
from app.registry.models import Contact
from app.registry.queries import respondent_names
from app.responses.models import Material, Response, Submission, SubmissionKind
from app.responses.rules import is_late
from app.responses.words import what_was_returned
from app.rounds.fill import Fill, FillQuestion, fills
from app.rounds.models import Invitation, MailKind, OutgoingMail, Round, Survey
from app.web.times import moment_in_words


@dataclass(frozen=True, slots=True)
class Sender:
    """Who returned an invitation: a contact, by a personal link of its own."""

    contact_id: int | None
    """``None`` for a link that was issued to nobody by name."""
    link_id: int


def queue_receipt(
    session: Session, submission: Submission, *, sender: Sender, mail_domain: str
) -> OutgoingMail | None:
    """Write down that a receipt is to be sent, in the transaction of the return.

    The next sweep sends it. ``None`` where there is nobody to send it to.
    """
    contact = None if sender.contact_id is None else session.get(Contact, sender.contact_id)
    if contact is None or contact.id is None or contact.erased_at is not None or not contact.email:
        return None
    mail = OutgoingMail(
        invitation_id=submission.invitation_id,
        contact_id=contact.id,
        link_id=sender.link_id,
        kind=MailKind.RECEIPT,
        step=submission.position,
        message_id=f"<{secrets.token_hex(16)}@{mail_domain}>",
        created_at=submission.at,
    )
    session.add(mail)
    session.flush()
    return mail


def receipt_words(
    session: Session,
    mail: OutgoingMail,
    *,
    contact: Contact,
    invitation: Invitation,
    round_: Round,
    survey: Survey,
    due_at: datetime | None,
    service_name: str,
    support_email: str,
    takes_replies: bool,
) -> Words:
    """What a receipt says: of the return as it was when it came, whatever was changed since."""
    submission = session.exec(
        select(Submission)
        .where(Submission.invitation_id == mail.invitation_id)
        .where(Submission.position == mail.step)
    ).one()
    zone = ZoneInfo(round_.time_zone)
    day = submission.at.astimezone(zone).date()
    names = respondent_names(session, [invitation.respondent_id], on=day)
    fill = _fill(session, submission, zone)
    declined = submission.kind is SubmissionKind.REFUSAL
    return write_receipt(
        ReceiptFacts(
            recipient=contact.name,
            respondent=names[invitation.respondent_id].official,
            organiser=survey.organiser or service_name,
            round_title=round_.title,
            declined="yes" if declined else "",
            what=what_was_returned(
                submission.kind,
                answered=fill.answered_items,
                asked=fill.asked_items,
                documents=_documents(session, submission),
            ),
            received=moment_in_words(submission.at, zone),
            late="yes" if is_late(submission.at, due_at) and not declined else "",
            receipt=submission.receipt,
            notice=round_.notice,
            support_email=support_email,
            service_name=service_name,
            takes_replies="yes" if takes_replies else "",
        )
    )


def _fill(session: Session, submission: Submission, zone: ZoneInfo) -> Fill:
    """How far the questionnaire was filled; nothing for a return without one."""
    if submission.response_id is None:
        return Fill()
    response = session.get_one(Response, submission.response_id)
    question = FillQuestion(
        response_id=submission.response_id,
        version_id=response.version_id,
        started_at=response.started_at,
        moment=submission.at.astimezone(zone),
    )
    return fills(session, [question], at=submission.at)[submission.response_id]


def _documents(session: Session, submission: Submission) -> int:
    """How many files, links and notes the respondent had sent by then."""
    return session.exec(
        select(func.count(col(Material.id)))
        .where(Material.invitation_id == submission.invitation_id)
        .where(~col(Material.by_analyst))
        .where(col(Material.added_at) <= submission.at)
        .where(or_(col(Material.removed_at).is_(None), col(Material.removed_at) > submission.at))
    ).one()
