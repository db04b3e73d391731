"""The response that an operation reads or changes, with its definition."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.api.v1.callers import RespondentCaller
from app.api.v1.doors import Door
from app.clock import Clock
from app.errors import NotFound
from app.responses.models import Response, SubmissionKind
from app.responses.queries import standing_return
from app.responses.rules import moment_in, seed_of
from app.responses.service.begin import begin_response
from app.rounds.definitions import definition_of
from questionnaires.answers import Answers
from questionnaires.models import Definition, Question
from questionnaires.routing import Route, route


@dataclass(frozen=True, slots=True)
class OpenResponse:
    """The official response of an invitation; ``row`` is ``None`` before anybody has begun."""

    row: Response | None
    definition: Definition
    returned: bool
    """Whether any return stands: the questionnaire, materials instead of it, or a refusal."""
    submitted: bool
    """Whether it is the questionnaire."""
    moment: datetime
    """What counts for it, in the round's zone: its return, else the round's close, else now."""

    @property
    def response_id(self) -> int:
        """The response's number; 0, which no row has, before anybody has begun."""
        return 0 if self.row is None else self.row.id or 0

    def route(self, answers: Answers) -> Route:
        """The way through the form that these answers make."""
        return route(
            self.definition,
            answers,
            today=self.moment.date(),
            now=self.moment,
            seed=seed_of(self.response_id),
        )

    def question(self, name: str) -> Question:
        """A question that can be answered; raises ``NotFound``."""
        found = self.definition.by_name.get(name)
        if found is None or not found.takes_answer:
            raise NotFound(
                f"Version {self.definition.version} of this questionnaire asks no «{name[:64]}».",
                mend="Names are those of the definition.",
            )
        return found


def open_response(session: Session, door: Door, *, clock: Clock) -> OpenResponse:
    """The response behind a door, as it is."""
    row = session.exec(
        select(Response)
        .where(col(Response.invitation_id) == door.invitation_id)
        .where(col(Response.official))
    ).one_or_none()
    returned = standing_return(session, door.invitation_id)
    moment = returned.at if returned is not None else door.round.closed_at or clock.now()
    return OpenResponse(
        row=row,
        definition=definition_of(
            session, row.version_id if row is not None else door.round.version_id
        ),
        returned=returned is not None,
        submitted=returned is not None and returned.kind is SubmissionKind.QUESTIONNAIRE,
        moment=moment_in(door.round.time_zone, moment),
    )


def response_to_change(session: Session, door: Door, *, clock: Clock) -> Response:
    """The response to save into; a user who enters what came otherwise begins it."""
    if isinstance(door.caller, RespondentCaller):
        return session.get_one(Response, door.caller.respondent.response.id)
    return begin_response(session, invitation_id=door.invitation_id, clock=clock)
