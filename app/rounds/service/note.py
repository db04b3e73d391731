"""Note what became of an invitation where no machine can tell."""

from typing import Literal

from sqlmodel import Session

from app.audit.service import record
from app.clock import Clock
from app.errors import Conflict, Invalid
from app.rounds.models import EventKind, Invitation, InvitationEvent, Round
from questionnaires.problems import Problem

LONGEST_REASON = 2000
Noted = Literal[EventKind.UNDELIVERED, EventKind.INELIGIBLE, EventKind.NOTE]


def note_event(
    session: Session,
    *,
    invitation_id: int,
    kind: Noted,
    reason: str,
    actor: str,
    clock: Clock,
) -> None:
    """Note that an invitation never arrived, that it asked the wrong institution, or a remark.

    Raises ``Invalid`` without a reason: who reads the outcome later must see why. Raises
    ``Conflict`` for what cannot change the outcome any more: whether an invitation arrived was
    settled when the round closed, and what a document says is not ours to note otherwise. That a
    respondent should not have been asked may be found later; its round's rates then change from
    that moment on.
    """
    invitation = session.get_one(Invitation, invitation_id)
    round_ = session.get_one(Round, invitation.round_id)
    if kind is not EventKind.NOTE and invitation.recorded_outcome is not None:
        raise Conflict(
            "The outcome of this respondent was taken from a document, and stands as it is there.",
        )
    if kind is EventKind.UNDELIVERED and round_.closed_at is not None:
        raise Conflict(
            "The round is closed, so whether an invitation arrived changes nothing any more.",
            mend="If the respondent should not have been asked at all, note that instead.",
        )
    reason = reason.strip()
    problems = check_reason(reason)
    if problems:
        raise Invalid(problems)
    session.add(
        InvitationEvent(invitation_id=invitation_id, kind=kind, at=clock.now(), note=reason)
    )
    session.flush()
    record(
        session,
        clock=clock,
        actor=actor,
        action=f"invitation.{kind.value}",
        subject=f"invitation:{invitation_id}",
    )


def check_reason(reason: str) -> list[Problem]:
    """A reason that somebody can read later."""
    if 0 < len(reason) <= LONGEST_REASON:
        return []
    return [
        Problem(
            code="reason-missing" if not reason else "too-long",
            place="reason",
            message=(
                "A reason is missing."
                if not reason
                else f"The reason has {len(reason):,} characters; {LONGEST_REASON:,} fit."
            ),
            mend="Write in a sentence what is known, and from whom.",
        )
    ]
