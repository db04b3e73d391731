"""Start: follow a personal link and open a session in a browser."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists
from sqlmodel import Session, col, select

from app.clock import Clock
from app.errors import NotFound
from app.responses.models import Response
from app.responses.rules import SESSION_DAYS
from app.rounds.models import EventKind, Invitation, InvitationEvent, RespondentSession
from app.rounds.service.link import follow_link, hash_of


@dataclass(frozen=True, slots=True)
class Started:
    """A new session: ``token`` goes into the browser's cookie and is kept nowhere else."""

    token: str
    expires_at: datetime
    invitation_id: int
    response_id: int


def start_session(session: Session, *, token: str, clock: Clock) -> Started:
    """Begin (or go on) answering with the token of a personal link.

    The first time, it makes the response and notes that the link was opened. Raises ``Gone`` for a
    link that isn't valid.
    """
    link, invitation, round_ = follow_link(session, token)
    if link.id is None or invitation.id is None:
        raise NotFound("There is no such invitation.")
    # Two people may press the button at the same moment; one after the other finds the response.
    session.exec(select(Invitation.id).where(col(Invitation.id) == invitation.id).with_for_update())
    now = clock.now()
    response_id = _official_response(session, invitation.id)
    if response_id is None:
        response = Response(
            invitation_id=invitation.id, version_id=round_.version_id, started_at=now
        )
        session.add(response)
        session.flush()
        response_id = response.id
    if response_id is None:
        raise NotFound("There is no such response.")
    _note_opening(session, invitation.id, now)
    browser = secrets.token_urlsafe(32)
    expires_at = now + timedelta(days=SESSION_DAYS)
    session.add(
        RespondentSession(
            token_hash=hash_of(browser), link_id=link.id, created_at=now, expires_at=expires_at
        )
    )
    session.flush()
    return Started(
        token=browser,
        expires_at=expires_at,
        invitation_id=invitation.id,
        response_id=response_id,
    )


def end_session(session: Session, *, token: str) -> None:
    """End the session of a browser; harmless when it has ended before."""
    row = session.get(RespondentSession, hash_of(token))
    if row is not None:
        session.delete(row)
        session.flush()


def _official_response(session: Session, invitation_id: int) -> int | None:
    return session.exec(
        select(Response.id)
        .where(col(Response.invitation_id) == invitation_id)
        .where(col(Response.official))
    ).one_or_none()


def _note_opening(session: Session, invitation_id: int, now: datetime) -> None:
    event = InvitationEvent
    noted = session.exec(
        select(
            exists()
            .where(col(event.invitation_id) == invitation_id)
            .where(col(event.kind) == EventKind.LINK_OPENED)
        )
    ).one()
    if not noted:
        session.add(
            InvitationEvent(invitation_id=invitation_id, kind=EventKind.LINK_OPENED, at=now)
        )
