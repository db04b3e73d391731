"""Read the answers of a response for the API: raw, in words, with marks and revisions."""

from collections.abc import Sequence

from pydantic import JsonValue, TypeAdapter
from sqlmodel import Session, col, select

from app.api.v1.answer_models import AnswerOut, Content, RevisionOut
from app.api.v1.callers import UserCaller
from app.api.v1.doors import Door
from app.api.v1.open_response import OpenResponse
from app.responses.drafts import Content as Said
from app.responses.models import AnswerRevision, StoredAnswer
from app.responses.personal import without_personal_data
from app.responses.queries import answers_of, kept_answers
from app.responses.words import content_in_words
from app.rounds.fill import ATTRIBUTION
from app.synthesis.attribution import attribution_of
from exports.records import Attribution
from questionnaires.answers import Answer, Answers
from questionnaires.marking import mark_of
from questionnaires.models import Definition, Question

NOTHING = Said()
_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)


def read_answers(session: Session, door: Door, opened: OpenResponse) -> list[AnswerOut]:
    """Every question of the form in its order, in two queries."""
    definition = opened.definition
    kept = kept_answers(session, opened.response_id)
    channels = dict(
        session.exec(
            select(StoredAnswer.question, StoredAnswer.channel).where(
                col(StoredAnswer.response_id) == opened.response_id
            )
        ).all()
    )
    answers = answers_of(definition, kept)
    path = opened.route(answers)
    withheld = isinstance(door.caller, UserCaller) and not _may_be_attributed(opened, answers)
    found = []
    for question in definition.fields:
        state = kept.get(question.name)
        item = definition.item_of.get(question.name)
        said = NOTHING if state is None else state.content
        shown = said if door.sees_people else without_personal_data(question, said)
        found.append(
            AnswerOut(
                **show_content(question, definition, shown).model_dump(),
                question=question.name,
                type=question.type,
                code="" if item is None else item.code,
                label=definition.words(question.label),
                asked=question.name in path.asked,
                mark=mark_of(
                    definition,
                    question.name,
                    answers,
                    path,
                    submitted=opened.submitted,
                    attribution_withheld=withheld,
                ),
                personal=question.personal,
                revision=0 if state is None else state.revision,
                editor=None if state is None else state.editor,
                edited_at=None if state is None else state.at,
                channel=channels.get(question.name),
            )
        )
    return found


def read_revisions(
    session: Session, door: Door, opened: OpenResponse, question: Question
) -> Sequence[RevisionOut]:
    """Every save of one answer, the oldest first; none of personal data for who may not see it."""
    if question.personal and not door.sees_people:
        return ()
    rows = session.exec(
        select(AnswerRevision)
        .where(AnswerRevision.response_id == opened.response_id)
        .where(AnswerRevision.question == question.name)
        .order_by(col(AnswerRevision.id))
    )
    saved = [(row, Said(row.value, row.missing, row.comment, row.source)) for row in rows]
    return [
        RevisionOut(
            **show_content(
                question,
                opened.definition,
                said if door.sees_people else without_personal_data(question, said),
            ).model_dump(),
            number=number,
            revision=row.revision,
            accepted=row.accepted,
            editor=row.editor,
            at=row.at,
            channel=row.channel,
        )
        for number, (row, said) in enumerate(saved, start=1)
    ]


def show_content(question: Question, definition: Definition, said: Said) -> Content:
    """What is said to a question, as the API shows it."""
    return Content(
        value=_JSON.validate_python(said.value),
        missing=said.missing,
        text=content_in_words(question, definition, said),
        comment=said.comment,
        source=said.source,
    )


def _may_be_attributed(opened: OpenResponse, answers: Answers) -> bool:
    allowed = attribution_of(
        answers.get(ATTRIBUTION, Answer()).value,
        definition=opened.definition,
        submitted=opened.submitted,
    )
    return allowed is Attribution.PUBLISH
