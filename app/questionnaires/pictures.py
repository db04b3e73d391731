"""Hand out a picture that a questionnaire shows beside a label."""

from fastapi import Response

from app.errors import NotFound, UnsupportedFile
from app.storage.types import HEAD_BYTES, check_file
from questionnaires.catalogue import Catalogue
from questionnaires.models import Definition


def picture_file(catalogue: Catalogue, definition: Definition, name: str) -> Response:
    """A picture by its name; raises ``NotFound`` for what the questionnaire does not show."""
    path = catalogue.picture(definition, name)
    if path is None:
        raise NotFound("The questionnaire has no such picture.", mend="Load the page again.")
    content = path.read_bytes()
    try:
        media_type = check_file(path.name, content[:HEAD_BYTES])
    except UnsupportedFile as fault:
        raise NotFound("The file is no picture.", mend="Tell the organiser.") from fault
    return Response(content, media_type=media_type)
