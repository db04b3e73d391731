"""Open a round: freeze its list of invited, give out links and write the mails, all at once."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.audit.service import record
from app.clock import Clock
from app.errors import Conflict, Invalid, NotFound
from app.registry.models import Contact, Respondent
from app.rounds.definitions import store_definition
from app.rounds.models import (
    EventKind,
    Invitation,
    InvitationEvent,
    MailKind,
    OutgoingMail,
    Round,
    Survey,
)
from app.rounds.service.link import issue_link
from questionnaires.models import Definition
from questionnaires.problems import Problem


def open_round(
    session: Session,
    *,
    survey: Survey,
    definition: Definition,
    slug: str,
    title: str,
    due_at: datetime | None,
    invited: Sequence[int],
    ineligible: Mapping[int, str] | None = None,
    previous: Round | None = None,
    scheduled_for: datetime | None = None,
    notice: str = "",
    write_to_contacts: bool = True,
    actor: str,
    clock: Clock,
    secret: bytes,
    mail_domain: str,
) -> Round:
    """Open a round for the respondents in ``invited``, in that order, and invite their contacts.

    ``ineligible`` gives, by respondent, why one that stays in the list is not asked. Every contact
    who has not been erased gets a personal link and a mail that waits to be sent: rows of this
    transaction, so that the round and its mails exist together or not at all. The clearing of the
    mails is the worker's.
    """
    now = clock.now()
    _check(session, slug=slug, invited=invited)
    version = store_definition(session, definition, clock=clock)
    round_ = Round(
        survey_id=_id(survey),
        version_id=_id(version),
        previous_id=previous.id if previous else None,
        slug=slug,
        title=title,
        notice=notice,
        time_zone=ZoneInfo(survey.time_zone).key,
        scheduled_for=scheduled_for,
        opened_at=now,
        due_at=due_at,
        created_at=now,
    )
    session.add(round_)
    session.flush()
    reasons = ineligible or {}
    invitations = [
        Invitation(
            round_id=_id(round_),
            respondent_id=respondent_id,
            position=position,
            invited_at=None if respondent_id in reasons else now,
        )
        for position, respondent_id in enumerate(invited, start=1)
    ]
    session.add_all(invitations)
    session.flush()
    for invitation in invitations:
        if reason := reasons.get(invitation.respondent_id):
            _note(session, invitation, EventKind.INELIGIBLE, reason, clock=clock)
    mails = 0
    if write_to_contacts:
        asked = [each for each in invitations if each.respondent_id not in reasons]
        mails = _invite(session, asked, clock=clock, secret=secret, mail_domain=mail_domain)
    record(
        session,
        clock=clock,
        actor=actor,
        action="round.opened",
        subject=f"round:{slug}",
        details={"version": definition.version, "invited": str(len(invited)), "mails": str(mails)},
    )
    return round_


def _invite(
    session: Session,
    invitations: Sequence[Invitation],
    *,
    clock: Clock,
    secret: bytes,
    mail_domain: str,
) -> int:
    """Give each contact a link and a mail that waits; returns how many mails."""
    contacts = contacts_to_ask(session, [invitation.respondent_id for invitation in invitations])
    mails: list[OutgoingMail] = []
    for invitation in invitations:
        people = contacts.get(invitation.respondent_id, [])
        if not people:
            words = "No contact is known at this respondent, so nobody was written to."
            _note(session, invitation, EventKind.NOTE, words, clock=clock)
        for contact in people:
            link, _ = issue_link(
                session,
                invitation_id=_id(invitation),
                contact_id=contact.id,
                clock=clock,
                secret=secret,
            )
            mails.append(
                OutgoingMail(
                    invitation_id=_id(invitation),
                    contact_id=_id(contact),
                    link_id=_id(link),
                    kind=MailKind.INVITATION,
                    message_id=f"<{secrets.token_hex(16)}@{mail_domain}>",
                    created_at=clock.now(),
                )
            )
    session.add_all(mails)
    session.flush()
    return len(mails)


def contacts_to_ask(session: Session, respondent_ids: Sequence[int]) -> dict[int, list[Contact]]:
    """The people who are written to when a round opens, by respondent."""
    rows = session.exec(
        select(Contact)
        .where(col(Contact.respondent_id).in_(respondent_ids))
        .where(col(Contact.erased_at).is_(None))
        .order_by(col(Contact.id))
    )
    found: dict[int, list[Contact]] = {}
    for contact in rows:
        found.setdefault(contact.respondent_id, []).append(contact)
    return found


def _check(session: Session, *, slug: str, invited: Sequence[int]) -> None:
    problems = []
    if not invited:
        problems.append(
            Problem(
                code="nobody-invited",
                place="invited",
                message="The list of invited respondents is empty.",
                mend="Choose at least one respondent.",
            )
        )
    if len(set(invited)) != len(invited):
        problems.append(
            Problem(
                code="invited-twice",
                place="invited",
                message="A respondent stands in the list of invited twice.",
                mend="Name each respondent once.",
            )
        )
    if problems:
        raise Invalid(problems)
    known = session.exec(select(Respondent.id).where(col(Respondent.id).in_(invited))).all()
    if len(known) != len(invited):
        raise NotFound("A respondent in the list of invited does not exist.")
    if session.exec(select(Round.id).where(Round.slug == slug)).first() is not None:
        raise Conflict(
            f"There is already a round «{slug}».", mend="Choose another short name for the round."
        )


def _note(
    session: Session, invitation: Invitation, kind: EventKind, words: str, *, clock: Clock
) -> None:
    event = InvitationEvent(invitation_id=_id(invitation), kind=kind, at=clock.now(), note=words)
    session.add(event)


def _id(row: object) -> int:
    """The key of a row that the database knows."""
    key = getattr(row, "id", None)
    if not isinstance(key, int):
        message = "The row is not in the database yet."
        raise TypeError(message)
    return key
