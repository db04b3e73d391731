"""Take a personal link back: it opens nothing any more, and browsers it opened are shut out."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from app.audit.service import record
from app.clock import Clock
from app.errors import NotFound
from app.rounds.models import PersonalLink


def revoke_link(
    session: Session, *, invitation_id: int, link_id: int, actor: str, clock: Clock
) -> PersonalLink:
    """Revoke one link of an invitation; harmless when that was done before.

    What was answered by it stays. Sessions look at their link at each request, so they end at
    once. Raises ``NotFound`` for a link of another invitation.
    """
    link = session.get(PersonalLink, link_id, with_for_update=True)
    if link is None or link.invitation_id != invitation_id:
        raise NotFound("This respondent has no such link.", mend="Load the page again.")
    _revoke(session, [link], actor=actor, clock=clock)
    return link


def revoke_other_links(
    session: Session, *, keep: PersonalLink, actor: str, clock: Clock
) -> tuple[PersonalLink, ...]:
    """Revoke every link into the invitation of ``keep`` but that one; returns which."""
    others = session.exec(
        select(PersonalLink)
        .where(PersonalLink.invitation_id == keep.invitation_id)
        .where(PersonalLink.id != keep.id)
        .where(col(PersonalLink.revoked_at).is_(None))
        .order_by(col(PersonalLink.id))
        .with_for_update()
    ).all()
    _revoke(session, others, actor=actor, clock=clock)
    return tuple(others)


def _revoke(session: Session, links: Iterable[PersonalLink], *, actor: str, clock: Clock) -> None:
    for link in links:
        if link.revoked_at is not None:
            continue
        link.revoked_at = clock.now()
        session.add(link)
        session.flush()
        record(
            session,
            clock=clock,
            actor=actor,
            action="link.revoked",
            subject=f"invitation:{link.invitation_id}",
            details={"link": str(link.id)},
        )
