"""What a script is told after it has saved some fields: states, words, and what has changed."""

from collections.abc import Iterable, Mapping

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from jinja2 import Environment

from app.responses.drafts import Refused, Saved, Stale
from app.responses.pages.dependents import dependents_in, with_matrices
from app.responses.pages.fields import Attempt, FieldBuilder
from app.responses.pages.filled import Filled
from app.responses.pages.frame import frame_of
from app.responses.pages.section import section_context
from questionnaires.models import Group


def saved_as_json(
    request: Request,
    before: Filled,
    after: Filled,
    section: Group,
    attempts: Mapping[str, Attempt],
) -> Response:
    """The outcome of a save for the script of the form.

    ``fields``: for each question its state, revision and messages; ``html``: the section's
    questions anew when an answer has changed what is asked, with the names in ``replace``.
    """
    results = {name: attempt.result for name, attempt in attempts.items()}
    environment: Environment = request.app.state.templates
    zone = after.identity.zone
    builder = FieldBuilder(after, attempts)
    changed = [name for name, result in results.items() if _has_changed(result)]
    replace = with_matrices(
        section, dependents_in(after.definition, section, changed) | _emptied(attempts)
    )
    redraw = bool(replace) or before.route.asked != after.route.asked
    kinds = environment.get_template("responses/kinds.html").module
    frame = frame_of(after)
    html = ""
    if redraw:
        context = {**section_context(after, section, attempts), "zone": zone}
        html = environment.get_template("responses/questions.html").render(context)
    body = {
        "fields": {
            name: {
                "state": type(result).__name__.lower(),
                "revision": result.revision if isinstance(result, Saved) else None,
                "messages": kinds.messages(  # type: ignore[attr-defined]  # a macro of it
                    builder.field(after.definition.by_name[name]), zone
                ),
            }
            for name, result in results.items()
        },
        "status": frame.saved_words,
        "sections": [
            {"name": link.name, "words": link.words, "complete": link.complete}
            for link in frame.sections
        ],
        "html": html,
        "replace": sorted(replace),
    }
    return JSONResponse(body, status_code=_status_code(results.values()))


def _status_code(results: Iterable[object]) -> int:
    kinds = {type(result) for result in results}
    if Stale in kinds:
        return 409
    return 422 if Refused in kinds else 200


def _has_changed(result: object) -> bool:
    return isinstance(result, Saved) and result.changed


def _emptied(attempts: Mapping[str, Attempt]) -> set[str]:
    """Questions whose answer gave way to a reason for none, or to somebody else's answer."""
    return {
        name
        for name, attempt in attempts.items()
        if isinstance(attempt.result, Saved)
        and (
            (bool(attempt.posted.fields) and attempt.result.content.value is None)
            or attempt.posted.keep
        )
    }
