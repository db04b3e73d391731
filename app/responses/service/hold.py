"""Hold an invitation still while it is changed, and refuse what comes too late."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from app.clock import Clock
from app.errors import Conflict, NotFound
from app.responses.models import Submission, SubmissionKind
from app.responses.rules import effective_due, is_late, today_in
from app.rounds.models import Invitation, Round
from app.web.times import day_in_words, moment_in_words

KINDS = {
    SubmissionKind.QUESTIONNAIRE: "The questionnaire was submitted",
    SubmissionKind.MATERIALS: "Materials were sent as the whole return",
    SubmissionKind.REFUSAL: "The invitation was declined",
}


class AlreadyReturned(Conflict):
    """A second return, or a change after the first: the first one stands."""

    code = "already-returned"
    title = "Already returned"

    def __init__(
        self, *, kind: SubmissionKind, receipt: str, at: datetime, zone: str, done: str
    ) -> None:
        when = moment_in_words(at, ZoneInfo(zone))
        super().__init__(
            f"{KINDS[kind]} on {when}, receipt {receipt}. {done}",
            mend="To correct it, ask the organiser of the survey to reopen it.",
        )
        self.kind = kind
        self.receipt = receipt
        self.at = at


class RoundClosed(Conflict):
    """The round takes nothing any more."""

    code = "round-closed"
    title = "This round is closed"

    def __init__(self, *, at: datetime, zone: str) -> None:
        super().__init__(
            f"The round was closed on {day_in_words(at, ZoneInfo(zone))} and takes no further "
            "answers. Everything saved before is kept.",
            mend="If your institution still wants to reply, write to the organiser of the survey.",
        )


@dataclass(frozen=True, slots=True)
class Held:
    """An invitation that nobody else returns until the transaction ends."""

    invitation_id: int
    due_at: datetime | None
    zone: str
    now: datetime

    @property
    def today(self) -> date:
        """The date on the round's calendar."""
        return today_in(self.zone, self.now)

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return is_late(self.now, self.due_at)


def hold_open(
    session: Session,
    *,
    invitation_id: int,
    clock: Clock,
    alone: bool = False,
    done: str = "Nothing was changed now.",
) -> Held:
    """Hold an invitation that can still be answered.

    ``alone`` for what happens once (a return); without it several may save side by side, and none
    while it is being returned. Raises ``AlreadyReturned`` (with the first receipt and its time),
    ``RoundClosed`` or ``NotFound``.
    """
    # Two statements: one that has waited for a lock still sees the tables as they were before.
    if session.get_bind().dialect.name != "sqlite":
        session.execute(
            select(col(Invitation.id))
            .where(col(Invitation.id) == invitation_id)
            .with_for_update(read=not alone)
        )
    row = session.execute(
        select(
            col(Round.closed_at),
            col(Round.time_zone),
            col(Round.due_at),
            col(Invitation.extended_until),
            col(Submission.kind),
            col(Submission.receipt),
            col(Submission.at),
        )
        .select_from(Invitation)
        .join(Round, col(Round.id) == col(Invitation.round_id))
        .outerjoin(
            Submission,
            (col(Submission.invitation_id) == col(Invitation.id))
            & col(Submission.reopened_at).is_(None),
        )
        .where(col(Invitation.id) == invitation_id)
        .order_by(col(Submission.position))
        .limit(1)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such invitation.")
    closed_at, zone, due_at, extended_until, kind, receipt, at = row
    now = clock.now()
    if receipt is not None:
        raise AlreadyReturned(kind=kind, receipt=receipt, at=at, zone=zone, done=done)
    if closed_at is not None and closed_at <= now:
        raise RoundClosed(at=closed_at, zone=zone)
    return Held(
        invitation_id=invitation_id,
        due_at=effective_due(due_at, extended_until),
        zone=zone,
        now=now,
    )
