"""The public routes of published questionnaires: blank forms to print, and codebooks."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath

from app.errors import NotFound
from app.questionnaires.blank_form import blank_form
from app.questionnaires.codebook_page import codebook
from app.questionnaires.papers import paper_page
from app.questionnaires.published import published_definition
from app.responses.language import tongues
from app.web.access import public
from app.web.transactions import ReadSession, ServicesDep
from questionnaires.languages import closest

ASKED = "what is asked holds no answer and nothing personal"
LONGEST = 64
Short = Annotated[str, InPath(max_length=LONGEST)]

router = APIRouter(prefix="/questionnaires", dependencies=[public(ASKED)], include_in_schema=False)


@router.get("/{slug}/{version}/form/{language}")
def form(
    request: Request,
    slug: Short,
    version: Short,
    language: Short,
    session: ReadSession,
    *,
    services: ServicesDep,
) -> Response:
    definition = published_definition(session, services.catalogue, slug, version)
    languages = definition.settings.languages
    spoken = closest(languages, language)
    if spoken is None:
        raise NotFound(
            f"This questionnaire is not there in a language «{language}».",
            mend=f"It is there in: {', '.join(languages)}.",
        )
    return paper_page(
        request,
        "questionnaires/blank_form.html",
        lambda: {
            "form": blank_form(definition, spoken),
            "spoken": spoken,
            "tongues": tongues(definition, spoken),
        },
        definition=definition,
        language=spoken,
    )


@router.get("/{slug}/{version}/codebook")
def codebook_(
    request: Request, slug: Short, version: Short, session: ReadSession, *, services: ServicesDep
) -> Response:
    definition = published_definition(session, services.catalogue, slug, version)
    own = definition.settings.default_language
    return paper_page(
        request,
        "questionnaires/codebook.html",
        lambda: {
            "book": codebook(definition),
            "own": own,
            "direction": "ltr",
        },
        definition=definition,
        language=own,
    )
