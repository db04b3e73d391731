"""Reopen a return, so that the respondent can correct it."""

from sqlalchemy import select
from sqlmodel import Session, col

from app.clock import Clock
from app.errors import Conflict, NotFound
from app.responses.models import Submission
from app.responses.queries import standing_return
from app.rounds.models import EventKind, Invitation, InvitationEvent, Round


def reopen(
    session: Session, *, invitation_id: int, by: str, reason: str = "", clock: Clock
) -> Submission:
    """Let a respondent correct its return. The return stays in the history; the next replaces it.

    Raises ``Conflict`` when there is none that stands, or the round is closed.
    """
    session.execute(
        select(col(Invitation.id)).where(col(Invitation.id) == invitation_id).with_for_update()
    )
    closed_at = session.execute(
        select(col(Round.closed_at))
        .join(Invitation, col(Invitation.round_id) == col(Round.id))
        .where(col(Invitation.id) == invitation_id)
    ).one_or_none()
    if closed_at is None:
        raise NotFound("There is no such invitation.")
    if closed_at[0] is not None:
        raise Conflict(
            "The round is closed, so nothing can be reopened in it.",
            mend="Ask for corrections in the next round.",
        )
    submission = standing_return(session, invitation_id)
    if submission is None:
        raise Conflict("There is no return that could be reopened.", mend="Load the page again.")
    now = clock.now()
    submission.reopened_at = now
    note = f"Return {submission.receipt} reopened by {by}. {reason}".strip()
    session.add(
        InvitationEvent(invitation_id=invitation_id, kind=EventKind.NOTE, at=now, note=note)
    )
    session.flush()
    return submission
