"""Find the survey or round that a person names, or say which there are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from app.rounds.models import Round, Survey


def find_survey(session: "Session", slug: str) -> "Survey":
    """The survey of that slug. Raises ``NotFound``, naming the others."""
    from sqlmodel import col, select

    from app.errors import NotFound
    from app.rounds.models import Survey

    surveys = {each.slug: each for each in session.exec(select(Survey).order_by(col(Survey.slug)))}
    if slug not in surveys:
        raise NotFound(f"There is no survey «{slug}».", mend=_there_are("surveys", surveys))
    return surveys[slug]


def find_round(session: "Session", slug: str) -> "Round":
    """The round of that slug. Raises ``NotFound``, naming the others."""
    from sqlmodel import col, select

    from app.errors import NotFound
    from app.rounds.models import Round

    rounds = {each.slug: each for each in session.exec(select(Round).order_by(col(Round.slug)))}
    if slug not in rounds:
        raise NotFound(f"There is no round «{slug}».", mend=_there_are("rounds", rounds))
    return rounds[slug]


def _there_are(kind: str, slugs: "Iterable[str]") -> str:
    known = ", ".join(slugs)
    return f"The {kind} are: {known}." if known else "There is none yet."
