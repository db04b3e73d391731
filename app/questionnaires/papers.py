"""Public pages about a published version: the same for everybody, made once and cached."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cachetools import LRUCache
from fastapi import Request, Response
from jinja2 import Environment

from app.questionnaires.paper_phrases.languages import paper_phrases
from app.responses.language import tongues
from questionnaires.canonical import checksum
from questionnaires.languages import direction_of
from questionnaires.models import Definition
from questionnaires.phrasebooks.books import language_spoken

MAX_KEPT = 32 * 2**20
"""Bytes of the pages kept; each version has a form and a codebook for each language."""
FRESH = "public, max-age=300"
"""How long a page is shown without asking: a version never changes, but its layout may."""


@dataclass(frozen=True, slots=True)
class _Paper:
    """A page that was made."""

    definition: Definition
    """Of which it was made: definitions are read once in a process, so another is another."""
    body: bytes
    etag: str


def _weight_of(paper: _Paper) -> int:
    return len(paper.body)


_kept: LRUCache[tuple[str, ...], _Paper] = LRUCache(MAX_KEPT, _weight_of)
_lock = Lock()


def paper_page(
    request: Request,
    template: str,
    context: Callable[[], dict[str, Any]],
    *,
    definition: Definition,
    language: str,
) -> Response:
    """The page, or that what the reader has is the newest.

    ``context`` is asked only when the page has not been made yet. Its templates are given nothing
    of the visitor, so that one page serves all.
    """
    service = request.app.state.services.settings
    names = (service.service_name, service.organisation, service.support_email)
    versions = (definition.slug, definition.version, language)
    key = (template, *versions, *(str(name) for name in names))
    with _lock:
        kept = _kept.get(key)
    if kept is None or kept.definition is not definition:
        spoken = language_spoken(language)
        environment: Environment = request.app.state.templates
        words = {
            "service": service,
            "language": spoken,
            "direction": direction_of(language),
            "ours_direction": direction_of(spoken),
            "read_in": language,
            "tongues": tongues(definition, language),
            "phrases": paper_phrases(language),
            "slug": definition.slug,
            "version": definition.version,
            "sha256": checksum(definition),
            **context(),
        }
        body = environment.get_template(template).render(words).encode()
        kept = _Paper(definition, body, f'"{hashlib.sha256(body).hexdigest()}"')
        # One that is too large to be kept is made each time.
        with _lock, suppress(ValueError):
            _kept[key] = kept
    headers = {"ETag": kept.etag, "Cache-Control": FRESH}
    if _has(request.headers.get("if-none-match", ""), kept.etag):
        return Response(status_code=304, headers=headers)
    return Response(kept.body, media_type="text/html", headers=headers)


def _has(if_none_match: str, etag: str) -> bool:
    """Whether the reader's own copy is this one; a proxy that compressed it calls it weak."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in tags or "*" in tags
