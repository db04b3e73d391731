"""What can become of a question from one version to the next, and what that means for answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of a question."""

    SAME = "same"
    TRANSLATED = "translated"
    MOVED = "moved"
    LIMITS_CHANGED = "limits_changed"
    ASKED_OF_OTHERS = "asked_of_others"
    RELABELLED = "relabelled"
    OPTIONS_CHANGED = "options_changed"
    RESCALED = "rescaled"
    RETYPED = "retyped"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    DROPPED = "dropped"


GRAVITY = tuple(Change)
"""The graver a change, the less can be compared; of several, the gravest is the verdict."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different, in a sentence."""

    change: Change
    words: str
    refused: bool = False
    """True for what no version may do: the answers would be something else under the same name."""


def gravest(differences: tuple[Difference, ...]) -> Change:
    """The verdict on a question with these differences."""
    found = (difference.change for difference in differences)
    return max(found, key=GRAVITY.index, default=Change.SAME)


VERDICTS: Mapping[Change, str] = {
    Change.SAME: "Unchanged; fully comparable.",
    Change.TRANSLATED: "Fully comparable in the original language.",
    Change.MOVED: "Comparable; what is asked before a question may colour its answer.",
    Change.LIMITS_CHANGED: "Comparable, but not every answer could be given both times.",
    Change.ASKED_OF_OTHERS: "Comparable for who was asked both times; who was asked may differ.",
    Change.RELABELLED: "Comparable if the meaning is the same: read both wordings.",
    Change.OPTIONS_CHANGED: "Compare only what both versions offer.",
    Change.RESCALED: "Answers are on different scales and cannot be compared as they are.",
    Change.RETYPED: "Answers cannot be compared.",
    Change.SPLIT: "Compare all parts together with the earlier answer, never one alone.",
    Change.MERGED: "Compare it with the earlier answers together, never with one alone.",
    Change.NEW: "Earlier rounds have no answer to compare.",
    Change.DROPPED: "Earlier answers stand alone.",
}
"""What a change means for answers that are set side by side, in a sentence."""
