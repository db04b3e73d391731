"""Answers: read with their marks and history, written with the revision they are based on."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Path as InPath
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter

from app.accounts.policy import Action
from app.api.v1.answer_models import AnswerIn, AnswerOut, RevisionOut, StaleProblem
from app.api.v1.answer_reading import read_answers, read_revisions, show_content
from app.api.v1.doors import Door, invitation_for
from app.api.v1.etags import IfMatch, IfNoneMatch, etag_of, is_known, revision_in
from app.api.v1.models import Page
from app.api.v1.open_response import open_response, response_to_change
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.responses.drafts import Stale
from app.responses.service.save import save_answer
from app.rounds.definitions import definition_of
from app.web.refusals import problem_details
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/rounds/{slug}/invitations/{key}/answers", tags=["answers"])
Reading = Annotated[Door, invitation_for(Action.READ_ANSWERS, respondents=True)]
Writing = Annotated[Door, invitation_for(Action.ANSWER_ON_BEHALF, respondents=True)]
Name = Annotated[str, InPath(description="Name of the question.", examples=["md_founding"])]
_MOMENT = TypeAdapter(datetime)
ETAG = {"headers": {"ETag": {"description": "The revision.", "schema": {"type": "string"}}}}


@router.get("", summary="List the answers", responses=refusals(404))
def list_answers(
    door: Reading, paging: Paging, session: ReadSession, services: ServicesDep
) -> Page[AnswerOut]:
    """Every question of the form in its order, answered or not, each with its mark."""
    found = read_answers(session, door, open_response(session, door, clock=services.clock))
    return paging.page(found, key=lambda one: one.question, show=lambda one: one)


@router.get(
    "/{name}",
    summary="Read an answer",
    response_model=AnswerOut,
    responses={
        200: ETAG,
        304: {"description": "Not changed: what the caller has is the newest."},
        **refusals(404),
    },
)
def get_answer(
    name: Name,
    door: Reading,
    session: ReadSession,
    services: ServicesDep,
    *,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """One answer with its revision as ETag. A question never answered has revision 0."""
    opened = open_response(session, door, clock=services.clock)
    opened.question(name)
    (found,) = [one for one in read_answers(session, door, opened) if one.question == name]
    etag = etag_of(found.revision)
    if is_known(etag, if_none_match):
        return Response(status_code=304, headers={"ETag": etag})
    return _with_revision(found)


@router.put(
    "/{name}",
    summary="Save an answer",
    response_model=AnswerOut,
    responses={
        200: ETAG,
        **refusals(404, 428),
        409: {
            "model": StaleProblem,
            "description": (
                "Somebody else has saved meanwhile: both texts, with author and time, and nothing "
                "overwritten. Or nothing can be saved any more (returned, closed)."
            ),
        },
    },
)
def put_answer(
    name: Name,
    answer: AnswerIn,
    door: Writing,
    services: ServicesDep,
    session: WriteSession,
    *,
    if_match: IfMatch = None,
) -> Response:
    """Save an answer that is based on a revision.

    Equal content makes no new revision. A value that breaks a constraint is saved and stands in
    the way of submitting; one of another kind than the question's is refused. A refused save that
    was based on an older revision is kept in the history.
    """
    based_on = revision_in(if_match)
    opened = open_response(session, door, clock=services.clock)
    question = opened.question(name)
    row = response_to_change(session, door, clock=services.clock)
    editor = door.editor(answer.channel)
    result = save_answer(
        session,
        response=row,
        definition=definition_of(session, row.version_id),
        question=name,
        value=answer.value,
        missing=answer.missing,
        comment=answer.comment,
        source=answer.source,
        based_on=based_on,
        editor=editor.name,
        contact_id=editor.contact_id,
        user_id=editor.user_id,
        channel=editor.channel,
        clock=services.clock,
    )
    if isinstance(result, Stale):
        # Returned, not raised: what was sent is committed to the history.
        return problem_details(
            status=409,
            code="stale-answer",
            title="Somebody else has changed this answer",
            detail="Nothing was overwritten. What you sent is kept in the history.",
            mend="Read both, decide, and send again based on the newer revision.",
            mine=show_content(question, opened.definition, result.mine),
            theirs=show_content(question, opened.definition, result.theirs.content),
            revision=result.theirs.revision,
            editor=result.theirs.editor,
            edited_at=_MOMENT.dump_python(result.theirs.at, mode="json"),
        )
    saved = open_response(session, door, clock=services.clock)
    (found,) = [one for one in read_answers(session, door, saved) if one.question == name]
    return JSONResponse(found.model_dump(mode="json"), headers={"ETag": etag_of(found.revision)})


@router.get("/{name}/revisions", summary="Read the history of an answer", responses=refusals(404))
def list_revisions(
    name: Name, door: Reading, paging: Paging, session: ReadSession, services: ServicesDep
) -> Page[RevisionOut]:
    """Every save, the oldest first, the refused ones too."""
    opened = open_response(session, door, clock=services.clock)
    question = opened.question(name)
    found = read_revisions(session, door, opened, question)
    return paging.page(found, key=lambda one: str(one.number), show=lambda one: one)


def _with_revision(answer: AnswerOut) -> Response:
    return JSONResponse(answer.model_dump(mode="json"), headers={"ETag": etag_of(answer.revision)})
