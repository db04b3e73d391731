"""What became of an invitation, from its events, its returns and how far its form was filled."""

from datetime import datetime
from typing import assert_never

from app.responses.models import SubmissionKind
from app.rounds.facts import Events, Mailed, Returns, is_undelivered
from app.rounds.fill import Fill
from questionnaires.outcomes import (
    Outcome,
    Progress,
    ReturnFacts,
    derive_outcome,
    derive_progress,
)


def return_facts(
    *,
    events: Events,
    mailed: Mailed,
    returns: Returns,
    fill: Fill,
    frozen_at: datetime | None,
    partial_share: float,
) -> ReturnFacts:
    """The facts from which the outcome is derived."""
    questionnaire = returns.newest_of(SubmissionKind.QUESTIONNAIRE)
    materials = returns.newest_of(SubmissionKind.MATERIALS)
    refusal = returns.newest_of(SubmissionKind.REFUSAL)
    submission = questionnaire
    if submission is None and materials is not None and _is_after(materials.at, frozen_at):
        # Materials that came after the freeze are a late return like any other.
        submission = materials
    return ReturnFacts(
        eligible=not events.ineligible,
        undelivered=is_undelivered(events, mailed),
        declined_at=refusal.at if refusal is not None else None,
        submitted_at=submission.at if submission is not None else None,
        frozen_at=frozen_at,
        materials=returns.materials,
        answered_any=fill.answered_any,
        core_share=fill.core_share,
        partial_share=partial_share,
        materials_returned_at=materials.at if materials is not None else None,
    )


def _is_after(moment: datetime, frozen_at: datetime | None) -> bool:
    return frozen_at is not None and moment > frozen_at


def outcome_of(facts: ReturnFacts, *, recorded: Outcome | None) -> Outcome | None:
    """The outcome; ``None`` while the round is open and nothing final has happened.

    What was recorded by hand or taken from a document wins.
    """
    if recorded is not None:
        return recorded
    is_final = (
        not facts.eligible
        or facts.submitted_at is not None
        or facts.declined_at is not None
        or facts.materials_returned_at is not None
    )
    return derive_outcome(facts) if is_final or facts.frozen_at is not None else None


def progress_of(facts: ReturnFacts, *, opened: bool, recorded: Outcome | None) -> Progress:
    """How far the respondent got. An invitation is not activity."""
    match recorded:
        case None | Outcome.INELIGIBLE | Outcome.UNDELIVERED | Outcome.NO_RESPONSE:
            return derive_progress(facts, opened=opened)
        case Outcome.PARTIAL | Outcome.BROKEN_OFF:
            return Progress.UNDER_WAY
        case Outcome.COMPLETED | Outcome.MATERIALS_ONLY | Outcome.DECLINED | Outcome.LATE:
            return Progress.RETURNED
        case _:
            assert_never(recorded)
