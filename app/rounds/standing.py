"""Where each invitation of a round stands: the board, and the rows of every synthesis."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.errors import NotFound
from app.registry.models import Respondent
from app.registry.queries import respondent_names
from app.registry.rules import Names
from app.responses.models import Response, Submission, SubmissionKind
from app.rounds.definitions import definition_of
from app.rounds.facts import (
    Events,
    Mailed,
    Returns,
    events_of,
    mails_of,
    newest_codings,
    official_responses,
    returns_of,
)
from app.rounds.fill import Fill, FillQuestion, fills
from app.rounds.models import Invitation, Round
from app.rounds.outcome import outcome_of, progress_of, return_facts
from app.synthesis.models import Coding
from exports.records import Channel
from questionnaires.outcomes import Outcome, Progress

__all__ = ["Standing", "names_day", "respondent_names", "standing_of", "standings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One invited respondent: what is known of its invitation at a moment."""

    invitation_id: int
    position: int
    respondent_id: int
    respondent: str
    """The key."""
    names: Names
    region: str
    fictional: bool
    invited_at: datetime | None
    opened_at: datetime | None
    """When somebody first followed a personal link."""
    response_id: int | None
    started_at: datetime | None
    last_saved_at: datetime | None
    saves: int
    """Accepted saves so far; equal numbers mean equal answers."""
    submission_id: int | None
    submitted_at: datetime | None
    """The newest return that was not given back for correction."""
    submission_kind: SubmissionKind | None
    channel: Channel | None
    cleared: bool
    refusal_reason: str
    minutes_spent: int | None
    due_at: datetime | None
    """The round's deadline."""
    extended_until: datetime | None
    reminders_sent: int
    undelivered: bool
    materials: int
    """What the respondent itself sent and did not take back."""
    outcome: Outcome | None
    """``None`` while the round is open and nothing final has happened."""
    outcome_note: str
    progress: Progress
    answered_items: int
    asked_items: int
    core_share: float
    attribution: str | None
    """The respondent's own choice at the question ``attribution``."""
    category: str | None
    """The group an analyst put it in."""
    suggested: str | None
    """The group that its answers suggest."""

    @property
    def short_name(self) -> str:
        """What the respondent is called for short."""
        return self.names.short

    @property
    def official_name(self) -> str:
        """What the respondent is called in full."""
        return self.names.official

    @property
    def effective_due_at(self) -> datetime | None:
        """The deadline that holds for this respondent."""
        return self.extended_until or self.due_at


def standings(session: Session, round_: Round, *, now: datetime) -> tuple[Standing, ...]:
    """Where every invitation of a round stood at ``now``, in the order of its frozen list.

    Nothing that happened after ``now`` is in it, so a past moment can be asked for. The number of
    queries doesn't depend on the number of invited. Two things have no history of their own: an
    outcome taken from a document counts from the round's closing on, and an extension from its
    first event on.
    """
    return _standings(session, round_, now=now)


def standing_of(session: Session, round_: Round, invitation_id: int, *, now: datetime) -> Standing:
    """Where one invitation of a round stood at ``now``."""
    found = _standings(session, round_, now=now, only=invitation_id)
    if not found:
        raise NotFound(f"The round «{round_.slug}» has no invitation {invitation_id}.")
    return found[0]


def names_day(round_: Round, now: datetime) -> date:
    """The day whose names a round shows: its closing, or today while it is open."""
    return (past(round_.closed_at, now) or now).astimezone(ZoneInfo(round_.time_zone)).date()


def _standings(
    session: Session, round_: Round, *, now: datetime, only: int | None = None
) -> tuple[Standing, ...]:
    statement = (
        select(Invitation, Respondent)
        .where(Invitation.respondent_id == col(Respondent.id))
        .where(Invitation.round_id == round_.id)
        .order_by(col(Invitation.position))
    )
    if only is not None:
        statement = statement.where(Invitation.id == only)
    rows = session.exec(statement).all()
    ids = [invitation.id for invitation, _ in rows if invitation.id is not None]
    facts = _Facts(session, round_, ids, now=now)
    names = respondent_names(
        session, [invitation.respondent_id for invitation, _ in rows], on=names_day(round_, now)
    )
    return tuple(
        facts.standing(invitation, respondent, names[invitation.respondent_id])
        for invitation, respondent in rows
    )


def past(moment: datetime | None, now: datetime) -> datetime | None:
    """A moment that has come; ``None`` for one that has not."""
    return moment if moment is not None and moment <= now else None


def fill_question(
    response: Response, round_: Round, *, returned: Submission | None, now: datetime
) -> FillQuestion:
    """What was returned is read as of that moment; what still lies open, as of today."""
    settled = returned.at if returned is not None else past(round_.closed_at, now)
    moment = (settled or now).astimezone(ZoneInfo(round_.time_zone))
    if settled is None:
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return FillQuestion(
        response_id=_id(response.id),
        version_id=response.version_id,
        started_at=response.started_at,
        moment=moment,
    )


class _Facts:
    """All that is known of some invitations of one round, read at once."""

    def __init__(self, session: Session, round_: Round, ids: list[int], *, now: datetime) -> None:
        self.round = round_
        self.now = now
        self.closed_at = past(round_.closed_at, now)
        self.partial_share = definition_of(session, round_.version_id).settings.partial_share
        self.events: Mapping[int, Events] = events_of(session, ids, at=now)
        self.mails: Mapping[int, Mailed] = mails_of(session, ids, at=now)
        self.returns: Mapping[int, Returns] = returns_of(session, ids, at=now)
        self.codings: Mapping[int, Coding] = newest_codings(session, ids, at=now)
        self.responses: Mapping[int, Response] = official_responses(session, ids, at=now)
        self.fills: Mapping[int, Fill] = fills(
            session,
            [
                fill_question(
                    response,
                    round_,
                    returned=self.returns.get(response.invitation_id, Returns()).newest,
                    now=now,
                )
                for response in self.responses.values()
            ],
            at=now,
        )

    def standing(self, invitation: Invitation, respondent: Respondent, names: Names) -> Standing:
        """Put together what is known of one invitation."""
        invitation_id = _id(invitation.id)
        events = self.events.get(invitation_id, Events())
        returns = self.returns.get(invitation_id, Returns())
        response = self.responses.get(invitation_id)
        fill = Fill() if response is None else self.fills[_id(response.id)]
        coding = self.codings.get(invitation_id)
        newest = returns.newest
        facts = return_facts(
            events=events,
            mailed=self.mails.get(invitation_id, Mailed()),
            returns=returns,
            fill=fill,
            frozen_at=self.closed_at,
            partial_share=self.partial_share,
        )
        is_before_closing = self.round.closed_at is not None and self.closed_at is None
        recorded = None if is_before_closing else invitation.recorded_outcome
        is_extended = events.extended or not events.extended_later
        return Standing(
            invitation_id=invitation_id,
            position=invitation.position,
            respondent_id=invitation.respondent_id,
            respondent=respondent.key,
            names=names,
            region=respondent.region,
            fictional=respondent.fictional,
            invited_at=past(invitation.invited_at, self.now),
            opened_at=events.opened_at,
            response_id=None if response is None else response.id,
            started_at=None if response is None else response.started_at,
            last_saved_at=fill.last_saved_at,
            saves=fill.saves,
            submission_id=None if newest is None else newest.id,
            submitted_at=None if newest is None else newest.at,
            submission_kind=None if newest is None else newest.kind,
            channel=None if newest is None else newest.channel,
            cleared=newest is not None and bool(newest.clearance_name),
            refusal_reason="" if newest is None else newest.refusal_reason,
            minutes_spent=None if newest is None else newest.minutes_spent,
            due_at=self.round.due_at,
            extended_until=invitation.extended_until if is_extended else None,
            reminders_sent=events.reminders_sent,
            undelivered=facts.undelivered,
            materials=returns.materials,
            outcome=outcome_of(facts, recorded=recorded),
            outcome_note="" if is_before_closing else invitation.outcome_note,
            progress=progress_of(facts, opened=events.opened_at is not None, recorded=recorded),
            answered_items=fill.answered_items,
            asked_items=fill.asked_items,
            core_share=fill.core_share,
            attribution=fill.attribution,
            category=None if coding is None else coding.category,
            suggested=fill.suggested or (None if coding is None else coding.suggested),
        )


def _id(value: int | None) -> int:
    if value is None:
        message = "The row is not in the database yet."
        raise ValueError(message)
    return value
