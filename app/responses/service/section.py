"""Save what was posted for several questions: only what was changed, each for itself."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.responses.drafts import Content, Draft, Editor, Kept, Refused, Result, Saved
from app.responses.fields import MINE, THEIRS, Posted, revision_in
from app.responses.queries import contents_at
from app.responses.service.hold import Held
from app.responses.service.save import save_held
from questionnaires.answers import Value
from questionnaires.kinds import parse_fields, value_to_json
from questionnaires.models import Definition, MissingCode
from questionnaires.problems import Problem


def save_posted(
    session: Session,
    *,
    held: Held,
    response_id: int,
    definition: Definition,
    kept: dict[str, Kept],
    posted: Sequence[Posted],
    editor: Editor,
) -> dict[str, Result]:
    """Save each posted question, or say why not; results by question.

    ``kept`` has the answers to at least these questions, and is brought up to date.

    A field that still says what was on the screen is not a change: if somebody else has saved
    meanwhile, theirs stays, without a conflict.
    """
    moved = {
        each.question: each.seen
        for each in posted
        if each.seen != (kept[each.question].revision if each.question in kept else 0)
    }
    seen = contents_at(session, response_id, seen=moved) if moved else {}
    results: dict[str, Result] = {}
    drafts: list[Draft] = []
    for each in posted:
        present = kept.get(each.question)
        if each.keep == THEIRS and present is not None:
            results[each.question] = _as_it_is(each.question, present)
            continue
        draft, problems = _draft(definition, each, present, zone=held.zone)
        if problems:
            results[each.question] = Refused(each.question, tuple(problems))
        elif present is not None and _says(draft, seen.get(each.question)):
            results[each.question] = _as_it_is(each.question, present)
        else:
            drafts.append(draft)
    for result in save_held(
        session,
        held=held,
        response_id=response_id,
        definition=definition,
        kept=kept,
        drafts=drafts,
        editor=editor,
    ):
        results[result.question] = result
    return results


def _as_it_is(question: str, present: Kept) -> Saved:
    return Saved(question, present.content, present.revision, present.at, changed=False)


def _draft(
    definition: Definition, posted: Posted, present: Kept | None, *, zone: str
) -> tuple[Draft, list[Problem]]:
    question = definition.by_name[posted.question]
    value, problems = parse_fields(question, definition, posted.fields, zone=ZoneInfo(zone))
    data = None if value is None else value_to_json(value)
    missing = posted.missing_code
    if value is not None and missing is not None and present is not None:
        value, missing = _newer(value, data, missing, present.content)
        data = None if value is None else data
    knowingly = posted.keep.startswith(MINE)
    based_on = revision_in(posted.keep.removeprefix(MINE)) if knowingly else posted.seen
    draft = Draft(
        question=posted.question,
        value=data,
        missing=missing,
        comment=posted.comment,
        source=posted.source,
        based_on=based_on,
        confirms=posted.suggested,
    )
    return draft, problems


def _newer(
    value: Value, data: object, missing: MissingCode, stored: Content
) -> tuple[Value | None, MissingCode | None]:
    """Which of an answer and a reason for none was given last, when a form posts both.

    Where neither was there before, both are kept, for the editor to decide.
    """
    if stored.missing == missing:
        return value, None
    if stored.missing is None and stored.value == data:
        return None, missing
    return value, missing


def _says(draft: Draft, seen: Content | None) -> bool:
    """Whether a draft only repeats what was on the screen."""
    return seen is not None and seen == Content(
        value=draft.value,
        missing=draft.missing,
        comment=seen.comment if draft.comment is None else draft.comment,
        source=seen.source if draft.source is None else draft.source,
    )
