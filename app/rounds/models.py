"""Tables of surveys, their rounds and the invitations."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.columns import Json, Table, UtcDateTime, words
from questionnaires.outcomes import Outcome


class Survey(Table, table=True):
    """A series of rounds with one questionnaire and a cadence."""

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("(cadence IS NULL) = (next_round_at IS NULL)", name="cadence_has_next"),
        CheckConstraint("answer_days >= 1", name="answer_days_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=64, unique=True)
    title: str = Field(max_length=300)
    organiser: str = Field(default="", max_length=300)
    questionnaire: str = Field(max_length=64)
    cadence: str | None = Field(default=None, max_length=100)
    """Cron expression of the moments at which a round opens; ``None`` when rounds open by hand."""
    time_zone: str = Field(default="UTC", max_length=64)
    answer_days: int = Field(default=56, ge=1)
    """Days from the opening to the deadline."""
    next_round_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """The next moment of the cadence that no round has been opened for."""
    disclaimer: str = ""
    selection_note: str = ""
    fictional: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class QuestionnaireVersion(Table, table=True):
    """A published version as it was when a round first used it. Never changed."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("slug", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=64)
    version: str = Field(max_length=32)
    sha256: str = Field(max_length=64)
    canonical: str
    """Canonical JSON of the definition."""
    stored_at: datetime = Field(sa_type=UtcDateTime)


class Round(Table, table=True):
    """One wave of a survey. Its list of invited is frozen when it opens."""

    __tablename__ = "survey_round"
    __table_args__ = (
        UniqueConstraint("survey_id", "scheduled_for"),
        # A round known from a document alone may not say when it opened.
        CheckConstraint(
            "closed_at IS NULL OR opened_at IS NOT NULL OR NOT answers_public",
            name="closed_was_opened",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    survey_id: int = Field(foreign_key="survey.id", index=True)
    version_id: int = Field(foreign_key="questionnaire_version.id", index=True)
    previous_id: int | None = Field(default=None, foreign_key="survey_round.id")
    slug: str = Field(max_length=64, unique=True)
    title: str = Field(max_length=300)
    notice: str = ""
    """A sentence on every page and sheet: fictional data, a demonstration."""
    answers_public: bool = True
    """False where a round is known from documents alone: they tell outcomes, never answers.

    No event of it was recorded here, so that what they leave out is not known.
    """
    time_zone: str = Field(default="UTC", max_length=64)
    scheduled_for: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """The moment of the cadence this round was opened for."""
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """End of the last day in ``time_zone``."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Of a round known from documents alone: when what they say was known. It counts as closed
    from then on; on which day it really was, they need not say."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class VersionMove(Table, table=True):
    """That a running round went on to a patch of its version. Never changed."""

    __tablename__ = "version_move"

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="survey_round.id", index=True)
    from_version_id: int = Field(foreign_key="questionnaire_version.id")
    to_version_id: int = Field(foreign_key="questionnaire_version.id")
    moved_at: datetime = Field(sa_type=UtcDateTime)


class Invitation(Table, table=True):
    """A respondent in a round. What became of it is derived from its events and its response."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("round_id", "respondent_id"),
        UniqueConstraint("round_id", "position"),
    )

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="survey_round.id", index=True)
    respondent_id: int = Field(foreign_key="respondent.id", index=True)
    position: int
    invited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    extended_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    returned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the return that stands was made; ``None`` while it can be answered.

    The database keeps it: a save locks this row, and so sees a return that it has waited for.
    """
    recorded_outcome: Outcome | None = Field(
        default=None, sa_type=words(Outcome, "recorded_outcome")
    )
    """Set by hand or by an import where no events can tell: an outcome taken from a document."""
    outcome_note: str = ""


class EventKind(StrEnum):
    """What can happen to an invitation."""

    LINK_OPENED = "link_opened"
    UNDELIVERED = "undelivered"
    INELIGIBLE = "ineligible"
    EXTENDED = "extended"
    REMINDED = "reminded"
    NOTE = "note"


class InvitationEvent(Table, table=True):
    """Something that happened to an invitation. Append-only."""

    __tablename__ = "invitation_event"

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", ondelete="CASCADE", index=True)
    kind: EventKind = Field(sa_type=words(EventKind, "kind"))
    at: datetime = Field(sa_type=UtcDateTime)
    note: str = ""


class PersonalLink(Table, table=True):
    """A contact's way into one invitation. Only the hash of its token is kept."""

    __tablename__ = "personal_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", ondelete="CASCADE", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", ondelete="SET NULL")
    nonce: str = Field(max_length=64)
    """Random; the token is an HMAC of it under the service's key, so that a mail can be retried."""
    token_hash: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RespondentSession(Table, table=True):
    """A browser in which a personal link was started; only the token's hash is kept."""

    __tablename__ = "respondent_session"

    token_hash: str = Field(max_length=64, primary_key=True)
    link_id: int = Field(foreign_key="personal_link.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class MailKind(StrEnum):
    """Why a mail is sent."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    RECEIPT = "receipt"


class MailState(StrEnum):
    """Where a mail stands."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class OutgoingMail(Table, table=True):
    """A mail to send: written in the transaction that decides it, sent by a workflow of its id."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (UniqueConstraint("invitation_id", "contact_id", "kind", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", ondelete="CASCADE", index=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE", index=True)
    link_id: int = Field(foreign_key="personal_link.id", ondelete="CASCADE")
    kind: MailKind = Field(sa_type=words(MailKind, "kind"))
    step: int = 0
    """Which of several mails of a kind: the number of the reminder, the position of the return."""
    state: MailState = Field(
        default=MailState.WAITING, sa_type=words(MailState, "state"), index=True
    )
    message_id: str = Field(max_length=200)
    """The Message-ID header, fixed when the row is written, so that a repeat can be recognised."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    """How often sending it was tried and failed."""
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """After a failure: when it is tried again."""
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = ""
    details: dict[str, str] = Field(default_factory=dict, sa_type=Json)
