"""What an exporter is given: frozen records of one round, and nothing that can query."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from questionnaires.answers import Answer
from questionnaires.models import Definition
from questionnaires.outcomes import Outcome, Progress


class Record(BaseModel):
    """A frozen value; every time in it is aware UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Basis(StrEnum):
    """Where a statement comes from: the paper's six kinds of evidence, or how the paper is cited.

    ``text``: in the paper's text, its own source unspecified; ``stated_B``: the paper cites its
    Annex B; ``name``: only implied by the official name.
    """

    QUESTIONNAIRE = "Q"
    MATERIALS = "M"
    COMMUNICATIONS = "C"
    PRIMARY_DOCUMENTS = "P"
    IOM_EXPERIENCE = "I"
    LITERATURE = "L"
    PAPER_TEXT = "text"
    PAPER_ANNEX_B = "stated_B"
    OFFICIAL_NAME = "name"


class Channel(StrEnum):
    """How an answer or a return came in."""

    WEB = "web"
    WORKBOOK = "workbook"
    EMAIL = "email"
    DOCUMENT = "document"
    TELEPHONE = "telephone"
    ON_BEHALF = "on_behalf"


class Attribution(StrEnum):
    """What the respondent allows to be done with its answers."""

    PUBLISH = "publish"
    NOT_ATTRIBUTED = "not_attributed"
    BACKGROUND = "background"


class OtherName(Record):
    """A further name of a respondent."""

    text: str
    language: str = ""
    locator: str = ""


class Invited(Record):
    """One invited respondent and what became of the invitation: a row of Annex B, always."""

    key: str
    """Stable key of the respondent; the order of a round's invited is the order of its list."""
    short_name: str
    official_name: str
    other_names: tuple[OtherName, ...] = ()
    region: str = ""
    outcome: Outcome | None
    """``None`` while the round is open and nothing final has happened."""
    progress: Progress
    outcome_note: str = ""
    """A remark on the outcome that a reader must know: «completed, answers not public»."""
    answers_public: bool = True
    invited_at: datetime | None = None
    opened_at: datetime | None = None
    submitted_at: datetime | None = None
    due_at: datetime | None = None
    extended_until: datetime | None = None
    channel: Channel | None = None
    reminders_sent: int = 0
    cleared: bool = False
    refusal_reason: str = ""
    minutes_spent: int | None = None
    attribution: Attribution = Attribution.PUBLISH
    """What may be done with its answers."""
    materials_attribution: Attribution | None = None
    """What may be done with the materials that it sent; ``None`` for the same."""
    answered_items: int = 0
    asked_items: int = 0


class StatementRecord(Record):
    """One statement in a synthesis cell, with its evidence."""

    respondent: str
    dimension: str
    """Name of the dimension (``B6``) or ``band``."""
    text: str
    basis: Basis
    locator: str = ""
    """Where in the source: lines, pages, section."""
    source: int | None = None
    """Number of the ``SourceRecord`` it rests on."""
    question: str | None = None
    """Name of the answered question it condenses, to link to the verbatim answer."""
    by_analyst: bool = False
    concept: str = ""
    """What kind of statement, where its author said: ``members``, ``topics``, ``secretariat``."""


class CodingRecord(Record):
    """The group an analyst put a respondent in, beside what its answers suggest."""

    respondent: str
    category: str
    """Name of a choice of the definition's band list."""
    rationale: str
    coder: str
    coded_at: datetime | None
    """``None`` where the group is a document's, which does not say when it was given."""
    suggested: str | None = None
    override: bool = False
    """True when the analyst differs from the rule or from what the answers suggest."""


class SourceRecord(Record):
    """A numbered entry of the sheet Sources."""

    number: int
    basis: Basis
    title: str
    respondent: str | None = None
    locator: str = ""
    url: str = ""
    note: str = ""
    """For a material: kind, file name, size, sha256, the questions it is tagged with."""


class AnswerRecord(Record):
    """One stored answer as the sheet Answers prints it."""

    question: str
    answer: Answer
    version: str
    """Version of the questionnaire it was given to."""
    revision: int
    editor: str
    """Role or name of who saved it last; never personal data of a contact."""
    edited_at: datetime
    channel: Channel = Channel.WEB


class ResponseRecord(Record):
    """The official response of one respondent with all its answers, held one at a time."""

    respondent: str
    definition: Definition
    """The version that the response was given to."""
    submitted: bool
    answers: Mapping[str, AnswerRecord]
    seed: str = ""
    """What the response's random numbers are drawn from, so that they are those it was shown."""


class RoundRecord(Record):
    """The round that is exported."""

    slug: str
    title: str
    survey_title: str
    organiser: str = ""
    opened_at: datetime | None
    due_at: datetime | None
    time_zone: str
    closed_at: datetime | None
    known_from_documents: bool = False
    """True where no event of it was recorded by the service: what documents leave out is not
    known, and ``closed_at`` is when what they say was known."""
    notice: str = ""
    """A sentence that stands on every sheet: that the data are fictional, or a demonstration."""
    disclaimer: str = ""
    selection_note: str = ""
    """How the invited were chosen; the workbook never implies that it covers more than them."""


class RoundSnapshot(Record):
    """All that an exporter may know of a round, frozen at ``as_of``."""

    round: RoundRecord
    definition: Definition
    as_of: datetime
    invited: tuple[Invited, ...]
    statements: tuple[StatementRecord, ...] = ()
    """The analysts' statements. What answers say is condensed by the exporter itself."""
    codings: tuple[CodingRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    responses: Callable[[], Iterator[ResponseRecord]]
    """Streams the official responses in the order of ``invited``; can be called again, and gives
    the same each time. Respondents without a stored response are left out."""
    previous: "RoundSnapshot | None" = None
    """The round before in the same survey, for the sheet Changes."""


class ExportProgress(Record):
    """How far a long export is."""

    done: int
    total: int
    step: str
