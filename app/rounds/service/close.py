"""Close a round: its links stop working and nobody is asked by mail any more."""

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.audit.service import record
from app.clock import Clock
from app.errors import Conflict
from app.rounds.models import Invitation, MailKind, MailState, OutgoingMail, Round


def close_round(session: Session, *, round_: Round, actor: str, clock: Clock) -> None:
    """Close an open round. What was not returned by now has its final outcome."""
    if round_.closed_at is not None:
        raise Conflict(f"The round «{round_.slug}» is closed already.")
    if round_.opened_at is None:
        raise Conflict(f"The round «{round_.slug}» was never opened, so it cannot be closed.")
    round_.closed_at = clock.now()
    session.add(round_)
    session.flush()
    session.execute(
        update(OutgoingMail)
        .where(col(OutgoingMail.state) == MailState.WAITING)
        # A receipt tells of what has happened, and is still true.
        .where(col(OutgoingMail.kind) != MailKind.RECEIPT)
        .where(
            col(OutgoingMail.invitation_id).in_(
                select(Invitation.id).where(Invitation.round_id == round_.id)
            )
        )
        .values(state=MailState.CANCELLED, last_error="The round was closed.")
    )
    record(session, clock=clock, actor=actor, action="round.closed", subject=f"round:{round_.slug}")
