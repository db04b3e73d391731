"""What a script is told after it has saved some fields: states, words, and what has changed."""

from collections.abc import Iterable, Mapping

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from jinja2 import Environment
from sqlmodel import Session

from app.responses.access import RespondentIdentity
from app.responses.drafts import Content, Refused, Saved, Stale
from app.responses.pages.dependents import dependents_of, with_matrices, within
from app.responses.pages.fields import Attempt, FieldBuilder
from app.responses.pages.filled import Filled, read_form
from app.responses.pages.frame import frame_of
from app.responses.pages.section import section_context
from app.responses.words import saved_in_words
from questionnaires.models import Definition, Group, QuestionType


def saved_as_json(
    request: Request,
    session: Session,
    identity: RespondentIdentity,
    *,
    definition: Definition,
    section: Group,
    attempts: Mapping[str, Attempt],
) -> Response:
    """The outcome of a save for the script of the form.

    ``fields``: for each question its state, revision and messages. ``sections``: how far each is,
    where that may have changed. ``html``: the section's questions anew when an answer has changed
    what is asked, with the names in ``replace``.
    """
    results = {name: attempt.result for name, attempt in attempts.items()}
    changed = [name for name, result in results.items() if _has_changed(result)]
    dependent = dependents_of(definition, changed)
    replace = with_matrices(section, within(section, dependent) | _emptied(attempts))
    body: dict[str, object] = {
        "fields": {name: _state(attempt) for name, attempt in attempts.items()},
        "status": saved_in_words(identity.now, now=identity.now, zone=identity.zone_info),
        "sections": [],
        "html": "",
        "replace": sorted(replace),
    }
    if (
        dependent
        or replace
        or any(_needs_a_look(definition, attempt) for attempt in attempts.values())
    ):
        body |= _looked_at(request, read_form(session, identity), section, attempts, replace)
    return JSONResponse(body, status_code=_status_code(results.values()))


def _looked_at(
    request: Request,
    filled: Filled,
    section: Group,
    attempts: Mapping[str, Attempt],
    replace: set[str],
) -> dict[str, object]:
    """What can only be said after reading the whole form again."""
    environment: Environment = request.app.state.templates
    zone = filled.identity.zone
    builder = FieldBuilder(filled, attempts)
    kinds = environment.get_template("responses/kinds.html").module
    frame = frame_of(filled)
    html = ""
    if replace:
        context = {**section_context(filled, section, attempts), "zone": zone}
        html = environment.get_template("responses/questions.html").render(context)
    return {
        "fields": {
            name: _state(attempt)
            | {
                "messages": kinds.messages(  # type: ignore[attr-defined]  # a macro of it
                    builder.field(filled.definition.by_name[name]), zone
                )
            }
            for name, attempt in attempts.items()
        },
        "status": frame.saved_words,
        "sections": [
            {"name": link.name, "words": link.words, "complete": link.complete}
            for link in frame.sections
        ],
        "html": html,
    }


def _state(attempt: Attempt) -> dict[str, object]:
    result = attempt.result
    return {
        "state": type(result).__name__.lower(),
        "revision": result.revision if isinstance(result, Saved) else None,
        "messages": "",
    }


def _status_code(results: Iterable[object]) -> int:
    kinds = {type(result) for result in results}
    if Stale in kinds:
        return 409
    return 422 if Refused in kinds else 200


def _has_changed(result: object) -> bool:
    return isinstance(result, Saved) and result.changed


def _needs_a_look(definition: Definition, attempt: Attempt) -> bool:
    """Whether there may be more to say than «saved»: messages, or how far the section is."""
    result = attempt.result
    if not isinstance(result, Saved):
        return True
    question = definition.by_name[attempt.posted.question]
    bounded = question.constraint is not None or question.choice_filter is not None
    settled = _is_settled(result.content) is not _is_settled(result.previous)
    return bounded or question.type is QuestionType.REPEAT or (result.changed and settled)


def _is_settled(content: Content) -> bool:
    return content.missing is not None or content.value is not None


def _emptied(attempts: Mapping[str, Attempt]) -> set[str]:
    """Questions whose answer gave way to a reason for none, or to somebody else's answer."""
    return {
        name
        for name, attempt in attempts.items()
        if isinstance(attempt.result, Saved)
        and (
            (attempt.result.content.missing is not None and bool(attempt.posted.fields))
            or attempt.posted.keep
        )
    }
