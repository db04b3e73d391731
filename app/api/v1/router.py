"""All operations of version 1, each named after its function."""

from fastapi import APIRouter
from fastapi.routing import APIRoute

from app.api.v1.answers import router as answers
from app.api.v1.draft_pictures import router as draft_pictures
from app.api.v1.drafts import router as drafts
from app.api.v1.exports import router as exports
from app.api.v1.introductions import router as introductions
from app.api.v1.invitation_actions import router as invitation_actions
from app.api.v1.invitations import router as invitations
from app.api.v1.links import router as links
from app.api.v1.materials import router as materials
from app.api.v1.openings import router as openings
from app.api.v1.questionnaires import router as questionnaires
from app.api.v1.responses import router as responses
from app.api.v1.rounds import router as rounds
from app.api.v1.sessions import router as sessions
from app.api.v1.submissions import router as submissions
from app.api.v1.surveys import router as surveys
from app.api.v1.synthesis import router as synthesis
from app.api.v1.tokens import router as tokens
from app.api.v1.translations import router as translations
from app.api.v1.trials import router as trials


def _operation_id(route: APIRoute) -> str:
    return route.name


router = APIRouter(prefix="/api/v1", generate_unique_id_function=_operation_id)
for resource in (
    sessions,
    tokens,
    questionnaires,
    drafts,
    draft_pictures,
    translations,
    trials,
    surveys,
    openings,
    rounds,
    invitations,
    introductions,
    invitation_actions,
    links,
    responses,
    answers,
    materials,
    submissions,
    synthesis,
    exports,
):
    router.include_router(resource)
