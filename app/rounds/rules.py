"""The rules of a round that are told in words: who completed, and where those are who didn't."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class GroupReturn:
    """How many of a group's eligible respondents completed the questionnaire."""

    label: str | None
    """``None`` for those whom no analyst has put into a group yet."""
    eligible: int
    completed: int

    @property
    def missing(self) -> int:
        """Eligible and not completed."""
        return self.eligible - self.completed


def non_completion_in_words(groups: Iterable[GroupReturn], *, is_open: bool) -> str:
    """Where the non-completion sits: the non-response bias by group, as one or two sentences.

    Says no more than the counts do: a single missing questionnaire is called one, groups are not
    compared where there is only one or nothing came in, and an open round has no bias yet.
    """
    asked = [group for group in groups if group.eligible]
    completed = sum(group.completed for group in asked)
    if not asked:
        return "Nobody on the list is eligible, so there is nothing to compare."
    if len(asked) == 1:
        return _single_group(asked[0])
    if completed == 0:
        yet = " yet" if is_open else ""
        return f"No questionnaire was completed{yet}, so the groups cannot be compared."
    if is_open:
        return f"Completed so far: {_by_group(asked)}."
    lacking = [group for group in asked if group.missing]
    if not lacking:
        return "Every eligible respondent completed the questionnaire; no group is missing."
    if len(lacking) == 1:
        return _one_group_lacks(lacking[0], asked)
    if len({Fraction(group.completed, group.eligible) for group in asked}) == 1:
        return f"The same share completed in every group: {_by_group(asked)}."
    return f"Completion differs by group: {_by_group(asked)}."


def _single_group(group: GroupReturn) -> str:
    if group.label is None:
        return "No analyst has put a respondent into a group yet, so groups cannot be compared."
    return f"All eligible respondents are {_placed(group)}, so there is nothing to compare."


def _one_group_lacks(group: GroupReturn, asked: Sequence[GroupReturn]) -> str:
    others = [other for other in asked if other is not group]
    there = f"{group.completed} of {group.eligible} completed there"
    elsewhere = (
        f"{sum(other.completed for other in others)} of "
        f"{sum(other.eligible for other in others)} elsewhere"
    )
    if group.missing == 1:
        what = "The one questionnaire that was not completed is"
    else:
        what = "All the non-completion sits"
    return f"{what} {_placed(group)}: {there}, {elsewhere}."


def _by_group(groups: Sequence[GroupReturn]) -> str:
    parts = [f"{group.completed} of {group.eligible} {_placed(group)}" for group in groups]
    return in_a_row(parts)


def _placed(group: GroupReturn) -> str:
    if group.label is None:
        return "among those without a group yet"
    return f"in the group «{group.label}»"


def in_a_row(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:  # noqa: PLR2004 - one alone needs no joining
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def share_in_words(count: int, base: int) -> str:
    """``9/12 = 75.0 %``; without a base there is no share."""
    if base == 0:
        return f"{count}/{base}"
    return f"{count}/{base} = {100 * count / base:.1f} %"
