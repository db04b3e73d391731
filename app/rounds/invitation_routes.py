"""The routes about one invitation: read it, and what an organiser can do with it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from app.accounts.policy import Action
from app.audit.service import record
from app.errors import Conflict, Invalid, NotFound
from app.registry.queries import contacts_of
from app.responses.service.reopen import reopen
from app.rounds.access import InvitationAccess, may_with_invitation
from app.rounds.invitation_forms import ExtensionInput, Fault, LinkInput, ReasonInput
from app.rounds.models import EventKind
from app.rounds.queries import links_of_invitation
from app.rounds.respondent_page import respondent_page
from app.rounds.service.extend import extend_deadline
from app.rounds.service.link import issue_link
from app.rounds.service.note import check_reason, note_event
from app.rounds.service.revoke import revoke_link, revoke_other_links
from app.web.csrf import check_csrf
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from questionnaires.problems import Problem

router = APIRouter(prefix="/organiser/rounds/{slug}/respondents/{key}", include_in_schema=False)
Csrf = Depends(check_csrf)
Managing = Annotated[InvitationAccess, may_with_invitation(Action.MANAGE_INVITATIONS)]


@router.get("")
def respondent(
    request: Request,
    session: ReadSession,
    door: Annotated[InvitationAccess, may_with_invitation(Action.READ_ANSWERS)],
) -> Response:
    return respondent_page(request, session, door)


def back(door: InvitationAccess, done: str, *, part: str = "") -> Response:
    """Show the respondent again, with what was done."""
    slug = door.within.round.slug
    address = f"/organiser/rounds/{slug}/respondents/{door.key}?done={done}"
    return RedirectResponse(address + (f"#{part}" if part else ""), status_code=303)


@router.post("/link", dependencies=[Csrf])
def new_link(
    request: Request,
    form: LinkInput,
    services: ServicesDep,
    door: Managing,
    session: WriteSession,
) -> Response:
    if door.within.round.closed_at is not None or door.within.round.opened_at is None:
        raise Conflict("The round is not open, so a link into it would lead nowhere.")
    contacts = {str(one.id): one.id for one in contacts_of(session, door.respondent_id)}
    if form.contact and form.contact not in contacts:
        raise NotFound("This respondent has no such contact.", mend="Load the page again.")
    issued, token = issue_link(
        session,
        invitation_id=door.invitation_id,
        contact_id=contacts.get(form.contact),
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
    if form.revoke_others:
        revoke_other_links(session, keep=issued, actor=door.actor, clock=services.clock)
    address = f"{services.settings.public_url}/r/{token}"
    return respondent_page(request, session, door, link=address)


@router.post("/links/{number}/revoke", dependencies=[Csrf])
def revoke(number: str, services: ServicesDep, door: Managing, session: WriteSession) -> Response:
    known = {str(link.id): link.id for link in links_of_invitation(session, door.invitation_id)}
    revoke_link(
        session,
        invitation_id=door.invitation_id,
        link_id=known.get(number) or 0,
        actor=door.actor,
        clock=services.clock,
    )
    return back(door, "revoked", part="links")


@router.post("/reopen", dependencies=[Csrf])
def reopen_return(
    request: Request,
    form: ReasonInput,
    services: ServicesDep,
    door: Managing,
    session: WriteSession,
) -> Response:
    problems = check_reason(form.reason.strip())
    if problems:
        fault = Fault("reopen", problems, {"reason": form.reason})
        return respondent_page(request, session, door, fault=fault)
    reopen(
        session,
        invitation_id=door.invitation_id,
        by=door.within.identity.name,
        reason=form.reason.strip(),
        clock=services.clock,
    )
    record(
        session,
        clock=services.clock,
        actor=door.actor,
        action="return.reopened",
        subject=door.subject,
    )
    return back(door, "reopened")


@router.post("/extend", dependencies=[Csrf])
def extend(
    request: Request,
    form: ExtensionInput,
    services: ServicesDep,
    door: Managing,
    session: WriteSession,
) -> Response:
    try:
        extend_deadline(
            session,
            invitation_id=door.invitation_id,
            last_day=form.day(),
            reason=form.reason.strip(),
            actor=door.actor,
            clock=services.clock,
        )
    except Invalid as error:
        fault = Fault("extend", error.problems, form.model_dump())
        return respondent_page(request, session, door, fault=fault)
    return back(door, "extended")


@router.post("/undelivered", dependencies=[Csrf])
def undelivered(
    request: Request,
    form: ReasonInput,
    services: ServicesDep,
    door: Managing,
    session: WriteSession,
) -> Response:
    try:
        note_event(
            session,
            invitation_id=door.invitation_id,
            kind=EventKind.UNDELIVERED,
            reason=form.reason,
            actor=door.actor,
            clock=services.clock,
        )
    except Invalid as error:
        fault = Fault("undelivered", error.problems, form.model_dump())
        return respondent_page(request, session, door, fault=fault)
    return back(door, "undelivered")


@router.post("/ineligible", dependencies=[Csrf])
def ineligible(
    request: Request,
    form: ReasonInput,
    services: ServicesDep,
    door: Managing,
    session: WriteSession,
) -> Response:
    if not form.sure:
        fault = Fault("ineligible", [NOT_SURE], form.model_dump())
        return respondent_page(request, session, door, fault=fault)
    try:
        note_event(
            session,
            invitation_id=door.invitation_id,
            kind=EventKind.INELIGIBLE,
            reason=form.reason,
            actor=door.actor,
            clock=services.clock,
        )
    except Invalid as error:
        fault = Fault("ineligible", error.problems, form.model_dump())
        return respondent_page(request, session, door, fault=fault)
    return back(door, "ineligible")


NOT_SURE = Problem(
    code="not-confirmed",
    place="sure",
    message="Taking a respondent out of the rates cannot be taken back.",
    mend="Tick the box if you are sure.",
)
