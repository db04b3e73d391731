"""The rows of one invitation: its events and its returns."""

from datetime import datetime, timedelta
from random import Random

from app.responses.models import SubmissionKind
from app.rounds.models import EventKind
from app.sample.illustrative.plan import Fate, RoundPlan
from app.sample.illustrative.prose import REASONS
from questionnaires.outcomes import Outcome

ROLES = (
    ("Head of the secretariat", "Executive secretary"),
    ("Chair in office", "Director for migration"),
    ("Coordinator of the process", "Head of unit"),
)
KINDS = {
    Outcome.COMPLETED: SubmissionKind.QUESTIONNAIRE,
    Outcome.LATE: SubmissionKind.QUESTIONNAIRE,
    Outcome.MATERIALS_ONLY: SubmissionKind.MATERIALS,
    Outcome.DECLINED: SubmissionKind.REFUSAL,
}

HOUR = timedelta(hours=1)
GIVEN_BACK = 0.3
"""How often a return that could have been given back for correction was."""


def event_rows(round_: RoundPlan, fate: Fate, *, invitation_id: int) -> list[dict[str, object]]:
    """What was noted of an invitation."""
    noted: list[tuple[EventKind, datetime, str]] = []
    if fate.outcome is Outcome.INELIGIBLE:
        note = "The process is dormant: its last meeting was eight years ago."
        noted.append((EventKind.INELIGIBLE, round_.opened_at + timedelta(days=9), note))
    if fate.outcome is Outcome.UNDELIVERED:
        note = "The mailbox does not exist, says the mail server of the process."
        noted.append((EventKind.UNDELIVERED, round_.opened_at + timedelta(hours=1), note))
    if fate.opened_at is not None:
        noted.append((EventKind.LINK_OPENED, fate.opened_at, ""))
    noted += [(EventKind.REMINDED, at, "") for at in fate.reminders]
    if fate.extended_until is not None:
        note = "Asked for two weeks more, until after its plenary meeting."
        noted.append((EventKind.EXTENDED, round_.due_at - timedelta(days=2), note))
    return [
        {"invitation_id": invitation_id, "kind": kind, "at": at, "note": note}
        for kind, at, note in noted
    ]


def submission_rows(
    round_: RoundPlan, fate: Fate, rng: Random, *, invitation_id: int, response_id: int | None
) -> list[dict[str, object]]:
    """The returns of one invitation: none, one, or one that was given back and its correction."""
    kind = KINDS.get(fate.outcome)
    if kind is None or fate.returned_at is None:
        return []
    name, title = rng.choice(ROLES)
    is_refusal = kind is SubmissionKind.REFUSAL
    common: dict[str, object] = {
        "invitation_id": invitation_id,
        "response_id": response_id,
        "kind": kind,
        "channel": fate.channel,
        "clearance_name": "" if is_refusal else name,
        "clearance_title": "" if is_refusal else title,
        "refusal_reason": rng.choice(REASONS) if is_refusal else "",
        "minutes_spent": fate.minutes_spent,
    }
    returned: list[tuple[datetime, datetime | None]] = [(fate.returned_at, None)]
    if _was_given_back(fate, rng):
        returned.insert(0, (fate.sittings[-2] + HOUR, fate.sittings[-1] - HOUR))
    return [
        {
            **common,
            "position": position,
            "receipt": f"ILL{round_.number}-{rng.getrandbits(48):012X}",
            "at": at,
            "clearance_on": None if is_refusal else at.date(),
            "reopened_at": reopened_at,
        }
        for position, (at, reopened_at) in enumerate(returned, start=1)
    ]


def _was_given_back(fate: Fate, rng: Random) -> bool:
    """Now and then an organiser gave a return back for correction between two sittings."""
    if fate.outcome is not Outcome.COMPLETED or len(fate.sittings) < 2:  # noqa: PLR2004 - a pair
        return False
    apart = fate.sittings[-1] - fate.sittings[-2]
    return apart > timedelta(days=1) and rng.random() < GIVEN_BACK
