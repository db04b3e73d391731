"""What an editor sends for one question, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime

from exports.records import Channel
from questionnaires.models import MissingCode
from questionnaires.problems import Problem


@dataclass(frozen=True, slots=True)
class Content:
    """What is said to a question; ``value`` as JSON holds it. Equal contents are one answer."""

    value: object = None
    missing: MissingCode | None = None
    comment: str = ""
    source: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is said."""
        return self == Content()


@dataclass(frozen=True, slots=True)
class Draft:
    """What an editor wants a question's answer to be, and the revision that was on the screen."""

    question: str
    value: object = None
    """A value of the question's kind, or the same as JSON holds it; ``None`` when left empty."""
    missing: MissingCode | None = None
    comment: str | None = None
    """``None`` leaves the comment as it is."""
    source: str | None = None
    """``None`` leaves the source as it is."""
    based_on: int = 0
    """0 when the question had no answer yet."""
    confirms: bool = False
    """A suggestion was on the screen, so that this is a decision even if it changes nothing."""


@dataclass(frozen=True, slots=True)
class ResponseKey:
    """Which response is edited, for who need not know more of it."""

    id: int
    invitation_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class Editor:
    """Who saves, by which channel. ``name`` is a role or a user's name, never personal data."""

    name: str
    contact_id: int | None = None
    user_id: int | None = None
    channel: Channel = Channel.WEB


@dataclass(frozen=True, slots=True)
class Kept:
    """A state of an answer with its revision, its editor and its time."""

    content: Content
    revision: int
    editor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer is what the editor wants it to be."""

    question: str
    content: Content
    revision: int
    """0 when there was no answer and none was given."""
    at: datetime
    changed: bool
    """False when it had been the same before; then there is no new revision."""
    previous: Content = field(default_factory=Content)
    """What it said before."""


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody else had changed the answer: nothing was overwritten, and both texts are kept."""

    question: str
    mine: Content
    theirs: Kept


@dataclass(frozen=True, slots=True)
class Refused:
    """Not of the question's kind: what is wrong is listed, and nothing was changed."""

    question: str
    problems: tuple[Problem, ...]


Result = Saved | Stale | Refused
