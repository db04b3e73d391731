"""Send an invitation again that was given up: the address was mended, or the mail server."""

import secrets
from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.audit.service import record
from app.clock import Clock
from app.registry.models import Contact
from app.rounds.models import (
    Invitation,
    MailKind,
    MailState,
    OutgoingMail,
    PersonalLink,
    Round,
)


def resend_refused(
    session: Session,
    *,
    round_: Round,
    invitation_id: int | None = None,
    actor: str,
    clock: Clock,
    mail_domain: str,
) -> list[OutgoingMail]:
    """Write a new mail for each contact of a round whose invitation was given up last.

    ``invitation_id``: of that invitation alone. The new mails carry the link of the old ones, and
    wait for the next sweep; the old ones stay as they are, since they tell what happened. A contact
    who was erased, or whose link was revoked, is left out, and so is everybody once the round is
    closed. Called twice, it writes one mail: the first one waits then.
    """
    again = [
        OutgoingMail(
            invitation_id=old.invitation_id,
            contact_id=old.contact_id,
            link_id=old.link_id,
            kind=MailKind.INVITATION,
            step=old.step + 1,
            message_id=f"<{secrets.token_hex(16)}@{mail_domain}>",
            created_at=clock.now(),
        )
        for old in _given_up(session, round_, invitation_id)
    ]
    session.add_all(again)
    session.flush()
    for mail in again:
        record(
            session,
            clock=clock,
            actor=actor,
            action="invitation.sent-again",
            subject=f"invitation:{mail.invitation_id}",
            details={"mail": str(mail.id)},
        )
    return again


def _given_up(session: Session, round_: Round, invitation_id: int | None) -> Sequence[OutgoingMail]:
    """The newest invitation mail to each contact, where it was refused and may still be sent."""
    if round_.closed_at is not None:
        return []
    query = (
        select(OutgoingMail)
        .join(Invitation, col(Invitation.id) == col(OutgoingMail.invitation_id))
        .join(Contact, col(Contact.id) == col(OutgoingMail.contact_id))
        .join(PersonalLink, col(PersonalLink.id) == col(OutgoingMail.link_id))
        .where(Invitation.round_id == round_.id)
        .where(col(OutgoingMail.kind) == MailKind.INVITATION)
        .where(col(Contact.erased_at).is_(None), col(PersonalLink.revoked_at).is_(None))
        .order_by(col(Invitation.position), col(OutgoingMail.contact_id), col(OutgoingMail.step))
    )
    if invitation_id is not None:
        query = query.where(Invitation.id == invitation_id)
    newest = {(mail.invitation_id, mail.contact_id): mail for mail in session.exec(query)}
    return [mail for mail in newest.values() if mail.state is MailState.REFUSED]
