"""Sentences that are written from the outcomes: who answered, and where silence gathers."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from exports.annex_b.frame import Band
from exports.records import Invited
from questionnaires.outcomes import MEANINGS, Outcome, Rates, rates

_COMMON_NOUNS = frozenset(
    {
        *("agency", "association", "bank", "bureau", "commission", "committee", "community"),
        *("conference", "consultations", "council", "department", "dialogue", "forum"),
        *("government", "group", "initiative", "institute", "mission", "ministry", "network"),
        *("office", "organisation", "organization", "partnership", "platform", "process"),
        *("secretariat", "table", "union"),
    }
)
"""A name that begins or ends with one of these takes the article: the Budapest Process."""


def percent(share: Fraction | None) -> str:
    """A share in per cent with one decimal: ``75.0 %``; a dash when there is no base."""
    return "–" if share is None else f"{float(share) * 100:.1f} %"


def out_of(count: int, base: int) -> str:
    """A count with its base and share: ``9/12 = 75.0 %``."""
    return f"{count}/{base} = {percent(Fraction(count, base) if base else None)}"


def joined(names: Sequence[str]) -> str:
    """Names as a sentence lists them: ``A``, ``A and B``, ``A, B and C``."""
    *others, last = names or ("",)
    return f"{', '.join(others)} and {last}" if others else last


def with_article(name: str) -> str:
    """A name as it stands within a sentence."""
    words = name.casefold().split()
    if not words or words[0] == "the":
        return name
    return f"the {name}" if {words[0], words[-1]} & _COMMON_NOUNS else name


def round_rates(invited: Iterable[Invited]) -> Rates:
    """The rates of these respondents; no outcome yet: in the base, in no numerator."""
    return rates(one.outcome or Outcome.NO_RESPONSE for one in invited)


def waiting(invited: Iterable[Invited]) -> int:
    """How many have no outcome yet."""
    return sum(one.outcome is None for one in invited)


def outcome_counts(invited: Sequence[Invited]) -> str:
    """The outcomes that there are, counted: ``3 completed questionnaire, 1 no response``."""
    told = [
        f"{count} {MEANINGS[outcome].word.lower()}"
        for outcome in Outcome
        if (count := sum(one.outcome is outcome for one in invited))
    ]
    if still := waiting(invited):
        told.append(f"{still} without outcome yet")
    return ", ".join(told)


def is_shown(band: Band) -> bool:
    """Every group of the definition has its heading, the unclassified only when there are some."""
    return band.name is not None or bool(band.members)


def band_words(band: Band) -> str:
    """A group with its size and outcomes: ``Ad hoc: 3 respondents (3 completed questionnaire)``."""
    count = len(band.members)
    words = f"{band.label}: {count} respondent{'' if count == 1 else 's'}"
    outcomes = outcome_counts(band.members)
    return f"{words} ({outcomes})" if outcomes else words


def received(invited: Sequence[Invited]) -> str:
    """The sentence of endnote ii of the 2007 paper, for any outcomes.

    «Completed questionnaires were received from …; responsive materials (but not questionnaires)
    were received from …; and no response was received from ….»
    """
    if not invited:
        return "Nobody was invited."
    clauses = []
    for outcome, of_one, of_several in _CLAUSES:
        names = _names(invited, outcome)
        if names:
            clauses.append((of_one if len(names) == 1 else of_several).format(joined(names)))
        elif outcome is Outcome.COMPLETED:
            clauses.append("no completed questionnaire was received")
    so_far = _names(invited, None)
    if so_far:
        clauses.append(f"no return has been received so far from {joined(so_far)}")
    sentence = _as_sentence(clauses)
    outside = _names(invited, Outcome.INELIGIBLE)
    if outside:
        verb = "was" if len(outside) == 1 else "were"
        first = joined(outside)
        sentence += f" {first[0].upper()}{first[1:]} {verb} not eligible and left out of the rates."
    return sentence


def bias(bands: Sequence[Band]) -> str:
    """Where the questionnaires that are missing would have come from, by group, in words."""
    told = [(band.label, rated) for band in bands if (rated := round_rates(band.members)).eligible]
    missing = sum(rated.eligible - rated.completed for _, rated in told)
    eligible = sum(rated.eligible for _, rated in told)
    if not told:
        return "Nobody is eligible, so nothing can be said of a bias."
    if missing == 0:
        return "Everyone eligible completed the questionnaire, so no group is missing."
    by_group = "; ".join(
        f"{label}: {out_of(rated.completed, rated.eligible)}" for label, rated in told
    )
    without = [(label, rated) for label, rated in told if rated.completed < rated.eligible]
    shares = {rated.questionnaire_rate for _, rated in told}
    if len(told) == 1:
        reading = "There is one group only, so a bias between groups cannot be seen."
    elif len(without) == 1:
        label, rated = without[0]
        reading = (
            f"All the non-completion ({missing} of {eligible}) sits in the group «{label}»: "
            "totals over all groups say less about it than about the others."
        )
    elif len(shares) == 1:
        reading = "Completion is the same in every group."
    else:
        low = min(without, key=lambda one: one[1].questionnaire_rate or 0)
        high = max(told, key=lambda one: one[1].questionnaire_rate or 0)
        reading = (
            f"Completion is lowest in the group «{low[0]}» and highest in «{high[0]}»: totals "
            "over all groups lean towards the latter."
        )
    return f"Completed questionnaires by group: {by_group}. {reading}"


def _names(invited: Sequence[Invited], outcome: Outcome | None) -> list[str]:
    return [with_article(one.short_name) for one in invited if one.outcome is outcome]


def _as_sentence(clauses: Sequence[str]) -> str:
    *others, last = clauses
    words = f"{'; '.join(others)}; and {last}" if others else last
    return f"{words[0].upper()}{words[1:]}."


_CLAUSES: tuple[tuple[Outcome, str, str], ...] = (
    (
        Outcome.COMPLETED,
        "a completed questionnaire was received from {}",
        "completed questionnaires were received from {}",
    ),
    (
        Outcome.PARTIAL,
        "a partial questionnaire was received from {}",
        "partial questionnaires were received from {}",
    ),
    (
        Outcome.MATERIALS_ONLY,
        "responsive materials (but not a questionnaire) were received from {}",
        "responsive materials (but not questionnaires) were received from {}",
    ),
    (
        Outcome.LATE,
        "a questionnaire came after the freeze from {}",
        "questionnaires came after the freeze from {}",
    ),
    (
        Outcome.BROKEN_OFF,
        "a questionnaire was begun but not returned by {}",
        "questionnaires were begun but not returned by {}",
    ),
    (Outcome.DECLINED, "{} declined to answer", "{} declined to answer"),
    (
        Outcome.UNDELIVERED,
        "the invitation could not be delivered to {}",
        "invitations could not be delivered to {}",
    ),
    (
        Outcome.NO_RESPONSE,
        "no response was received from {}",
        "no response was received from {}",
    ),
)
"""Of one and of several, in the order of the sentence; the ineligible have a sentence apart."""
