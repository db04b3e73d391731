"""What a script is told after it has saved some fields: states, words, and what has changed."""

from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from jinja2 import Environment

from app.responses.drafts import Saved
from app.responses.pages.dependents import with_matrices, within
from app.responses.pages.fields import Attempt, FieldBuilder
from app.responses.pages.filled import Filled
from app.responses.pages.frame import frame_of
from app.responses.pages.saved import SavedFields
from app.responses.pages.section import find_section, section_context
from app.responses.words import saved_in_words


def saved_as_json(request: Request, saved: SavedFields, filled: Filled | None = None) -> Response:
    """The outcome of a save for the script of the form; ``filled`` unless the outcome is plain.

    ``fields``: for each question its state, revision and messages. ``sections``: how far each is,
    where that may have changed. ``also``: messages of questions whose constraints look at what has
    changed. ``html``: the section's questions anew when an answer has changed what is asked, with
    the names in ``replace``.
    """
    held = saved.desk.held
    body: dict[str, object] = {
        "fields": {name: _state(attempt) for name, attempt in saved.attempts.items()},
        "status": saved_in_words(held.now, now=held.now, zone=ZoneInfo(held.zone)),
        "sections": [],
        "html": "",
        "also": {},
        "replace": [],
    }
    if filled is not None:
        body |= _looked_at(request, saved, filled)
    return JSONResponse(body, status_code=saved.status_code)


def _looked_at(request: Request, saved: SavedFields, filled: Filled) -> dict[str, object]:
    """What can only be said after reading the whole form again."""
    environment: Environment = request.app.state.templates
    zone = filled.identity.zone
    builder = FieldBuilder(filled, saved.attempts)
    kinds = environment.get_template("responses/kinds.html").module
    frame = frame_of(filled)
    section = saved.section
    replace = with_matrices(section, within(section, saved.dependents) | saved.emptied)
    html = ""
    if replace:
        asked = find_section(filled, section.name)
        context = {**section_context(filled, asked, saved.attempts), "zone": zone}
        html = environment.get_template("responses/questions.html").render(context)
    return {
        "fields": {
            name: _state(attempt)
            | {
                "messages": kinds.messages(  # type: ignore[attr-defined]  # a macro of it
                    builder.field(filled.definition.by_name[name]), zone
                )
            }
            for name, attempt in saved.attempts.items()
        },
        "status": frame.saved_words,
        "sections": [
            {"name": link.name, "words": link.words, "complete": link.complete}
            for link in frame.sections
        ],
        "html": html,
        "also": {
            name: kinds.messages(  # type: ignore[attr-defined]  # a macro of it
                builder.field(filled.definition.by_name[name]), zone
            )
            for name in sorted(within(section, saved.limited) - set(saved.attempts))
        },
        "replace": sorted(replace),
    }


def _state(attempt: Attempt) -> dict[str, object]:
    result = attempt.result
    return {
        "state": type(result).__name__.lower(),
        "revision": result.revision if isinstance(result, Saved) else None,
        "messages": "",
    }
