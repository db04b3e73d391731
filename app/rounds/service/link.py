"""Give a contact a personal link, and find the link that a token belongs to."""

import base64
import hashlib
import hmac
import secrets
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.clock import Clock
from app.errors import Gone
from app.rounds.models import Invitation, PersonalLink, Round
from app.web.times import day_in_words

PURPOSE = b"rapporteur personal link v1:"


class UnknownLink(Gone):
    """No link has this token: it is mistyped, cut short, or guessed."""

    title = "This link is not known"
    shuts_out = True


class LinkEnded(Gone):
    """A link that was given out, and opens nothing any more."""

    shuts_out = True


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

    Raises ``UnknownLink`` for a token that was never given out, and ``LinkEnded`` for one that was
    revoked or whose round is closed: it is told why, as nobody guesses 256 bits.
    """
    row = session.exec(
        select(PersonalLink, Invitation, Round)
        .where(PersonalLink.invitation_id == col(Invitation.id))
        .where(Invitation.round_id == col(Round.id))
        .where(PersonalLink.token_hash == hash_of(token))
    ).one_or_none()
    if row is None:
        raise UnknownLink(
            "This link is not one of ours, or it was not copied whole.",
            mend="Copy the whole link from the mail. If that does not help, ask the organiser of "
            "the survey for a new link.",
        )
    link, _, round_ = row
    zone = ZoneInfo(round_.time_zone)
    if round_.closed_at is not None:
        raise LinkEnded(
            f"«{round_.title}» was closed on {day_in_words(round_.closed_at, zone)}, and its "
            "personal links ended with it.",
            mend="What was saved or sent by then is kept. If your institution still wants to "
            "reply, write to the organiser of the survey.",
        )
    if link.revoked_at is not None:
        raise LinkEnded(
            f"This personal link was withdrawn on {day_in_words(link.revoked_at, zone)}.",
            mend="What was saved is kept. If you still need access, ask the organiser of the "
            "survey for a new link.",
        )
    return row
