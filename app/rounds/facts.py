"""What happened to each invitation of a round up to a moment, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlmodel import Session, col

from app.responses.models import Material, Response, Submission, SubmissionKind
from app.rounds.models import (
    EventKind,
    Invitation,
    InvitationEvent,
    MailKind,
    MailState,
    OutgoingMail,
    Round,
)
from app.synthesis.models import Coding


@dataclass(slots=True)
class Events:
    """What was noted of an invitation."""

    opened_at: datetime | None = None
    reported_undelivered: int = 0
    ineligible: bool = False
    reminders_sent: int = 0
    extended: bool = False
    """Whether an extension is among the events up to the moment."""
    extended_later: bool = False
    """Whether one is only among those after it."""


def events_of(
    session: Session, invitation_ids: Iterable[int], *, at: datetime
) -> Mapping[int, Events]:
    """The events of invitations up to a moment."""
    event = InvitationEvent
    past = col(event.at) <= at
    rows = session.execute(
        select(
            col(event.invitation_id),
            col(event.kind),
            past,
            func.min(col(event.at)),
            func.count(),
        )
        .where(col(event.invitation_id).in_(invitation_ids))
        .group_by(col(event.invitation_id), col(event.kind), past)
    )
    found: defaultdict[int, Events] = defaultdict(Events)
    for invitation_id, kind, is_past, first_at, count in rows:
        events = found[invitation_id]
        if not is_past:
            events.extended_later |= kind is EventKind.EXTENDED
            continue
        match kind:
            case EventKind.LINK_OPENED:
                events.opened_at = first_at
            case EventKind.UNDELIVERED:
                events.reported_undelivered = count
            case EventKind.INELIGIBLE:
                events.ineligible = True
            case EventKind.REMINDED:
                events.reminders_sent = count
            case EventKind.EXTENDED:
                events.extended = True
            case _:
                pass
    return found


@dataclass(slots=True)
class Mailed:
    """How the mails of an invitation fared."""

    refused: int = 0
    reached: int = 0
    """Contacts to whom a mail went, and no later one was refused."""


def mails_of(
    session: Session, invitation_ids: Iterable[int], *, at: datetime
) -> Mapping[int, Mailed]:
    """The fate of the mails that asked, of those written up to a moment."""
    mail = OutgoingMail
    rows = session.execute(
        select(
            col(mail.invitation_id),
            col(mail.contact_id),
            func.max(case((col(mail.state) == MailState.SENT, col(mail.id)), else_=0)),
            func.max(case((col(mail.state) == MailState.REFUSED, col(mail.id)), else_=0)),
            func.sum(case((col(mail.state) == MailState.REFUSED, 1), else_=0)),
        )
        .where(col(mail.invitation_id).in_(invitation_ids))
        .where(col(mail.created_at) <= at)
        # Whether a receipt arrives says nothing of whether the respondent was asked.
        .where(col(mail.kind) != MailKind.RECEIPT)
        .group_by(col(mail.invitation_id), col(mail.contact_id))
    )
    found: defaultdict[int, Mailed] = defaultdict(Mailed)
    for invitation_id, _, last_sent, last_refused, refused in rows:
        mailed = found[invitation_id]
        mailed.refused += refused
        mailed.reached += last_sent > last_refused
    return found


def is_undelivered(events: Events, mailed: Mailed) -> bool:
    """Whether no invitation arrived: somebody reported so, and neither a link nor a mail did.

    A refused mail to one contact says nothing while another contact's got through. A report that
    no refused mail explains (a bounce that came back later) takes one of those away again.
    """
    if events.opened_at is not None or not events.reported_undelivered:
        return False
    bounced = max(0, events.reported_undelivered - mailed.refused)
    return mailed.reached <= bounced


@dataclass(slots=True)
class Returns:
    """What an invitation brought back: the returns that stand, oldest first."""

    standing: list[Submission] = field(default_factory=list)
    materials: int = 0

    @property
    def newest(self) -> Submission | None:
        """The return that counts for dates, channel and clearance."""
        return self.standing[-1] if self.standing else None

    def newest_of(self, kind: SubmissionKind) -> Submission | None:
        """The newest return of a kind."""
        return next((one for one in reversed(self.standing) if one.kind is kind), None)


def returns_of(
    session: Session, invitation_ids: list[int], *, at: datetime
) -> Mapping[int, Returns]:
    """What came back up to a moment; materials that came after the closing are not counted."""
    found: defaultdict[int, Returns] = defaultdict(Returns)
    submissions = session.scalars(
        select(Submission)
        .where(col(Submission.invitation_id).in_(invitation_ids))
        .where(col(Submission.at) <= at)
        .where(or_(col(Submission.reopened_at).is_(None), col(Submission.reopened_at) > at))
        .order_by(col(Submission.invitation_id), col(Submission.position))
    )
    for submission in submissions:
        found[submission.invitation_id].standing.append(submission)
    closed_at = col(Round.closed_at)
    materials = session.execute(
        select(col(Material.invitation_id), func.count())
        .join(Invitation, col(Invitation.id) == col(Material.invitation_id))
        .join(Round, col(Round.id) == col(Invitation.round_id))
        .where(col(Material.invitation_id).in_(invitation_ids))
        .where(~col(Material.by_analyst))
        .where(col(Material.added_at) <= at)
        .where(
            or_(closed_at.is_(None), closed_at > at, col(Material.added_at) <= closed_at),
        )
        .where(or_(col(Material.removed_at).is_(None), col(Material.removed_at) > at))
        .group_by(col(Material.invitation_id))
    )
    for invitation_id, count in materials:
        found[invitation_id].materials = count
    return found


def official_responses(
    session: Session, invitation_ids: Iterable[int], *, at: datetime
) -> Mapping[int, Response]:
    """The official response of each invitation that had been started by a moment."""
    rows = session.scalars(
        select(Response)
        .where(col(Response.invitation_id).in_(invitation_ids))
        .where(col(Response.official))
        .where(col(Response.started_at) <= at)
    )
    return {response.invitation_id: response for response in rows}


def newest_codings(
    session: Session, invitation_ids: Iterable[int], *, at: datetime
) -> Mapping[int, Coding]:
    """The coding that counted for each invitation at a moment."""
    rows = session.scalars(
        select(Coding)
        .where(col(Coding.invitation_id).in_(invitation_ids))
        .where(col(Coding.coded_at) <= at)
        .order_by(col(Coding.invitation_id), col(Coding.position))
    )
    return {coding.invitation_id: coding for coding in rows}
