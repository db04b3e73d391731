"""Put the letter of a waiting mail together, or find why it is not to be sent any more."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import assert_never
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.mail.invitation import InvitationFacts, write_invitation
from app.mail.message import Envelope, Words, compose, takes_replies
from app.registry.models import Contact
from app.registry.queries import respondent_names
from app.responses.models import Submission
from app.rounds.definitions import definition_of
from app.rounds.models import (
    EventKind,
    Invitation,
    InvitationEvent,
    MailKind,
    MailState,
    OutgoingMail,
    PersonalLink,
    Round,
    Survey,
)
from app.rounds.service.link import address_of, token_of
from app.rounds.service.receipt import receipt_words
from app.web.times import deadline_in_words


@dataclass(frozen=True)
class Letterhead:
    """What every letter of this service has in common."""

    sender: str
    service_name: str
    support_email: str
    public_url: str
    secret: bytes


@dataclass(frozen=True)
class Withheld:
    """A mail that is not sent, and why."""

    reason: str
    unreached: bool = False
    """Whether the contact was meant to be asked and now never is."""


def letter_of(
    session: Session, *, mail_id: int, head: Letterhead, now: datetime
) -> EmailMessage | Withheld | None:
    """The message of a mail that still waits; ``None`` when it is gone or was dealt with.

    Raises ``MailRefused`` when the contact's address is not one.
    """
    row = session.exec(
        select(OutgoingMail, Invitation, Round, Survey)
        .where(OutgoingMail.invitation_id == Invitation.id)
        .where(Invitation.round_id == Round.id)
        .where(Round.survey_id == Survey.id)
        .where(OutgoingMail.id == mail_id)
        .where(col(OutgoingMail.state) == MailState.WAITING)
    ).one_or_none()
    if row is None:
        return None
    mail, invitation, round_, survey = row
    contact = session.get_one(Contact, mail.contact_id)
    link = session.get_one(PersonalLink, mail.link_id)
    due_at = _due_at(invitation, round_)
    if contact.erased_at is not None:
        return Withheld("The contact was erased.")
    match mail.kind:
        case MailKind.INVITATION:
            if withheld := _withheld(session, invitation, round_, link, due_at=due_at, now=now):
                return withheld
            words = _invitation(
                session,
                head,
                contact=contact,
                link=link,
                invitation=invitation,
                round_=round_,
                survey=survey,
                now=now,
            )
        case MailKind.RECEIPT:
            # It tells of what has happened, so it is sent whatever has become of the round since.
            words = receipt_words(
                session,
                mail,
                contact=contact,
                invitation=invitation,
                round_=round_,
                survey=survey,
                due_at=due_at,
                service_name=head.service_name,
                support_email=head.support_email,
                takes_replies=takes_replies(head.sender),
            )
        case MailKind.REMINDER:
            return Withheld(f"There is no letter for a {mail.kind.value}.")
        case _:
            assert_never(mail.kind)
    envelope = Envelope(
        sender=head.sender,
        recipient_name=contact.name,
        recipient_address=contact.email,
        message_id=mail.message_id,
        reply_to=head.support_email,
    )
    return compose(envelope, words, at=now)


def _invitation(
    session: Session,
    head: Letterhead,
    *,
    contact: Contact,
    link: PersonalLink,
    invitation: Invitation,
    round_: Round,
    survey: Survey,
    now: datetime,
) -> Words:
    due_at = _due_at(invitation, round_)
    zone = ZoneInfo(round_.time_zone)
    names = respondent_names(session, [invitation.respondent_id], on=now.astimezone(zone).date())[
        invitation.respondent_id
    ]
    settings = definition_of(session, round_.version_id).settings
    title = settings.form_title
    facts = InvitationFacts(
        recipient=contact.name,
        respondent=names.official,
        organiser=survey.organiser or head.service_name,
        round_title=round_.title,
        questionnaire=title.get("en", title.get(settings.default_language, settings.form_id)),
        link=address_of(token_of(link.nonce, secret=head.secret), public_url=head.public_url),
        deadline=deadline_in_words(due_at, zone) if due_at else "",
        notice=round_.notice,
        support_email=head.support_email,
        service_name=head.service_name,
        takes_replies="yes" if takes_replies(head.sender) else "",
    )
    return write_invitation(facts)


def _due_at(invitation: Invitation, round_: Round) -> datetime | None:
    dates = [date for date in (round_.due_at, invitation.extended_until) if date is not None]
    return max(dates, default=None)


def _withheld(
    session: Session,
    invitation: Invitation,
    round_: Round,
    link: PersonalLink,
    *,
    due_at: datetime | None,
    now: datetime,
) -> Withheld | None:
    if round_.closed_at is not None:
        return Withheld("The round was closed.")
    if link.revoked_at is not None:
        return Withheld("The personal link was revoked.")
    answered = session.exec(
        select(Submission.id)
        .where(Submission.invitation_id == invitation.id)
        .where(col(Submission.reopened_at).is_(None))
    ).first()
    if answered is not None:
        return Withheld("The invitation was answered in the meantime.")
    ineligible = session.exec(
        select(InvitationEvent.id)
        .where(InvitationEvent.invitation_id == invitation.id)
        .where(col(InvitationEvent.kind) == EventKind.INELIGIBLE)
    ).first()
    if ineligible is not None:
        return Withheld("The respondent was found not to be one to ask.")
    if due_at is not None and due_at <= now:
        return Withheld("The deadline passed before it could be sent.", unreached=True)
    return None
