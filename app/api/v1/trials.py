"""Try a draft out: test answers of the token's owner, and what is asked because of them."""

from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Path as InPath
from pydantic import JsonValue, TypeAdapter
from sqlmodel import Session

from app.api.v1.draft_models import TestAnswerIn, TestAnswerOut, TrialOut, show_faults
from app.api.v1.drafts import Draft
from app.api.v1.problems import refusals
from app.errors import Invalid
from app.questionnaires.access import DraftAccess
from app.questionnaires.pages.preview import definition_to_preview, read_preview
from app.questionnaires.service.try_out import save_test, wipe_tests
from app.responses.drafts import Draft as AnswerDraft
from app.responses.drafts import Refused
from app.services import Services
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/questionnaire-drafts/{draft}/trial", tags=["questionnaire drafts"])
Question = Annotated[str, InPath(description="Name of the question.", examples=["md_founding"])]
_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)


@router.get("", summary="See what a draft asks", responses=refusals(404, 409))
def get_trial(access: Draft, services: ServicesDep, session: ReadSession) -> TrialOut:
    """Which questions are asked, given the test answers so far."""
    return _trial(session, access, services)


@router.put("/answers/{question}", summary="Give a test answer", responses=refusals(404, 409))
def put_test_answer(
    question: Question,
    given: TestAnswerIn,
    access: Draft,
    services: ServicesDep,
    session: WriteSession,
) -> TrialOut:
    """Checked as a respondent's would be; kept apart from real ones, and wiped on publishing."""
    result = save_test(
        session,
        draft_id=access.draft_id,
        user_id=access.identity.user_id,
        definition=definition_to_preview(access),
        draft=AnswerDraft(
            question=question,
            value=given.value,
            missing=given.missing,
            comment=given.comment,
            source=given.source,
        ),
        clock=services.clock,
    )
    if isinstance(result, Refused):
        raise Invalid(list(result.problems))
    return _trial(session, access, services)


@router.delete("/answers", status_code=204, summary="Begin anew", responses=refusals(404))
def delete_test_answers(access: Draft, session: WriteSession) -> Response:
    """All test answers of the token's owner are removed."""
    wipe_tests(session, draft_id=access.draft_id, user_id=access.identity.user_id)
    return Response(status_code=204)


def _trial(session: Session, access: DraftAccess, services: Services) -> TrialOut:
    filled = read_preview(session, access, language="", now=services.clock.now())
    return TrialOut(
        asked=[one.name for one in filled.definition.fields if one.name in filled.route.asked],
        answers=[
            TestAnswerOut(
                question=name,
                value=_JSON.validate_python(kept.content.value),
                missing=kept.content.missing,
                comment=kept.content.comment,
                source=kept.content.source,
                saved_at=kept.at,
            )
            for name, kept in sorted(filled.kept.items())
        ],
        in_the_way=show_faults(filled.problems),
    )
