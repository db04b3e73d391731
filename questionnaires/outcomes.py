"""The outcome of an invitation and the rates of a round, in AAPOR's terms where they fit."""

from dataclasses import dataclass
from enum import StrEnum


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
