"""Load the survey behind the 2007 paper as a closed round, and a round to try the form in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.audit.service import record
from app.registry.models import Respondent
from app.registry.service import add_contact, add_respondent
from app.rounds.definitions import store_definition
from app.rounds.models import Invitation, Round, Survey
from app.sample.demonstration import DEMO, open_demo
from app.sample.gfmd_rows import FOLDER, PaperData, RegistryRow, read_paper
from app.sample.loaded import ACTOR, Loaded, SampleServices, row_id
from app.synthesis.models import Coding, Statement
from app.synthesis.rules import is_override
from questionnaires.models import Definition
from questionnaires.outcomes import Outcome

SAMPLE = "gfmd-2007"
ROUND = "gfmd-2007"
QUESTIONNAIRE = "rcp-migration-development"
VERSION = "2007"
ZONE = ZoneInfo("Europe/Brussels")

CLOSED_AT = datetime(2007, 7, 9, tzinfo=UTC)
"""The paper gives no dates of sending, deadline or return. It was prepared for the first meeting of
the Global Forum (Brussels, 9 to 11 July 2007), so what it says was known when that began."""

PAPER = "GFMD background paper for Roundtable 3.4, 2007"
AUTHOR = "Authors of the 2007 background paper"
CODER = "From the 2007 background paper, in the lines named"
OUTCOME_NOTE = "Outcome taken from endnote ii (L388-402)"
NOT_PUBLIC = "completed, answers not public"
DISCLAIMER = (
    "Prepared to inform discussion, from open sources and without claim to be exhaustive. Nobody "
    "accepts liability for, or guarantees, its validity, accuracy or completeness. It does not "
    "necessarily reflect the views of the organisers, nor of the governments and organisations "
    "concerned, and binds none of them. Name the source in any reproduction."
)
SELECTION_NOTE = (
    "Twelve of more than a dozen processes were chosen by judgment, for regional balance and a "
    "wide spectrum of topics, priorities and structures (L15-16, L399-402). They do not stand for "
    "all regional consultative processes. The paper gives no day of sending, deadline, return or "
    "closing; it was prepared for the meeting of the Forum that began on 9 July 2007."
)


def load_gfmd_2007(services: SampleServices, *, folder: Path = FOLDER) -> Loaded:
    """Load the rounds ``gfmd-2007`` and ``rcp-demo``: all of them or, on any fault, nothing.

    Loading again changes nothing. Raises ``Invalid`` with every row that cannot be read.
    """
    paper = read_paper(folder)
    definition = services.catalogue.get(QUESTIONNAIRE, VERSION)
    with services.database.write() as session:
        has_round = _round(session, ROUND) is not None
        has_demo = _round(session, DEMO) is not None
        if has_round and has_demo:
            return Loaded(sample=SAMPLE, rounds=(ROUND, DEMO), already=True, open_round=DEMO)
        if not has_round:
            respondents = _add_respondents(session, paper, services)
            _add_round(session, paper, respondents, definition, services)
        invited = _invited(session)
        token = None if has_demo else open_demo(session, invited, definition, services)
        record(
            session,
            clock=services.clock,
            actor=ACTOR,
            action="sample.loaded",
            subject=f"sample:{SAMPLE}",
        )
    return Loaded(
        sample=SAMPLE,
        rounds=(ROUND, DEMO),
        already=False,
        respondents=len(paper.registry),
        statements=0 if has_round else len(paper.facts),
        codings=0 if has_round else len(paper.registry),
        open_round=DEMO,
        respondent=invited[0].key,
        token=token,
    )


def _round(session: Session, slug: str) -> Round | None:
    return session.exec(select(Round).where(Round.slug == slug)).one_or_none()


def _add_respondents(
    session: Session, paper: PaperData, services: SampleServices
) -> Mapping[str, Respondent]:
    found: dict[str, Respondent] = {}
    for row in paper.registry:
        found[row.key] = add_respondent(
            session,
            key=row.key,
            short_name=row.short_name,
            official_name=row.official_name,
            other_names=row.other_names,
            region=row.region,
            locator=row.name_locator,
            clock=services.clock,
        )
        # A function, not a person; the address leads nowhere, as the domain is reserved.
        add_contact(
            session,
            respondent=found[row.key],
            name=f"Focal point, {row.short_name} (example)",
            email=f"focal-point@{row.key}.example.org",
            clock=services.clock,
        )
    return found


def _add_round(
    session: Session,
    paper: PaperData,
    respondents: Mapping[str, Respondent],
    definition: Definition,
    services: SampleServices,
) -> None:
    now = services.clock.now()
    survey = Survey(
        slug="gfmd-rcp-survey",
        title="GFMD survey of regional consultative processes on migration",
        organiser="International Organization for Migration, with the Task Force of the Belgian "
        "Government for the first meeting of the Global Forum",
        questionnaire=QUESTIONNAIRE,
        time_zone=ZONE.key,
        disclaimer=DISCLAIMER,
        selection_note=SELECTION_NOTE,
        created_at=now,
    )
    session.add(survey)
    version = store_definition(session, definition, clock=services.clock)
    session.flush()
    round_ = Round(
        survey_id=row_id(survey.id),
        version_id=row_id(version.id),
        slug=ROUND,
        title="RCPs, development and policy coherence, 2007",
        answers_public=False,
        time_zone=ZONE.key,
        closed_at=CLOSED_AT,
        created_at=now,
    )
    session.add(round_)
    session.flush()
    invitations = {
        row.key: Invitation(
            round_id=row_id(round_.id),
            respondent_id=row_id(respondents[row.key].id),
            position=position,
            recorded_outcome=row.outcome,
            outcome_note=_note(row),
        )
        for position, row in enumerate(paper.registry, start=1)
    }
    session.add_all(invitations.values())
    session.flush()
    _add_statements(session, paper, invitations)
    _add_codings(session, paper, invitations)


def _note(row: RegistryRow) -> str:
    completed = row.outcome is Outcome.COMPLETED
    return f"{OUTCOME_NOTE}; {NOT_PUBLIC}" if completed else OUTCOME_NOTE


def _add_statements(
    session: Session, paper: PaperData, invitations: Mapping[str, Invitation]
) -> None:
    """Each fact of the paper becomes one statement, in the order of the file within its cell."""
    positions: dict[tuple[str, str], int] = {}
    for fact in paper.facts:
        cell = fact.key, fact.dimension
        positions[cell] = positions.get(cell, 0) + 1
        session.add(
            Statement(
                invitation_id=row_id(invitations[fact.key].id),
                dimension=fact.dimension,
                position=positions[cell],
                text=fact.text,
                basis=fact.basis,
                locator=fact.locator,
                document=PAPER,
                concept=fact.concept,
                author=AUTHOR,
                written_at=CLOSED_AT,
            )
        )


def _add_codings(session: Session, paper: PaperData, invitations: Mapping[str, Invitation]) -> None:
    for row in paper.registry:
        told = paper.rationales[row.key]
        session.add(
            Coding(
                invitation_id=row_id(invitations[row.key].id),
                category=row.category,
                suggested=told.suggested,
                override=is_override(row.category, told.suggested),
                rationale=f"{row.category_locator}: {told.rationale}",
                coder=CODER,
                coded_at=CLOSED_AT,
            )
        )


def _invited(session: Session) -> tuple[Respondent, ...]:
    """The twelve, in the order of the paper's list."""
    return tuple(
        session.exec(
            select(Respondent)
            .join(Invitation, col(Invitation.respondent_id) == col(Respondent.id))
            .join(Round, col(Invitation.round_id) == col(Round.id))
            .where(Round.slug == ROUND)
            .order_by(col(Invitation.position))
        )
    )
