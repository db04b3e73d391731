"""The verbs of the synthesis: write a statement, code a respondent."""

from sqlmodel import Session, col, func, select

from app.clock import Clock
from app.errors import Conflict, Invalid, NotFound
from app.responses.models import Material, SubmissionKind
from app.rounds.definitions import definition_of
from app.rounds.models import Invitation, Round
from app.rounds.standing import standing_of
from app.synthesis.models import Coding, Statement
from app.synthesis.rules import (
    LONGEST_DOCUMENT,
    LONGEST_LOCATOR,
    QUESTIONNAIRE_CAME,
    check_category,
    check_dimension,
    check_length,
    check_text,
    is_override,
)
from exports.records import Basis


def write_statement(
    session: Session,
    *,
    invitation_id: int,
    dimension: str,
    text: str,
    basis: Basis,
    locator: str = "",
    material_id: int | None = None,
    document: str = "",
    concept: str = "",
    author: str,
    clock: Clock,
) -> Statement:
    """Add one statement with its evidence to a respondent's cell, after those that are there."""
    round_ = _round_of(session, invitation_id)
    definition = definition_of(session, round_.version_id)
    problems = [
        *check_text(text, place="text"),
        *check_dimension(dimension, definition),
        *check_length(document, place="document", longest=LONGEST_DOCUMENT),
        *check_length(locator, place="locator", longest=LONGEST_LOCATOR),
    ]
    if problems:
        raise Invalid(problems)
    if basis is Basis.QUESTIONNAIRE:
        _require_questionnaire(session, round_, invitation_id, clock=clock)
    if material_id is not None:
        _require_material(session, material_id, invitation_id)
    last = session.exec(
        select(func.coalesce(func.max(Statement.position), 0))
        .where(Statement.invitation_id == invitation_id)
        .where(Statement.dimension == dimension)
    ).one()
    statement = Statement(
        invitation_id=invitation_id,
        dimension=dimension,
        position=last + 1,
        text=text,
        basis=basis,
        locator=locator,
        material_id=material_id,
        document=document,
        concept=concept,
        author=author,
        written_at=clock.now(),
    )
    session.add(statement)
    session.flush()
    return statement


def code_respondent(
    session: Session,
    *,
    invitation_id: int,
    category: str,
    rationale: str,
    coder: str,
    clock: Clock,
) -> Coding:
    """Put a respondent in a group, with the reason; what its answers suggest is kept beside it.

    Neither overwrites the other, and earlier codings stay.
    """
    round_ = _round_of(session, invitation_id)
    definition = definition_of(session, round_.version_id)
    problems = [*check_category(category, definition), *check_text(rationale, place="rationale")]
    if problems:
        raise Invalid(problems)
    suggested = standing_of(session, round_, invitation_id, now=clock.now()).suggested
    last = session.exec(
        select(func.coalesce(func.max(Coding.position), 0)).where(
            Coding.invitation_id == invitation_id
        )
    ).one()
    coding = Coding(
        invitation_id=invitation_id,
        position=last + 1,
        category=category,
        suggested=suggested,
        override=is_override(category, suggested),
        rationale=rationale,
        coder=coder,
        coded_at=clock.now(),
    )
    session.add(coding)
    session.flush()
    return coding


def _round_of(session: Session, invitation_id: int) -> Round:
    round_ = session.exec(
        select(Round)
        .where(col(Round.id) == Invitation.round_id)
        .where(Invitation.id == invitation_id)
    ).one_or_none()
    if round_ is None:
        raise NotFound(f"There is no invitation {invitation_id}.")
    return round_


def _require_questionnaire(
    session: Session, round_: Round, invitation_id: int, *, clock: Clock
) -> None:
    """Only who returned a questionnaire can be quoted from one."""
    standing = standing_of(session, round_, invitation_id, now=clock.now())
    returned = standing.submission_kind is SubmissionKind.QUESTIONNAIRE
    if not returned and standing.outcome not in QUESTIONNAIRE_CAME:
        raise Conflict(
            f"{standing.short_name} returned no questionnaire, so nothing can be quoted from one.",
            mend="Name the evidence it really comes from: materials, documents, literature.",
        )


def _require_material(session: Session, material_id: int, invitation_id: int) -> None:
    material = session.get(Material, material_id)
    if material is None or material.invitation_id != invitation_id:
        raise NotFound("This respondent has no such material.")
    if material.removed_at is not None:
        raise Conflict(
            f"The material «{material.title}» was taken back.", mend="Choose another source."
        )
