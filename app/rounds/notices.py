"""What every page of a survey says: that its data are fictional, or a demonstration."""

from sqlmodel import Session

from app.rounds.models import Survey
from app.rounds.service.repeat import last_round


def notice_of(session: Session, survey: Survey) -> str:
    """The notice of the newest round, which the next one repeats; empty where there is none."""
    newest = last_round(session, survey)
    return "" if newest is None else newest.notice
