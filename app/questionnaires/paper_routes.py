"""The public routes of published questionnaires: blank forms to print, and codebooks."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Path as InPath

from app.errors import NotFound
from app.questionnaires.blank_form import blank_form
from app.questionnaires.codebook_page import codebook
from app.questionnaires.papers import paper_page
from app.questionnaires.published import published_definition
from app.web.access import public
from app.web.transactions import ReadSession, ServicesDep
from questionnaires.languages import closest
from questionnaires.models import Definition

ASKED = "what is asked holds no answer and nothing personal"
LONGEST = 64
Short = Annotated[str, InPath(max_length=LONGEST)]


def _asked_for(
    slug: Short, version: Short, session: ReadSession, services: ServicesDep
) -> Definition:
    return published_definition(session, services.catalogue, slug, version)


Asked = Annotated[Definition, Depends(_asked_for)]
"""The published version that the address names."""

router = APIRouter(prefix="/questionnaires", dependencies=[public(ASKED)], include_in_schema=False)


@router.get("/{slug}/{version}/form/{language}")
def form(request: Request, definition: Asked, language: Short) -> Response:
    read_in = _language(definition, language)
    return paper_page(
        request,
        "questionnaires/blank_form.html",
        lambda: {"form": blank_form(definition, read_in)},
        definition=definition,
        language=read_in,
    )


@router.get("/{slug}/{version}/codebook")
def codebook_(request: Request, definition: Asked) -> Response:
    return _codebook_page(request, definition, definition.settings.default_language)


@router.get("/{slug}/{version}/codebook/{language}")
def codebook_in(request: Request, definition: Asked, language: Short) -> Response:
    return _codebook_page(request, definition, _language(definition, language))


def _codebook_page(request: Request, definition: Definition, language: str) -> Response:
    return paper_page(
        request,
        "questionnaires/codebook.html",
        lambda: {"book": codebook(definition, language)},
        definition=definition,
        language=language,
    )


def _language(definition: Definition, wished: str) -> str:
    languages = definition.settings.languages
    found = closest(languages, wished)
    if found is None:
        raise NotFound(
            f"This questionnaire is not there in a language «{wished}».",
            mend=f"It is there in: {', '.join(languages)}.",
        )
    return found
