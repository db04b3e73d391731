"""All that the page of one respondent in a round shows, by what its reader may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.accounts.policy import Action
from app.registry.models import Contact
from app.registry.queries import contacts_of
from app.responses.models import Material, Response, Submission, SubmissionKind
from app.responses.queries import answers_of, kept_answers
from app.responses.reading import Reader, ReadSection
from app.responses.rules import moment_in, seed_of
from app.rounds.access import InvitationAccess
from app.rounds.annotations import Annotation, annotate
from app.rounds.board import group_labels
from app.rounds.definitions import definition_of
from app.rounds.links import LinkEntry, list_links
from app.rounds.models import Invitation
from app.rounds.queries import (
    events_of_invitation,
    links_of_invitation,
    mails_of_invitation,
)
from app.rounds.standing import Standing, standing_of
from app.rounds.states import State, state_of
from app.rounds.timeline import Moment, timeline
from app.synthesis.attribution import attribution_of_answers
from app.synthesis.queries import CodingEntry, StatementEntry, codings_of, statements_of
from exports.records import Attribution
from questionnaires.marks import Mark
from questionnaires.models import Definition
from questionnaires.routing import route


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of the synthesis with what it says of this respondent."""

    name: str
    label: str
    statements: tuple[StatementEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RespondentView:
    """One respondent in one round."""

    standing: Standing
    state: State
    definition: Definition
    """The version that the answers were given to; without any, that of the round."""
    contacts: tuple[Contact, ...] | None
    """``None`` where the reader may not see them."""
    moments: tuple[Moment, ...]
    sections: tuple[ReadSection, ...]
    """Empty where there is no response."""
    annotations: Mapping[str, Annotation]
    """By the name of the field."""
    attribution: Attribution
    cells: tuple[Cell, ...]
    dimensions: Mapping[str, str]
    codings: tuple[CodingEntry, ...]
    groups: Mapping[str, str]
    materials: tuple[Material, ...]
    links: tuple[LinkEntry, ...]
    """Empty where the reader may not manage them."""
    codes: Mapping[str, str]
    """The number of the question that each field belongs to."""
    submissions: tuple[Submission, ...]
    recorded: bool
    """Whether the outcome was taken from a document."""
    may_manage: bool
    may_code: bool

    @property
    def routed(self) -> frozenset[str]:
        """Names of the numbered questions that earlier answers made unnecessary."""
        return frozenset(
            item.name
            for section in self.sections
            for item in section.items
            if all(self.annotations[field.name].mark is Mark.ROUTED for field in item.fields)
        )


def view_respondent(session: Session, door: InvitationAccess, *, now: datetime) -> RespondentView:
    """Read all about a respondent in a round."""
    access, invitation_id = door.within, door.invitation_id
    round_ = access.round
    standing = standing_of(session, round_, invitation_id, now=now)
    responses = _responses(session, invitation_id)
    official = next((response for response in responses if response.official), None)
    definition = definition_of(session, official.version_id if official else round_.version_id)
    shows_people = access.can(Action.READ_CONTACTS)
    recorded = session.get_one(Invitation, invitation_id).recorded_outcome
    may_manage = access.can(Action.MANAGE_INVITATIONS)
    attribution = attribution_of_answers(standing, definition if official else None)
    submissions = submissions_of(session, invitation_id)
    materials = _materials(session, invitation_id)
    sections: tuple[ReadSection, ...] = ()
    annotations: Mapping[str, Annotation] = {}
    if official is not None:
        # What was returned is read as of that day, as the board does.
        moment = moment_in(round_.time_zone, standing.submitted_at or round_.closed_at or now)
        reader = Reader(
            definition=definition,
            files={material.key: material.title for material in materials},
            shows_personal=shows_people,
        )
        kept = kept_answers(session, official.id or 0)
        answers = answers_of(definition, kept)
        sections = reader.sections({name: state.content for name, state in kept.items()})
        annotations = annotate(
            session,
            official.id or 0,
            answers,
            route(
                definition,
                answers,
                today=moment.date(),
                now=moment,
                seed=seed_of(official.id or 0),
            ),
            reader=reader,
            submitted=standing.submission_kind is SubmissionKind.QUESTIONNAIRE,
            attribution_withheld=attribution is not Attribution.PUBLISH,
        )
    round_definition = definition_of(session, round_.version_id)
    dimensions = {
        dimension.name: round_definition.words(dimension.label)
        for dimension in round_definition.dimensions
    }
    return RespondentView(
        standing=standing,
        state=state_of(standing.outcome, standing.progress, undelivered=standing.undelivered),
        definition=definition,
        contacts=contacts_of(session, door.respondent_id) if shows_people else None,
        moments=moments_of(session, invitation_id, shows_people=shows_people),
        sections=sections,
        annotations=annotations,
        attribution=attribution,
        cells=_cells(statements_of(session, invitation_id), dimensions),
        dimensions=dimensions,
        codings=codings_of(session, invitation_id),
        groups=group_labels(round_definition),
        materials=materials,
        links=list_links(session, invitation_id) if may_manage else (),
        codes={name: item.code for name, item in definition.item_of.items()},
        submissions=submissions,
        recorded=recorded is not None,
        may_manage=may_manage,
        may_code=access.can(Action.CODE),
    )


def moments_of(session: Session, invitation_id: int, *, shows_people: bool) -> tuple[Moment, ...]:
    """What happened to an invitation, oldest first."""
    return timeline(
        invitation=session.get_one(Invitation, invitation_id),
        events=events_of_invitation(session, invitation_id),
        mails=mails_of_invitation(session, invitation_id),
        links=links_of_invitation(session, invitation_id),
        responses=_responses(session, invitation_id),
        submissions=submissions_of(session, invitation_id),
        shows_people=shows_people,
    )


def _responses(session: Session, invitation_id: int) -> tuple[Response, ...]:
    return tuple(
        session.exec(
            select(Response)
            .where(Response.invitation_id == invitation_id)
            .order_by(col(Response.number))
        )
    )


def submissions_of(session: Session, invitation_id: int) -> tuple[Submission, ...]:
    """Every return of an invitation, the reopened ones too, oldest first."""
    return tuple(
        session.exec(
            select(Submission)
            .where(Submission.invitation_id == invitation_id)
            .order_by(col(Submission.position))
        )
    )


def _materials(session: Session, invitation_id: int) -> tuple[Material, ...]:
    """Everything that was added, what was taken back too: it may have been quoted."""
    return tuple(
        session.exec(
            select(Material)
            .where(Material.invitation_id == invitation_id)
            .order_by(col(Material.id))
        )
    )


def _cells(
    statements: tuple[StatementEntry, ...], dimensions: Mapping[str, str]
) -> tuple[Cell, ...]:
    names = [*dimensions, *(one.dimension for one in statements if one.dimension not in dimensions)]
    cells = (
        Cell(
            name=name,
            label=dimensions.get(name, name),
            statements=tuple(one for one in statements if one.dimension == name),
        )
        for name in dict.fromkeys(names)
    )
    return tuple(cell for cell in cells if cell.statements)
