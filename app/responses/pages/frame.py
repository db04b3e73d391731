"""What every page of a respondent shows around its content."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.responses.language import Tongue, tongues
from app.responses.pages.filled import Filled
from app.responses.pages.views import SectionLink
from app.responses.words import progress_in_words, saved_in_words
from questionnaires.languages import direction_of
from questionnaires.models import Group


@dataclass(frozen=True, slots=True)
class Frame:
    """Where am I, what is saved, what is missing, by when."""

    title: str
    """Of the round."""
    zone: str
    due_at: datetime | None
    is_late: bool
    saved_at: datetime | None
    saved_words: str
    sections: tuple[SectionLink, ...]
    answered: int
    asked: int
    missing: int
    """Required questions that have no answer yet."""
    is_returned: bool
    tongues: tuple[Tongue, ...]
    """The languages to choose from."""


def frame_of(filled: Filled, *, current: str = "") -> Frame:
    """The frame around a page of a form."""
    identity = filled.identity
    return Frame(
        title=identity.round_title,
        zone=identity.zone,
        due_at=identity.due_at,
        is_late=identity.is_late,
        saved_at=filled.saved_at,
        saved_words=saved_in_words(filled.saved_at, now=identity.now, zone=identity.zone_info),
        sections=tuple(section_link(filled, section, current) for section in filled.sections),
        answered=filled.progress.answered,
        asked=filled.progress.asked,
        missing=len(filled.progress.required_missing),
        is_returned=filled.returned is not None,
        tongues=tongues(filled.definition, filled.language),
    )


def section_link(filled: Filled, section: Group, current: str = "") -> SectionLink:
    """A section with how far it is filled."""
    progress = next(each for each in filled.progress.sections if each.name == section.name)
    return SectionLink(
        name=section.name,
        label=filled.words(section.label),
        words=progress_in_words(progress.answered, progress.asked),
        complete=progress.answered == progress.asked and not progress.required_missing,
        current=section.name == current,
        required_missing=len(progress.required_missing),
    )


def framed(filled: Filled, *, current: str = "", **context: Any) -> dict[str, Any]:  # noqa: ANN401 - what templates take
    """The context of a template: the frame, and what is given."""
    return {
        "notice": filled.identity.notice,
        "frame": frame_of(filled, current=current),
        "zone": filled.identity.zone,
        "direction": direction_of(filled.language),
        **context,
    }
