"""The marks of a cell: why a value is there or missing, with its SDMX status (annex B's legend)."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """The state of one answer in a synthesis."""

    ANSWERED = "answered"
    NIL = "nil"
    NA = "na"
    ROUTED = "routed"
    NOT_IN_VERSION = "not_in_version"
    BLANK = "blank"
    DK = "dk"
    DECLINED = "declined"
    WITHHELD = "withheld"
    NOT_REACHED = "not_reached"
    CARRIED = "carried"
    UNCODED = "uncoded"


@dataclass(frozen=True, slots=True)
class MarkMeaning:
    """How a mark is shown, what it means and whether it counts in a base."""

    shown: str
    """The sign in a cell; empty where the value itself is shown, a suffix for carried, uncoded."""
    meaning: str
    sdmx: str
    """SDMX code list CL_OBS_STATUS."""
    in_base: bool


MEANINGS: dict[Mark, MarkMeaning] = {
    Mark.ANSWERED: MarkMeaning("", "Answered", "A", in_base=True),
    Mark.NIL: MarkMeaning("—", "Answered: none", "A", in_base=True),
    Mark.NA: MarkMeaning("n/a", "Does not apply, says the respondent", "M", in_base=False),
    Mark.ROUTED: MarkMeaning("n/a", "Not asked because of an earlier answer", "M", in_base=False),
    Mark.NOT_IN_VERSION: MarkMeaning(
        "·", "Not asked in that version of the form", "M", in_base=False
    ),
    Mark.BLANK: MarkMeaning("..", "Submitted, but left empty", "O", in_base=False),
    Mark.DK: MarkMeaning("dk", "Respondent does not know", "O", in_base=False),
    Mark.DECLINED: MarkMeaning("(d)", "Respondent prefers not to answer", "O", in_base=False),
    Mark.WITHHELD: MarkMeaning(
        "(c)", "Answered, but may not be attributed; counted in totals", "Q", in_base=True
    ),
    Mark.NOT_REACHED: MarkMeaning("NR", "No questionnaire was returned", "L", in_base=False),
    Mark.CARRIED: MarkMeaning("*", "From the last round, not confirmed again", "V", in_base=False),
    Mark.UNCODED: MarkMeaning("†", "The analyst has not coded this yet", "P", in_base=False),
}
