"""The analysts' work: codings, and statements with their evidence."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import select

from app.accounts.policy import Action
from app.api.v1.doors import Door, invitation_for
from app.api.v1.models import ApiInput, ApiModel, Page
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.audit.service import record
from app.errors import NotFound
from app.responses.models import Material
from app.synthesis.queries import CodingEntry, StatementEntry, codings_of, statements_of
from app.synthesis.service import code_respondent, write_statement
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from exports.records import Basis

router = APIRouter(prefix="/rounds/{slug}/invitations/{key}", tags=["synthesis"])
Reading = Annotated[Door, invitation_for(Action.READ_ANSWERS)]
Coding = Annotated[Door, invitation_for(Action.CODE)]


class CodingIn(ApiInput):
    """The group that an analyst puts a respondent in."""

    category: str = Field(description="Name of a group.", examples=["ad_hoc"], max_length=64)
    rationale: str = Field(examples=["One workshop only, within another theme."])


class CodingOut(ApiModel):
    """A coding. The newest one counts; all are kept."""

    category: str
    suggested: str | None = Field(description="The group that the answers suggest.")
    override: bool = Field(description="Whether the analyst differs from the suggestion.")
    rationale: str
    coder: str
    coded_at: datetime | None = Field(
        description="Null where it is taken from a document, which gives no day."
    )


class StatementIn(ApiInput):
    """A statement in a cell of the synthesis."""

    dimension: str = Field(description="Column of the synthesis.", examples=["B6"], max_length=32)
    text: str
    basis: Basis = Field(description="What kind of evidence it rests on.", examples=["M"])
    locator: str = Field(default="", max_length=200, examples=["page 4"])
    material: str | None = Field(default=None, description="Key of the material it rests on.")
    document: str = Field(
        default="", max_length=500, description="Title of a document that is no material here."
    )
    concept: str = Field(default="", max_length=64)


class StatementOut(ApiModel):
    """A statement with its evidence."""

    dimension: str
    position: int
    text: str
    basis: Basis
    locator: str
    material: str | None = Field(description="Title of the material it rests on.")
    document: str
    concept: str
    author: str
    written_at: datetime


@router.get("/codings", summary="List the codings", responses=refusals(404))
def list_codings(door: Reading, paging: Paging, session: ReadSession) -> Page[CodingOut]:
    """The newest, which counts, first."""
    found = codings_of(session, door.invitation_id)
    numbered = list(zip(range(len(found), 0, -1), found, strict=True))
    return paging.page(
        numbered, key=lambda pair: str(pair[0]), show=lambda pair: _show_coding(pair[1])
    )


@router.post("/codings", status_code=201, summary="Code a respondent", responses=refusals(404))
def create_coding(
    coding: CodingIn, door: Coding, services: ServicesDep, session: WriteSession
) -> CodingOut:
    """Put a respondent in a group, with the reason. Neither answers nor codings are overwritten."""
    code_respondent(
        session,
        invitation_id=door.invitation_id,
        category=coding.category,
        rationale=coding.rationale.strip(),
        coder=door.name,
        clock=services.clock,
    )
    record(
        session,
        clock=services.clock,
        actor=door.actor,
        action="respondent.coded",
        subject=door.subject,
        details={"category": coding.category},
    )
    return _show_coding(codings_of(session, door.invitation_id)[0])


@router.get("/statements", summary="List the statements", responses=refusals(404))
def list_statements(door: Reading, paging: Paging, session: ReadSession) -> Page[StatementOut]:
    """By column and position."""
    return paging.page(
        statements_of(session, door.invitation_id),
        key=lambda one: str(one.id),
        show=_show_statement,
    )


@router.post(
    "/statements", status_code=201, summary="Write a statement", responses=refusals(404, 409)
)
def create_statement(
    statement: StatementIn, door: Coding, services: ServicesDep, session: WriteSession
) -> StatementOut:
    """Add a statement to a cell. Only who returned a questionnaire is quoted from one."""
    material_id = None
    if statement.material is not None:
        material_id = session.exec(
            select(Material.id)
            .where(Material.invitation_id == door.invitation_id)
            .where(Material.key == statement.material)
        ).one_or_none()
        if material_id is None:
            raise NotFound("This respondent has no such material.")
    written = write_statement(
        session,
        invitation_id=door.invitation_id,
        dimension=statement.dimension,
        text=statement.text.strip(),
        basis=statement.basis,
        locator=statement.locator.strip(),
        material_id=material_id,
        document=statement.document.strip(),
        concept=statement.concept,
        author=door.name,
        clock=services.clock,
    )
    record(
        session,
        clock=services.clock,
        actor=door.actor,
        action="statement.written",
        subject=door.subject,
        details={"dimension": statement.dimension},
    )
    (entry,) = [one for one in statements_of(session, door.invitation_id) if one.id == written.id]
    return _show_statement(entry)


def _show_coding(entry: CodingEntry) -> CodingOut:
    return CodingOut(**entry.model_dump())


def _show_statement(entry: StatementEntry) -> StatementOut:
    return StatementOut(
        **entry.model_dump(exclude={"id", "material_id", "material_title"}),
        material=entry.material_title or None,
    )
