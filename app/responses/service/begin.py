"""Begin a response in which an organiser enters what came by another way than the form."""

from sqlmodel import Session, col, select

from app.clock import Clock
from app.responses.models import Response
from app.responses.service.hold import hold_open
from app.rounds.models import Invitation, Round


def begin_response(session: Session, *, invitation_id: int, clock: Clock) -> Response:
    """The official response of an invitation, made now if there is none yet.

    Raises ``AlreadyReturned`` or ``RoundClosed`` where nothing can be answered any more.
    """
    held = hold_open(session, invitation_id=invitation_id, clock=clock, alone=True)
    there = session.exec(
        select(Response)
        .where(col(Response.invitation_id) == invitation_id)
        .where(col(Response.official))
    ).one_or_none()
    if there is not None:
        return there
    version_id = session.exec(
        select(Round.version_id)
        .join(Invitation, col(Invitation.round_id) == col(Round.id))
        .where(col(Invitation.id) == invitation_id)
    ).one()
    response = Response(invitation_id=invitation_id, version_id=version_id, started_at=held.now)
    session.add(response)
    session.flush()
    return response
