"""The board of a round: its rows by group, what they add up to, and which of them are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.rounds.definitions import definition_of
from app.rounds.models import Round
from app.rounds.rules import GroupReturn, non_completion_in_words, share_in_words
from app.rounds.standing import Standing, standings
from app.rounds.states import STATES, State, state_of
from questionnaires.bands import bands
from questionnaires.models import Definition
from questionnaires.outcomes import MEANINGS, Outcome, rates


@dataclass(frozen=True, slots=True)
class Row:
    """One invited respondent on the board."""

    standing: Standing
    state: State
    group: str | None
    """Label of the group, coded or suggested."""
    group_is_suggested: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The rows of one group, in the order of the frozen list."""

    label: str | None
    rows: tuple[Row, ...]
    invited: int
    completed: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An outcome to filter by, with its count in the whole round."""

    state: State
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with its meaning, as in ``9/12 = 75.0 %``."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Board:
    """All that the page of a round shows."""

    bands: tuple[Band, ...]
    invited: int
    shown: int
    rates: tuple[Rate, ...]
    by_group: str
    """Where the non-completion sits, in words."""
    choices: tuple[Choice, ...]
    questionnaire: str
    """Where its questionnaire is found: ``slug/version``."""
    language: str
    """The questionnaire's own language."""
    unrecorded: tuple[str, ...]
    """Kinds of date that no row has."""


STEPS = {"Invited": "invited_at", "Link opened": "opened_at", "Last saved": "last_saved_at"}
"""What happens before a return, in its order: most rows have come a part of the way."""

DATES = {"Returned": "submitted_at", "Due": "effective_due_at"}
"""The dates that have a column of their own, by its heading."""


def build_board(
    session: Session, round_: Round, *, now: datetime, show: Sequence[str] = ()
) -> Board:
    """The board at a moment; ``show`` names the states whose rows are wanted, none for all."""
    definition = definition_of(session, round_.version_id)
    rows = _rows(definition, standings(session, round_, now=now))
    counts = {key: sum(row.state.key == key for row in rows) for key in STATES}
    wanted = {key for key in show if key in STATES}
    shown = [row for row in rows if not wanted or row.state.key in wanted]
    is_open = round_.closed_at is None
    return Board(
        bands=_bands(definition, rows, shown),
        invited=len(rows),
        shown=len(shown),
        rates=_rates(rows, is_open=is_open),
        by_group=_by_group(definition, rows, is_open=is_open),
        questionnaire=f"{definition.slug}/{definition.version}",
        language=definition.settings.default_language,
        choices=tuple(
            Choice(state, counts[key], key in wanted)
            for key, state in STATES.items()
            if counts[key] or key in wanted
        ),
        unrecorded=tuple(
            heading
            for heading, name in (STEPS | DATES).items()
            if all(getattr(row.standing, name) is None for row in rows)
        ),
    )


def _rows(definition: Definition, standing: Iterable[Standing]) -> list[Row]:
    labels = group_labels(definition)
    return [
        Row(
            standing=one,
            state=state_of(one.outcome, one.progress, undelivered=one.undelivered),
            group=labels.get(one.category or one.suggested or ""),
            group_is_suggested=one.category is None and one.suggested is not None,
        )
        for one in standing
    ]


def group_labels(definition: Definition) -> dict[str, str]:
    """The groups of a definition with their labels, in the order of the synthesis."""
    return {choice.name: definition.words(choice.label) for choice in bands(definition)}


def _bands(definition: Definition, rows: Sequence[Row], shown: Sequence[Row]) -> tuple[Band, ...]:
    found = (
        Band(
            label=label,
            rows=tuple(row for row in shown if row.group == label),
            invited=sum(row.group == label for row in rows),
            completed=sum(row.group == label and _is_completed(row) for row in rows),
        )
        for label in (*group_labels(definition).values(), None)
    )
    return tuple(band for band in found if band.rows)


def _by_group(definition: Definition, rows: Sequence[Row], *, is_open: bool) -> str:
    # What an analyst has not confirmed is no group to draw conclusions about.
    groups = (
        GroupReturn(
            label=label,
            eligible=sum(_coded(row) == label and _is_eligible(row) for row in rows),
            completed=sum(_coded(row) == label and _is_completed(row) for row in rows),
        )
        for label in (*group_labels(definition).values(), None)
    )
    return non_completion_in_words(groups, is_open=is_open)


def _coded(row: Row) -> str | None:
    return None if row.group_is_suggested else row.group


def _is_eligible(row: Row) -> bool:
    outcome = row.standing.outcome
    return outcome is None or MEANINGS[outcome].eligible


def _is_completed(row: Row) -> bool:
    return row.standing.outcome is Outcome.COMPLETED


def _rates(rows: Sequence[Row], *, is_open: bool) -> tuple[Rate, ...]:
    # While a round is open, those of whom nothing final is known are in the base all the same.
    found = rates(row.standing.outcome or Outcome.NO_RESPONSE for row in rows)
    so_far = " so far" if is_open else ""
    listed = [
        Rate(
            "Questionnaire rate",
            share_in_words(found.completed, found.eligible),
            f"completed questionnaires{so_far} of the eligible respondents",
        ),
        Rate(
            "Any-response rate",
            share_in_words(found.any_response, found.eligible),
            f"questionnaires, partial ones and materials{so_far} of the eligible respondents",
        ),
    ]
    if not is_open:
        listed.append(
            Rate(
                "Silent",
                share_in_words(found.silent, found.eligible),
                "no response at all, of the eligible respondents",
            )
        )
    return tuple(listed)
