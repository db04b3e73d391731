"""Stream the answers of a round's responses, one respondent at a time."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.database import Database
from app.responses.models import Response, SubmissionKind
from app.responses.rules import seed_of
from app.rounds.answers_at import AnswerState, answer_of, answer_rows, states_in
from app.rounds.definitions import definition_of, version_at, versions_moved_to
from app.rounds.models import Round
from app.rounds.standing import Standing
from exports.records import AnswerRecord, ResponseRecord
from questionnaires.answers import Answer
from questionnaires.models import Definition
from questionnaires.personal import personal_columns, without_personal_columns


@dataclass(frozen=True, slots=True)
class ResponseToRead:
    """A response whose answers are to be read."""

    respondent: str
    definition: Definition
    submitted: bool
    seed: str
    """What its random numbers are drawn from."""
    rows: Collection[int]
    """Where the history holds its answers."""


def responses_to_read(
    session: Session, round_: Round, standings: Iterable[Standing], *, at: datetime
) -> tuple[ResponseToRead, ...]:
    """The official responses in the order of the standings, each with its own version.

    Which rows hold the answers is found here once, in the transaction of the standings: what is
    streamed later agrees with them, however often it is streamed.
    """
    stood = [standing for standing in standings if standing.response_id is not None]
    responses = session.exec(
        select(Response).where(col(Response.id).in_([standing.response_id for standing in stood]))
    )
    moved_to = versions_moved_to(session, round_, at=at)
    then = version_at(session, round_, at=at)
    versions = {
        response.id or 0: then if response.version_id in moved_to else response.version_id
        for response in responses
    }
    rows = answer_rows(session, list(versions), at=at)
    return tuple(
        ResponseToRead(
            respondent=standing.respondent,
            definition=definition_of(session, versions[standing.response_id]),
            submitted=standing.submission_kind is SubmissionKind.QUESTIONNAIRE,
            seed=seed_of(standing.response_id),
            rows=rows.get(standing.response_id, ()),
        )
        for standing in stood
        if standing.response_id is not None
    )


def read_responses(
    database: Database, to_read: Iterable[ResponseToRead]
) -> Iterator[ResponseRecord]:
    """The answers of each response; personal data stays out.

    Each response is read by itself, so that no long transaction holds up those who save.
    """
    for response in to_read:
        with database.read() as session:
            states = states_in(session, response.rows)
        yield _record(response, states)


def _record(response: ResponseToRead, states: list[AnswerState]) -> ResponseRecord:
    definition = response.definition
    order = {question.name: place for place, question in enumerate(definition.fields)}
    return ResponseRecord(
        respondent=response.respondent,
        definition=definition,
        submitted=response.submitted,
        seed=response.seed,
        answers={
            state.question: AnswerRecord(
                question=state.question,
                answer=_without_personal_columns(definition, state),
                version=definition.version,
                revision=state.revision,
                editor=state.editor,
                edited_at=state.at,
                channel=state.channel,
            )
            for state in sorted(states, key=lambda state: order.get(state.question, 0))
            if not _is_personal(definition, state.question)
        },
    )


def _is_personal(definition: Definition, name: str) -> bool:
    question = definition.by_name.get(name)
    return question is not None and question.personal


def _without_personal_columns(definition: Definition, state: AnswerState) -> Answer:
    answer = answer_of(state, definition)
    question = definition.by_name[state.question]
    if not personal_columns(question):
        return answer
    public = without_personal_columns(question, answer.value)
    return answer.model_copy(update={"value": public})
