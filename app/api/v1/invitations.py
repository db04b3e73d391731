"""Invitations: where each stands, whom it went to, what happened to it."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from app.accounts.policy import Action
from app.api.v1.callers import UserCaller
from app.api.v1.doors import Door, invitation_for, round_for
from app.api.v1.models import ApiModel, Page
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.registry.models import ContactRole
from app.registry.queries import contacts_of
from app.responses.models import SubmissionKind
from app.rounds.access import RoundAccess
from app.rounds.respondent_view import moments_of
from app.rounds.standing import Standing, standing_of, standings
from app.web.transactions import ReadSession, ServicesDep
from exports.records import Channel
from questionnaires.outcomes import Outcome, Progress

router = APIRouter(prefix="/rounds/{slug}/invitations", tags=["invitations"])
Reading = Annotated[Door, invitation_for(Action.READ_ANSWERS)]


class InvitationOut(ApiModel):
    """One invited respondent and what became of its invitation."""

    respondent: str = Field(description="Stable key.", examples=["midsa"])
    position: int = Field(description="Place in the round's frozen list.")
    short_name: str = Field(examples=["MIDSA"])
    official_name: str
    region: str
    outcome: Outcome | None = Field(description="null while nothing final is known.")
    outcome_note: str
    progress: Progress = Field(description="An invitation is not activity.")
    answered: int = Field(description="Numbered questions answered.")
    asked: int = Field(description="Numbered questions asked, given the answers so far.")
    core_share: float = Field(description="Share of the core questions answered.")
    invited_at: datetime | None
    opened_at: datetime | None
    last_saved_at: datetime | None
    returned_at: datetime | None
    returned_as: SubmissionKind | None
    channel: Channel | None
    due_at: datetime | None = Field(description="The deadline that holds for it.")
    extended: bool
    reminders_sent: int
    undelivered: bool
    materials: int = Field(description="Files, links and notes that it sent.")
    group: str | None = Field(description="The group an analyst put it in. For users alone.")
    suggested_group: str | None = Field(
        description="The group that its answers suggest. For users alone."
    )


class ContactOut(ApiModel):
    """A person at a respondent."""

    name: str
    email: str = Field(examples=["focal-point@midsa.example.org"])
    role: ContactRole
    language: str


class MomentOut(ApiModel):
    """Something that happened to an invitation."""

    at: datetime
    what: str = Field(examples=["Link opened for the first time"])
    note: str


@router.get("", summary="List the invitations of a round", responses=refusals(404))
def list_invitations(
    access: Annotated[RoundAccess, round_for(Action.VIEW_BOARD)],
    paging: Paging,
    session: ReadSession,
    services: ServicesDep,
    outcome: Annotated[
        list[Outcome] | None, Query(description="Only these outcomes; can be repeated.")
    ] = None,
) -> Page[InvitationOut]:
    """Every invited respondent, the silent ones too, in the order of the frozen list."""
    found = standings(session, access.round, now=services.clock.now())
    wanted = [one for one in found if outcome is None or one.outcome in outcome]
    return paging.page(wanted, key=lambda one: one.respondent, show=show_invitation)


@router.get("/{key}", summary="Read an invitation", responses=refusals(404, 409))
def get_invitation(
    door: Annotated[Door, invitation_for(Action.VIEW_BOARD, respondents=True)],
    session: ReadSession,
    services: ServicesDep,
) -> InvitationOut:
    """Where one invitation stands."""
    now = services.clock.now()
    at = standing_of(session, door.round, door.invitation_id, now=now)
    return show_invitation(at, for_users=isinstance(door.caller, UserCaller))


@router.get("/{key}/events", summary="What happened to an invitation", responses=refusals(404))
def list_events(door: Reading, paging: Paging, session: ReadSession) -> Page[MomentOut]:
    """Every dated fact about the invitation, the oldest first."""
    found = list(enumerate(moments_of(session, door.invitation_id, shows_people=door.sees_people)))
    return paging.page(
        found,
        key=lambda pair: str(pair[0]),
        show=lambda pair: MomentOut(at=pair[1].at, what=pair[1].what, note=pair[1].note),
    )


@router.get("/{key}/contacts", summary="List the contacts", responses=refusals(404))
def list_contacts(
    door: Annotated[Door, invitation_for(Action.READ_CONTACTS)],
    paging: Paging,
    session: ReadSession,
) -> Page[ContactOut]:
    """The people at the respondent. Personal data: for organisers alone."""
    return paging.page(
        contacts_of(session, door.respondent_id),
        key=lambda one: str(one.id),
        show=lambda one: ContactOut(
            name=one.name, email=one.email, role=one.role, language=one.language
        ),
    )


def show_invitation(at: Standing, *, for_users: bool = True) -> InvitationOut:
    """An invitation as the API shows it; a respondent is not told how it is classed."""
    return InvitationOut(
        respondent=at.respondent,
        position=at.position,
        short_name=at.short_name,
        official_name=at.official_name,
        region=at.region,
        outcome=at.outcome,
        outcome_note=at.outcome_note,
        progress=at.progress,
        answered=at.answered_items,
        asked=at.asked_items,
        core_share=at.core_share,
        invited_at=at.invited_at,
        opened_at=at.opened_at,
        last_saved_at=at.last_saved_at,
        returned_at=at.submitted_at,
        returned_as=at.submission_kind,
        channel=at.channel,
        due_at=at.effective_due_at,
        extended=at.extended_until is not None,
        reminders_sent=at.reminders_sent,
        undelivered=at.undelivered,
        materials=at.materials,
        group=at.category if for_users else None,
        suggested_group=at.suggested if for_users else None,
    )
