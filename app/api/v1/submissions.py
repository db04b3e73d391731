"""Returns: the questionnaire with its clearance, materials alone, or a refusal."""

from datetime import date, datetime
from typing import Annotated, Literal, assert_never

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import Session

from app.accounts.policy import Action
from app.api.v1.callers import RespondentCaller, UserCaller
from app.api.v1.doors import Door, invitation_for
from app.api.v1.models import ApiInput, ApiModel, Page
from app.api.v1.open_response import response_to_change
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.audit.service import record
from app.clock import Clock
from app.mail.message import domain_of
from app.responses.clearance import Clearance
from app.responses.models import Submission, SubmissionKind
from app.responses.service.submit import decline, submit_materials, submit_questionnaire
from app.rounds.definitions import definition_of
from app.rounds.respondent_view import submissions_of
from app.rounds.service.receipt import Sender, queue_receipt
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from exports.records import Channel

router = APIRouter(prefix="/rounds/{slug}/invitations/{key}/submissions", tags=["submissions"])
Reading = Annotated[Door, invitation_for(Action.READ_ANSWERS, respondents=True)]
Writing = Annotated[Door, invitation_for(Action.ANSWER_ON_BEHALF, respondents=True)]


class SubmissionIn(ApiInput):
    """A return, with the name of who stands for it."""

    kind: Literal["questionnaire", "materials", "refusal"]
    clearance_name: str = Field(default="", description="Who clears it; not needed to decline.")
    clearance_title: str = ""
    clearance_on: date | None = Field(default=None, description="null: today.")
    declared: bool = Field(
        default=False, description="Whether the declaration of the submission panel is made."
    )
    minutes_spent: int | None = Field(default=None, examples=[45])
    reason: str = Field(default="", description="Why the invitation is declined.")
    channel: Channel | None = Field(
        default=None, description="For users who enter a return that came by another way."
    )


class SubmissionOut(ApiModel):
    """A return. One that was reopened stays; the next one replaces it."""

    position: int
    kind: SubmissionKind
    receipt: str
    at: datetime
    channel: Channel
    clearance_name: str = Field(description="Empty for who may not see it.")
    clearance_title: str
    clearance_on: date | None
    refusal_reason: str
    minutes_spent: int | None
    reopened_at: datetime | None


@router.get("", summary="List the returns", responses=refusals(404))
def list_submissions(door: Reading, paging: Paging, session: ReadSession) -> Page[SubmissionOut]:
    """Every return of the invitation, the oldest first."""
    return paging.page(
        submissions_of(session, door.invitation_id),
        key=lambda one: str(one.position),
        show=lambda one: _show(one, door),
    )


@router.post("", status_code=201, summary="Return the invitation", responses=refusals(404, 409))
def create_submission(
    submission: SubmissionIn, door: Writing, services: ServicesDep, session: WriteSession
) -> SubmissionOut:
    """Submit the questionnaire, send the materials alone, or decline.

    Everything that stands in the way is listed in one answer. A second return is refused with the
    first one's receipt and time. The contact of a respondent's session is mailed a receipt.
    """
    returned = _return(session, submission, door, clock=services.clock)
    if isinstance(door.caller, RespondentCaller):
        respondent = door.caller.respondent
        queue_receipt(
            session,
            returned,
            sender=Sender(respondent.contact_id, respondent.link_id),
            mail_domain=domain_of(services.settings.mail_from),
        )
    record(
        session,
        clock=services.clock,
        actor=door.actor,
        action="response.returned",
        subject=door.subject,
        details={"kind": returned.kind.value, "receipt": returned.receipt},
    )
    return _show(returned, door)


def _return(session: Session, given: SubmissionIn, door: Door, *, clock: Clock) -> Submission:
    clearance = Clearance(
        name=given.clearance_name,
        title=given.clearance_title,
        on=given.clearance_on,
        declared=given.declared,
    )
    channel = Channel.WEB
    if isinstance(door.caller, UserCaller):
        channel = given.channel or Channel.ON_BEHALF
    match given.kind:
        case "questionnaire":
            row = response_to_change(session, door, clock=clock)
            return submit_questionnaire(
                session,
                response=row,
                definition=definition_of(session, row.version_id),
                clearance=clearance,
                minutes_spent=given.minutes_spent,
                channel=channel,
                clock=clock,
            )
        case "materials":
            return submit_materials(
                session,
                invitation_id=door.invitation_id,
                definition=definition_of(session, door.round.version_id),
                clearance=clearance,
                minutes_spent=given.minutes_spent,
                channel=channel,
                clock=clock,
            )
        case "refusal":
            return decline(
                session,
                invitation_id=door.invitation_id,
                reason=given.reason,
                clearance=clearance,
                channel=channel,
                clock=clock,
            )
        case _:
            assert_never(given.kind)


def _show(row: Submission, door: Door) -> SubmissionOut:
    return SubmissionOut(
        position=row.position,
        kind=row.kind,
        receipt=row.receipt,
        at=row.at,
        channel=row.channel,
        clearance_name=row.clearance_name if door.sees_people else "",
        clearance_title=row.clearance_title if door.sees_people else "",
        clearance_on=row.clearance_on,
        refusal_reason=row.refusal_reason,
        minutes_spent=row.minutes_spent,
        reopened_at=row.reopened_at,
    )
