"""The personal links into an invitation, as organisers read them: never the links themselves."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.registry.models import Contact
from app.rounds.models import PersonalLink, RespondentSession
from exports.records import Record


class LinkEntry(Record):
    """A personal link: whom it is for, and what became of it."""

    number: int
    contact: str | None
    """Name of the contact; ``None`` for a link to nobody in particular."""
    email: str | None
    issued_at: datetime
    last_opened_at: datetime | None
    """When a browser last began with it."""
    revoked_at: datetime | None


def list_links(session: Session, invitation_id: int) -> tuple[LinkEntry, ...]:
    """The links into an invitation, the newest first, in one query."""
    opened = func.max(col(RespondentSession.created_at))
    rows = session.exec(
        select(PersonalLink, col(Contact.name), col(Contact.email), opened)
        .outerjoin(Contact, col(Contact.id) == col(PersonalLink.contact_id))
        .outerjoin(RespondentSession, col(RespondentSession.link_id) == col(PersonalLink.id))
        .where(PersonalLink.invitation_id == invitation_id)
        .group_by(col(PersonalLink.id), col(Contact.id))
        .order_by(col(PersonalLink.created_at).desc(), col(PersonalLink.id).desc())
    )
    return tuple(
        LinkEntry(
            number=link.id or 0,
            contact=contact,
            email=email,
            issued_at=link.created_at,
            last_opened_at=last,
            revoked_at=link.revoked_at,
        )
        for link, contact, email, last in rows
    )
