"""What every page of a respondent shows around its content."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.responses.language import Tongue, tongues
from app.responses.pages.filled import Filled
from app.responses.pages.views import SectionLink
from app.responses.words import follow_ups_in_words, progress_in_words, saved_in_words
from questionnaires.completeness import is_settled
from questionnaires.languages import direction_of
from questionnaires.models import UPLOADS, Group


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
    words = progress_in_words(progress.answered, progress.asked)
    empty = empty_follow_ups(filled, section) if progress.answered == progress.asked else 0
    return SectionLink(
        name=section.name,
        label=filled.words(section.label),
        words=words + follow_ups_in_words(empty),
        complete=progress.answered == progress.asked
        and not progress.required_missing
        and not empty,
        current=section.name == current,
        required_missing=len(progress.required_missing),
    )


def empty_follow_ups(filled: Filled, section: Group) -> int:
    """How many fields are empty that only an answer to the same numbered question made appear.

    Such as the words to «another»: the question counts as answered, but is not said to the end.
    """
    return sum(
        not is_settled(filled.answers.get(question.name))
        for item in filled.definition.items
        if item.section == section.name
        for question in item.questions
        if question is not item.node
        and question.relevant is not None
        and question.takes_answer
        and question.type not in UPLOADS
        and question.name in filled.route.asked
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
