"""Hold an invitation still while it is changed, and refuse what comes too late."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from app.clock import Clock
from app.errors import Conflict, NotFound
from app.responses.models import Submission, SubmissionKind
from app.responses.rules import effective_due, is_late, moment_in, today_in
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
    shuts_out = True

    def __init__(self, *, at: datetime, zone: str) -> None:
        super().__init__(
            f"The round was closed on {day_in_words(at, ZoneInfo(zone))} and takes no further "
            "answers. Everything saved before is kept.",
            mend="If your institution still wants to reply, write to the organiser of the survey.",
        )


@dataclass(frozen=True, slots=True)
class Held:
    """An invitation that can be answered; if ``locked``, so until the transaction ends."""

    invitation_id: int
    due_at: datetime | None
    zone: str
    now: datetime
    locked: bool = True
    """False when it was only looked at: what is written must see by itself that it is open."""

    @property
    def today(self) -> date:
        """The date on the round's calendar."""
        return today_in(self.zone, self.now)

    @property
    def moment(self) -> datetime:
        """The moment as the round's clocks show it."""
        return moment_in(self.zone, self.now)

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return is_late(self.now, self.due_at)


class _Standing(NamedTuple):
    closed_at: datetime | None
    zone: str
    due_at: datetime | None
    extended_until: datetime | None
    kind: SubmissionKind | None
    receipt: str | None
    at: datetime | None


_LOCK = (
    select(col(Invitation.id))
    .where(col(Invitation.id) == bindparam("of"))
    .with_for_update(read=True)
)
_LOCK_ALONE = (
    select(col(Invitation.id)).where(col(Invitation.id) == bindparam("of")).with_for_update()
)
_STANDING = (
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
    .where(col(Invitation.id) == bindparam("of"))
    .order_by(col(Submission.position))
    .limit(1)
)


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
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        connection.execute(_LOCK_ALONE if alone else _LOCK, {"of": invitation_id})
    row = connection.execute(_STANDING, {"of": invitation_id}).one_or_none()
    if row is None:
        raise NotFound("There is no such invitation.")
    found = _Standing(*row)
    now = clock.now()
    if found.kind is not None and found.receipt is not None and found.at is not None:
        raise AlreadyReturned(
            kind=found.kind, receipt=found.receipt, at=found.at, zone=found.zone, done=done
        )
    if found.closed_at is not None and found.closed_at <= now:
        raise RoundClosed(at=found.closed_at, zone=found.zone)
    return Held(
        invitation_id=invitation_id,
        due_at=effective_due(found.due_at, found.extended_until),
        zone=found.zone,
        now=now,
    )
