"""The outcome of an invitation and the rates of a round, in AAPOR's terms where they fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction


class Outcome(StrEnum):
    """What became of an invitation."""

    COMPLETED = "completed"
    PARTIAL = "partial"
    BROKEN_OFF = "broken_off"
    MATERIALS_ONLY = "materials_only"
    DECLINED = "declined"
    NO_RESPONSE = "no_response"
    UNDELIVERED = "undelivered"
    LATE = "late"
    INELIGIBLE = "ineligible"


class Progress(StrEnum):
    """Where an invitation stands while its round is open. An invitation is not activity."""

    INVITED = "invited"
    OPENED = "opened"
    UNDER_WAY = "under_way"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class OutcomeMeaning:
    """How an outcome is named and counted."""

    symbol: str
    word: str
    aapor: str
    in_questionnaire_rate: bool
    in_any_response_rate: bool
    eligible: bool = True


MEANINGS: dict[Outcome, OutcomeMeaning] = {
    Outcome.COMPLETED: OutcomeMeaning("●", "Completed questionnaire", "1.1", True, True),
    Outcome.PARTIAL: OutcomeMeaning("◐", "Partial questionnaire", "1.2", False, True),
    Outcome.BROKEN_OFF: OutcomeMeaning("◔", "Begun, broken off", "2.12", False, False),
    Outcome.MATERIALS_ONLY: OutcomeMeaning("◇", "Responsive materials only", "2.3", False, True),
    Outcome.DECLINED: OutcomeMeaning("✕", "Declined", "2.111", False, False),
    Outcome.NO_RESPONSE: OutcomeMeaning("○", "No response", "2.112", False, False),
    Outcome.UNDELIVERED: OutcomeMeaning("△", "Invitation undelivered", "3.30", False, False),
    Outcome.LATE: OutcomeMeaning("◑", "Late, after the freeze", "2.27", False, False),
    Outcome.INELIGIBLE: OutcomeMeaning("–", "Not eligible", "4", False, False, eligible=False),
}


@dataclass(frozen=True, slots=True)
class ProgressMeaning:
    """How a step of progress is named, on pages and in workbooks alike."""

    symbol: str
    word: str


PROGRESS_MEANINGS: Mapping[Progress, ProgressMeaning] = {
    Progress.INVITED: ProgressMeaning("▫", "Invited"),
    Progress.OPENED: ProgressMeaning("▹", "Link opened"),
    Progress.UNDER_WAY: ProgressMeaning("▸", "Under way"),
    Progress.RETURNED: ProgressMeaning("▪", "Returned"),
}
"""For an invitation that has no outcome yet."""


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """What is known of an invitation when its outcome is derived."""

    eligible: bool = True
    """False for an institution that turned out dormant, merged or not addressed."""
    undelivered: bool = False
    """True when no invitation could be delivered."""
    declined_at: datetime | None = None
    submitted_at: datetime | None = None
    frozen_at: datetime | None = None
    """When the round's data were frozen; ``None`` while it is open."""
    materials: int = 0
    """Files, links and notes that the respondent sent and did not take back."""
    answered_any: bool = False
    core_share: float = 0.0
    partial_share: float = 0.5
    materials_returned_at: datetime | None = None
    """When the respondent said that its materials are the whole of its return."""


def derive_outcome(facts: ReturnFacts) -> Outcome:
    """What became of an invitation: exactly one outcome for any facts.

    A submitted questionnaire outweighs an earlier refusal. Materials outweigh a refusal of the
    form: they are a response. A refusal outweighs what was begun and left.
    """
    if not facts.eligible:
        return Outcome.INELIGIBLE
    if facts.submitted_at is not None:
        late = facts.frozen_at is not None and facts.submitted_at > facts.frozen_at
        return Outcome.LATE if late else Outcome.COMPLETED
    if facts.declined_at is not None:
        return Outcome.MATERIALS_ONLY if facts.materials else Outcome.DECLINED
    if facts.answered_any and facts.core_share >= facts.partial_share:
        return Outcome.PARTIAL
    if facts.materials:
        return Outcome.MATERIALS_ONLY
    if facts.answered_any:
        return Outcome.BROKEN_OFF
    return Outcome.UNDELIVERED if facts.undelivered else Outcome.NO_RESPONSE


def derive_progress(facts: ReturnFacts, *, opened: bool) -> Progress:
    """Where an invitation stands. Having been invited, or having looked, is not activity."""
    if facts.submitted_at or facts.declined_at or facts.materials_returned_at:
        return Progress.RETURNED
    if facts.answered_any or facts.materials:
        return Progress.UNDER_WAY
    return Progress.OPENED if opened else Progress.INVITED


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of a round. Every rate is ``n`` of ``eligible``; print both beside the share."""

    invited: int
    eligible: int
    """Invited less ineligible: the base of all rates."""
    completed: int
    """Numerator of the questionnaire rate (AAPOR RR1)."""
    with_partial: int
    """Completed and partial questionnaires (AAPOR RR2)."""
    any_response: int
    silent: int
    """No response at all; refusals and undelivered invitations are counted apart."""
    late: int
    """Returned after the freeze: in the base, in no numerator, named in a footnote."""
    counts: Mapping[Outcome, int]
    """Every outcome with its count, also those of nought; they add up to ``invited``."""

    def share(self, count: int) -> Fraction | None:
        """A count as a share of the eligible; ``None`` when there are none."""
        return Fraction(count, self.eligible) if self.eligible else None

    @property
    def questionnaire_rate(self) -> Fraction | None:
        """Completed questionnaires of the eligible."""
        return self.share(self.completed)

    @property
    def any_response_rate(self) -> Fraction | None:
        """Any response of the eligible. Not an AAPOR rate."""
        return self.share(self.any_response)

    @property
    def silent_rate(self) -> Fraction | None:
        """No response of the eligible."""
        return self.share(self.silent)


def rates(outcomes: Iterable[Outcome]) -> Rates:
    """Count the outcomes of a round's invitations."""
    counts = dict.fromkeys(Outcome, 0)
    for outcome in outcomes:
        counts[outcome] += 1
    return Rates(
        invited=sum(counts.values()),
        eligible=sum(counts[outcome] for outcome in Outcome if MEANINGS[outcome].eligible),
        completed=_counted(counts, questionnaire=True),
        with_partial=counts[Outcome.COMPLETED] + counts[Outcome.PARTIAL],
        any_response=_counted(counts, questionnaire=False),
        silent=counts[Outcome.NO_RESPONSE],
        late=counts[Outcome.LATE],
        counts=counts,
    )


def _counted(counts: Mapping[Outcome, int], *, questionnaire: bool) -> int:
    return sum(
        count
        for outcome, count in counts.items()
        if (
            MEANINGS[outcome].in_questionnaire_rate
            if questionnaire
            else MEANINGS[outcome].in_any_response_rate
        )
    )
