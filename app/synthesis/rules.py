"""The rules of the synthesis: what may stand in a cell, and what may be called an answer."""

from datetime import datetime

from app.rounds.models import Round
from questionnaires.answered import is_answered
from questionnaires.bands import bands
from questionnaires.models import Definition
from questionnaires.outcomes import Outcome
from questionnaires.problems import Problem

BAND = "band"
"""The dimension of statements about the group."""
LONGEST_STATEMENT = 20_000
LONGEST_DOCUMENT = 500
LONGEST_LOCATOR = 200
QUESTIONNAIRE_CAME = frozenset({Outcome.COMPLETED, Outcome.PARTIAL, Outcome.LATE})


def check_text(text: str, *, place: str, longest: int = LONGEST_STATEMENT) -> list[Problem]:
    """A statement or a rationale says something, and fits."""
    if not is_answered(text):
        return [
            Problem(
                code="empty",
                place=place,
                message="There is no text.",
                mend="Write what the evidence says; leave the cell alone where it is silent.",
            )
        ]
    return check_length(text, place=place, longest=longest)


def check_length(text: str, *, place: str, longest: int) -> list[Problem]:
    """A text fits where it is kept."""
    if len(text) <= longest:
        return []
    return [
        Problem(
            code="too-long",
            place=place,
            message=f"The text has {len(text):,} characters; {longest:,} are the most.",
            mend="Shorten it.",
        )
    ]


def check_dimension(dimension: str, definition: Definition) -> list[Problem]:
    """A statement stands in a column that the questionnaire has."""
    known = [BAND, *(known.name for known in definition.dimensions if known.name != BAND)]
    if dimension in known:
        return []
    return [
        Problem(
            code="unknown-dimension",
            place="dimension",
            message=f"The synthesis has no column «{dimension}».",
            mend=f"Use one of: {', '.join(known)}.",
        )
    ]


def check_category(category: str, definition: Definition) -> list[Problem]:
    """A category is one of the questionnaire's groups."""
    known = [choice.name for choice in bands(definition)]
    if category in known:
        return []
    return [
        Problem(
            code="unknown-category",
            place="category",
            message=f"«{category}» is no group of this questionnaire.",
            mend=f"Use one of: {', '.join(known)}.",
        )
    ]


def coded_when(coded_at: datetime, round_: Round) -> datetime | None:
    """When a group was given; ``None`` for one taken from a document, which gives no day.

    Whatever analysts do to a round known from documents alone comes after these.
    """
    if round_.answers_public or round_.closed_at is None or coded_at > round_.closed_at:
        return coded_at
    return None


def is_override(category: str, suggested: str | None) -> bool:
    """Whether an analyst differs from what the answers suggest. No suggestion, no difference."""
    return suggested is not None and category != suggested
