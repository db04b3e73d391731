"""What an organiser does with an invitation: links, deadlines, reopening, notes."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field

from app.accounts.policy import Action
from app.api.v1.doors import Door, invitation_for
from app.api.v1.models import ApiInput, ApiModel
from app.api.v1.problems import refusals
from app.audit.service import record
from app.errors import Conflict, Invalid, NotFound
from app.registry.queries import contacts_of
from app.responses.service.reopen import reopen
from app.rounds.models import EventKind, Invitation
from app.rounds.service.extend import extend_deadline
from app.rounds.service.link import issue_link
from app.rounds.service.note import check_reason, note_event
from app.web.transactions import ServicesDep, WriteSession

router = APIRouter(prefix="/rounds/{slug}/invitations/{key}", tags=["invitations"])
Managing = Annotated[Door, invitation_for(Action.MANAGE_INVITATIONS)]


class LinkIn(ApiInput):
    """Whom a new personal link is for."""

    contact: str | None = Field(
        default=None,
        description="E-mail address of a contact of the respondent; null for nobody in particular.",
        examples=["focal-point@midsa.example.org"],
    )


class LinkOut(ApiModel):
    """A new personal link. It is told this once; earlier ones stay valid."""

    url: str = Field(examples=["https://survey.example.org/r/Xk3…"])
    created_at: datetime


class ExtensionIn(ApiInput):
    """More time for one respondent."""

    last_day: date = Field(
        description="The last day to answer, until its end in the round's zone.",
        examples=["2027-03-31"],
    )
    reason: str = ""


class ExtensionOut(ApiModel):
    """The deadline that holds now."""

    due_at: datetime
    time_zone: str = Field(examples=["Europe/Brussels"])


class ReasonIn(ApiInput):
    """Why a return is reopened."""

    reason: str = Field(examples=["The table in section D is missing."])


class ReopeningOut(ApiModel):
    """The return that the respondent can correct now."""

    receipt: str
    reopened_at: datetime


class NoteIn(ApiInput):
    """What became of an invitation where no machine can tell."""

    kind: Literal["undelivered", "ineligible"] = Field(
        description="«ineligible» takes the respondent out of every rate and cannot be undone."
    )
    reason: str = Field(examples=["The address does not exist any more."])


class NoteOut(ApiModel):
    """What was noted."""

    kind: str
    reason: str


@router.post(
    "/links", status_code=201, summary="Issue a personal link", responses=refusals(404, 409)
)
def create_link(
    link: LinkIn, door: Managing, services: ServicesDep, session: WriteSession
) -> LinkOut:
    """A new personal link into the invitation. Who has it can read and answer."""
    if door.round.opened_at is None or door.round.closed_at is not None:
        raise Conflict("The round is not open, so a link into it would lead nowhere.")
    contact_id = None
    if link.contact is not None:
        known = {one.email: one.id for one in contacts_of(session, door.respondent_id)}
        if link.contact not in known:
            raise NotFound(f"This respondent has no contact «{link.contact}».")
        contact_id = known[link.contact]
    issued, token = issue_link(
        session,
        invitation_id=door.invitation_id,
        contact_id=contact_id,
        clock=services.clock,
        secret=services.secret,
    )
    record(
        session,
        clock=services.clock,
        actor=door.actor,
        action="link.issued",
        subject=door.subject,
    )
    url = f"{services.settings.public_url}/r/{token}"
    return LinkOut(url=url, created_at=issued.created_at)


@router.post(
    "/extensions", status_code=201, summary="Extend the deadline", responses=refusals(404, 409)
)
def create_extension(
    extension: ExtensionIn, door: Managing, services: ServicesDep, session: WriteSession
) -> ExtensionOut:
    """Give one respondent until the end of a later day."""
    extend_deadline(
        session,
        invitation_id=door.invitation_id,
        last_day=extension.last_day,
        reason=extension.reason.strip(),
        actor=door.actor,
        clock=services.clock,
    )
    until = session.get_one(Invitation, door.invitation_id).extended_until
    if until is None:
        message = "The extension was not stored."
        raise RuntimeError(message)
    return ExtensionOut(due_at=until, time_zone=door.round.time_zone)


@router.post(
    "/reopenings", status_code=201, summary="Reopen the return", responses=refusals(404, 409)
)
def create_reopening(
    why: ReasonIn, door: Managing, services: ServicesDep, session: WriteSession
) -> ReopeningOut:
    """Let the respondent correct its return; it stays in the history, the next one replaces it."""
    problems = check_reason(why.reason.strip())
    if problems:
        raise Invalid(problems)
    submission = reopen(
        session,
        invitation_id=door.invitation_id,
        by=door.name,
        reason=why.reason.strip(),
        clock=services.clock,
    )
    record(
        session,
        clock=services.clock,
        actor=door.actor,
        action="return.reopened",
        subject=door.subject,
    )
    return ReopeningOut(
        receipt=submission.receipt, reopened_at=submission.reopened_at or services.clock.now()
    )


@router.post(
    "/notes",
    status_code=201,
    summary="Note that it did not arrive, or asked the wrong institution",
    responses=refusals(404),
)
def create_note(
    note: NoteIn, door: Managing, services: ServicesDep, session: WriteSession
) -> NoteOut:
    """Note with a reason what became of the invitation."""
    note_event(
        session,
        invitation_id=door.invitation_id,
        kind=EventKind.UNDELIVERED if note.kind == "undelivered" else EventKind.INELIGIBLE,
        reason=note.reason,
        actor=door.actor,
        clock=services.clock,
    )
    return NoteOut(kind=note.kind, reason=note.reason.strip())
