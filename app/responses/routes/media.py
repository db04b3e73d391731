"""The pictures of a questionnaire, for those who fill it."""

from fastapi import APIRouter, Response

from app.questionnaires.pictures import version_picture
from app.responses.access import Reading, definition_for
from app.web.transactions import ReadSession, ServicesDep

router = APIRouter(prefix="/form/media", include_in_schema=False)


@router.get("/{name}")
def picture(name: str, identity: Reading, services: ServicesDep, session: ReadSession) -> Response:
    return version_picture(services, session, definition_for(session, identity), name)
