"""Give a contact a personal link, and find the link that a token belongs to."""

import base64
import hashlib
import hmac
import secrets

from sqlmodel import Session, col, select

from app.clock import Clock
from app.errors import Gone
from app.rounds.models import Invitation, PersonalLink, Round

PURPOSE = b"rapporteur personal link v1:"


def token_of(nonce: str, *, secret: bytes) -> str:
    """The token of a link: 256 bits, the same each time a mail is tried again."""
    digest = hmac.new(secret, PURPOSE + nonce.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def address_of(token: str, *, public_url: str) -> str:
    """The address that a personal link leads to."""
    return f"{public_url}/r/{token}"


def hash_of(token: str) -> str:
    """What is kept of a token: SHA-256 in hex. The token has 256 bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_link(
    session: Session,
    *,
    invitation_id: int,
    contact_id: int | None,
    clock: Clock,
    secret: bytes,
) -> tuple[PersonalLink, str]:
    """A new link into an invitation, with its token. Earlier links stay valid."""
    nonce = secrets.token_urlsafe(32)
    token = token_of(nonce, secret=secret)
    link = PersonalLink(
        invitation_id=invitation_id,
        contact_id=contact_id,
        nonce=nonce,
        token_hash=hash_of(token),
        created_at=clock.now(),
    )
    session.add(link)
    session.flush()
    return link, token


def follow_link(session: Session, token: str) -> tuple[PersonalLink, Invitation, Round]:
    """The link of a token, with its invitation and round.

    Raises ``Gone`` alike for a forged, a revoked and a closed link: who tries tokens learns
    nothing from the difference.
    """
    row = session.exec(
        select(PersonalLink, Invitation, Round)
        .where(PersonalLink.invitation_id == col(Invitation.id))
        .where(Invitation.round_id == col(Round.id))
        .where(PersonalLink.token_hash == hash_of(token))
    ).one_or_none()
    if row is None or row[0].revoked_at is not None or row[2].closed_at is not None:
        message = "This link is not valid, or not valid any more."
        raise Gone(message, mend="Ask the organiser of the survey for a new link.")
    return row
