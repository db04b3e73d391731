"""Review, submit, decline, and the receipt."""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.audit.service import record
from app.errors import Invalid
from app.mail.message import domain_of
from app.responses.access import Reading, RespondentIdentity, Writing, session_token
from app.responses.forms import PostedForm, clearance_of, posted_form, text_of
from app.responses.models import Submission
from app.responses.pages.filled import read_form
from app.responses.pages.panel import CLEARANCE, REFUSAL
from app.responses.pages.returned import done_page
from app.responses.pages.returning import decline_page, submit_page
from app.responses.pages.review import review_page
from app.responses.service.submit import decline, submit_questionnaire
from app.rounds.definitions import definition_of
from app.rounds.service.receipt import Sender, queue_receipt
from app.services import Services
from app.web.csrf import check_csrf
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/form", include_in_schema=False)
ReadBody = [Depends(session_token), Depends(posted_form), Depends(check_csrf)]
DONE = "/form/done"


@router.get("/review")
def review(request: Request, identity: Reading, session: ReadSession) -> Response:
    return review_page(request, session, read_form(session, identity))


@router.get("/submit")
def before_submitting(request: Request, identity: Reading, session: ReadSession) -> Response:
    filled = read_form(session, identity)
    return RedirectResponse(DONE, 303) if filled.returned else submit_page(request, filled)


@router.post("/submit", dependencies=ReadBody)
def submit(
    request: Request,
    form: PostedForm,
    identity: Writing,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    clearance, minutes = clearance_of(form)
    try:
        submission = submit_questionnaire(
            session,
            response=identity.response,
            definition=definition_of(session, identity.response.version_id),
            clearance=clearance,
            minutes_spent=minutes,
            clock=services.clock,
        )
    except Invalid as fault:
        typed = {name: text_of(form, name) for name in CLEARANCE}
        return submit_page(
            request, read_form(session, identity), typed=typed, problems=fault.problems
        )
    note_return(session, identity, submission, services)
    return RedirectResponse(DONE, 303)


@router.get("/decline")
def before_declining(request: Request, identity: Reading, session: ReadSession) -> Response:
    filled = read_form(session, identity)
    return (
        RedirectResponse(DONE, 303) if filled.returned else decline_page(request, session, filled)
    )


@router.post("/decline", dependencies=ReadBody)
def do_decline(
    request: Request,
    form: PostedForm,
    identity: Writing,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    clearance, _ = clearance_of(form)
    try:
        submission = decline(
            session,
            invitation_id=identity.invitation_id,
            reason=text_of(form, "decline_reason"),
            clearance=clearance,
            clock=services.clock,
        )
    except Invalid as fault:
        typed = {name: text_of(form, name) for name in REFUSAL}
        filled = read_form(session, identity)
        return decline_page(request, session, filled, typed=typed, problems=fault.problems)
    note_return(session, identity, submission, services)
    return RedirectResponse(DONE, 303)


@router.get("/done")
def done(request: Request, identity: Reading, session: ReadSession) -> Response:
    return done_page(request, session, read_form(session, identity))


def note_return(
    session: Session, identity: RespondentIdentity, submission: Submission, services: Services
) -> None:
    """Have a receipt mailed for a return, and write it into the audit log."""
    queue_receipt(
        session,
        submission,
        sender=Sender(identity.contact_id, identity.link_id),
        mail_domain=domain_of(services.settings.mail_from),
    )
    record(
        session,
        clock=services.clock,
        actor=identity.actor,
        action="response.returned",
        subject=f"invitation:{identity.invitation_id}",
        details={"kind": submission.kind.value, "receipt": submission.receipt},
    )
