"""The state of an invitation as people read it: sign, word, tone and meaning."""

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.outcomes import MEANINGS, PROGRESS_MEANINGS, Outcome, Progress


@dataclass(frozen=True, slots=True)
class State:
    """An outcome, or while there is none how far the respondent got."""

    key: str
    symbol: str
    word: str
    tone: str
    """``good``, ``warn``, ``bad`` or ``plain``: the colour that repeats what the word says."""
    meaning: str


_OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.COMPLETED: ("good", "The questionnaire came back with a named clearance."),
    Outcome.PARTIAL: (
        "warn",
        "Not sent off, but enough core questions (★) are answered to be counted as a response.",
    ),
    Outcome.BROKEN_OFF: ("warn", "Begun and left, with too few core questions (★) answered."),
    Outcome.MATERIALS_ONLY: ("good", "Documents, links or notes, but no questionnaire."),
    Outcome.DECLINED: ("bad", "The respondent said that it will not answer, and why."),
    Outcome.NO_RESPONSE: ("bad", "Invited, and nothing came back."),
    Outcome.UNDELIVERED: ("bad", "No invitation could be delivered."),
    Outcome.LATE: ("warn", "Came back after the round was closed: in no rate, in a footnote."),
    Outcome.INELIGIBLE: ("plain", "Dormant, merged or not concerned: out of every rate."),
}

_PROGRESS: Mapping[Progress, tuple[str, str]] = {
    Progress.INVITED: ("plain", "An invitation went out; nobody has opened it."),
    Progress.OPENED: ("plain", "Somebody opened the form; nothing is answered yet."),
    Progress.UNDER_WAY: ("warn", "Answers or materials are saved, not yet sent off."),
    Progress.RETURNED: ("good", "Something was sent off."),
}

_UNREACHED = State(
    "unreached",
    "⚠",
    "Did not arrive",
    "bad",
    "The invitation did not arrive, as far as is known. The respondent's page says why; a new "
    "personal link, sent by other means, can still reach it.",
)

_BY_OUTCOME: Mapping[Outcome, State] = {
    outcome: State(outcome.value, MEANINGS[outcome].symbol, MEANINGS[outcome].word, tone, meaning)
    for outcome, (tone, meaning) in _OUTCOMES.items()
}

_BY_PROGRESS: Mapping[Progress, State] = {
    step: State(
        step.value, PROGRESS_MEANINGS[step].symbol, PROGRESS_MEANINGS[step].word, tone, meaning
    )
    for step, (tone, meaning) in _PROGRESS.items()
}

STATES: Mapping[str, State] = {
    state.key: state for state in (*_BY_OUTCOME.values(), _UNREACHED, *_BY_PROGRESS.values())
}
"""Every state by its key, in the order of the legend."""


def state_of(outcome: Outcome | None, progress: Progress, *, undelivered: bool = False) -> State:
    """The outcome where there is one, else the progress; an invitation may not have arrived."""
    if outcome is not None:
        return _BY_OUTCOME[outcome]
    if undelivered and progress is Progress.INVITED:
        return _UNREACHED
    return _BY_PROGRESS[progress]
