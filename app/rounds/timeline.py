"""What happened to an invitation, in the order in which it happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from app.responses.models import Response, Submission, SubmissionKind
from app.rounds.models import (
    EventKind,
    Invitation,
    InvitationEvent,
    MailKind,
    MailState,
    OutgoingMail,
    PersonalLink,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, in words."""

    at: datetime
    what: str
    note: str = ""


def timeline(
    *,
    invitation: Invitation,
    events: Iterable[InvitationEvent],
    mails: Iterable[OutgoingMail],
    links: Iterable[PersonalLink],
    responses: Iterable[Response],
    submissions: Iterable[Submission],
    shows_people: bool,
) -> tuple[Moment, ...]:
    """Every dated fact about an invitation, oldest first."""
    mailed = list(mails)
    sent_with = {mail.link_id for mail in mailed if mail.kind is not MailKind.RECEIPT}
    moments: list[Moment] = []
    if invitation.invited_at is not None:
        moments.append(Moment(invitation.invited_at, "Invited"))
    moments += [Moment(event.at, _event(event.kind), event.note) for event in events]
    moments += [_mail(mail) for mail in mailed]
    for link in links:
        if link.id not in sent_with and link.created_at != invitation.invited_at:
            moments.append(Moment(link.created_at, "Personal link issued"))
        if link.revoked_at is not None:
            moments.append(Moment(link.revoked_at, "Personal link revoked"))
    moments += [Moment(response.started_at, "Form started") for response in responses]
    for submission in submissions:
        moments.append(_submission(submission, shows_people=shows_people))
        if submission.reopened_at is not None:
            moments.append(Moment(submission.reopened_at, "Reopened for correction"))
    return tuple(sorted(moments, key=lambda moment: moment.at))


def _event(kind: EventKind) -> str:
    match kind:
        case EventKind.LINK_OPENED:
            return "Link opened for the first time"
        case EventKind.UNDELIVERED:
            return "Noted as undelivered"
        case EventKind.INELIGIBLE:
            return "Noted as not eligible"
        case EventKind.EXTENDED:
            return "Deadline extended"
        case EventKind.REMINDED:
            return "Reminded"
        case EventKind.NOTE:
            return "Note"
        case _:
            assert_never(kind)


def _mail(mail: OutgoingMail) -> Moment:
    name = {
        MailKind.INVITATION: "Invitation",
        MailKind.REMINDER: "Reminder",
        MailKind.RECEIPT: "Receipt",
    }[mail.kind]
    match mail.state:
        case MailState.WAITING:
            return Moment(mail.created_at, f"{name} waiting to be mailed", mail.last_error)
        case MailState.SENT:
            return Moment(mail.sent_at or mail.created_at, f"{name} mailed")
        case MailState.REFUSED:
            return Moment(mail.created_at, f"{name} could not be delivered", mail.last_error)
        case MailState.CANCELLED:
            return Moment(mail.created_at, f"{name} not sent any more", mail.last_error)
        case _:
            assert_never(mail.state)


def _submission(submission: Submission, *, shows_people: bool) -> Moment:
    clearance = _clearance(submission) if shows_people else f"Receipt {submission.receipt}."
    match submission.kind:
        case SubmissionKind.QUESTIONNAIRE:
            what, note = "Questionnaire submitted", clearance
        case SubmissionKind.MATERIALS:
            what, note = "Materials sent instead of the questionnaire", clearance
        case SubmissionKind.REFUSAL:
            what, note = "Declined to answer", submission.refusal_reason
        case _:
            assert_never(submission.kind)
    return Moment(submission.at, what, note)


def _clearance(submission: Submission) -> str:
    title = f", {submission.clearance_title}" if submission.clearance_title else ""
    return f"Cleared by {submission.clearance_name}{title}. Receipt {submission.receipt}."
