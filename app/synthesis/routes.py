"""The routes of the analysts' work on one respondent."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session, select

from app.accounts.policy import Action
from app.audit.service import record
from app.errors import Conflict, Invalid, NotFound
from app.responses.models import Material
from app.rounds.access import InvitationAccess, may_with_invitation
from app.rounds.invitation_forms import Fault
from app.rounds.invitation_routes import back
from app.rounds.respondent_page import respondent_page
from app.synthesis.forms import CodingInput, StatementInput
from app.synthesis.service import code_respondent, write_statement
from app.synthesis.words import OFFERED
from app.web.csrf import check_csrf
from app.web.transactions import ServicesDep, WriteSession
from exports.records import Basis
from questionnaires.problems import Problem

router = APIRouter(prefix="/organiser/rounds/{slug}/respondents/{key}", include_in_schema=False)
Coding = Annotated[InvitationAccess, may_with_invitation(Action.CODE)]


@router.post("/coding", dependencies=[Depends(check_csrf)])
def code(
    request: Request,
    form: CodingInput,
    services: ServicesDep,
    door: Coding,
    session: WriteSession,
) -> Response:
    try:
        code_respondent(
            session,
            invitation_id=door.invitation_id,
            category=form.category,
            rationale=form.rationale.strip(),
            coder=door.within.identity.name,
            clock=services.clock,
        )
    except Invalid as error:
        fault = Fault("coding", error.problems, form.model_dump())
        return respondent_page(request, session, door, fault=fault)
    record(
        session,
        clock=services.clock,
        actor=door.actor,
        action="respondent.coded",
        subject=door.subject,
        details={"category": form.category},
    )
    return back(door, "coded", part="group")


@router.post("/statements", dependencies=[Depends(check_csrf)])
def write(
    request: Request,
    form: StatementInput,
    services: ServicesDep,
    door: Coding,
    session: WriteSession,
) -> Response:
    try:
        write_statement(
            session,
            invitation_id=door.invitation_id,
            dimension=form.dimension,
            text=form.text.strip(),
            basis=_basis(form.basis),
            locator=form.locator.strip(),
            material_id=_material(session, door.invitation_id, form.material),
            document=form.document.strip(),
            author=door.within.identity.name,
            clock=services.clock,
        )
    except Invalid as error:
        fault = Fault("statement", error.problems, form.model_dump())
        return respondent_page(request, session, door, fault=fault)
    except (Conflict, NotFound) as error:
        place = "material" if form.material else "basis"
        problem = Problem(code=error.code, place=place, message=error.message, mend=error.mend)
        fault = Fault("statement", [problem], form.model_dump())
        return respondent_page(request, session, door, fault=fault)
    record(
        session,
        clock=services.clock,
        actor=door.actor,
        action="statement.written",
        subject=door.subject,
        details={"dimension": form.dimension},
    )
    return back(door, "written", part="synthesis")


def _material(session: Session, invitation_id: int, chosen: str) -> int | None:
    if not chosen:
        return None
    known = session.exec(select(Material.id).where(Material.invitation_id == invitation_id))
    for material_id in known:
        if str(material_id) == chosen:
            return material_id
    raise NotFound("This respondent has no such material.", mend="Load the page again.")


def _basis(value: str) -> Basis:
    for basis in OFFERED:
        if basis.value == value:
            return basis
    raise Invalid(
        [
            Problem(
                code="unknown-basis",
                place="basis",
                message="What the statement rests on is missing.",
                mend="Choose the kind of evidence.",
            )
        ]
    )
