"""The pictures of a questionnaire, for those who fill it."""

from fastapi import APIRouter, Response

from app.errors import NotFound, UnsupportedFile
from app.responses.access import Reading, definition_for
from app.storage.types import HEAD_BYTES, check_file
from app.web.transactions import ReadSession, ServicesDep

router = APIRouter(prefix="/form/media", include_in_schema=False)


@router.get("/{name}")
def picture(name: str, identity: Reading, services: ServicesDep, session: ReadSession) -> Response:
    path = services.catalogue.picture(definition_for(session, identity), name)
    if path is None:
        raise NotFound("The questionnaire has no such picture.", mend="Load the page again.")
    content = path.read_bytes()
    try:
        media_type = check_file(path.name, content[:HEAD_BYTES])
    except UnsupportedFile as fault:
        raise NotFound("The file is no picture.", mend="Tell the organiser.") from fault
    return Response(content, media_type=media_type)
