"""The list of questionnaires with their versions and drafts, and the form that uploads one."""

from collections.abc import Sequence
from itertools import groupby

from fastapi import Request, Response
from sqlmodel import Session, col, select

from app.accounts.policy import Action, Identity, surveys_where
from app.errors import Conflict
from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.pictures import draft_pictures
from app.questionnaires.published import published_definitions
from app.questionnaires.queries import DraftEntry, definition_of_draft, drafts_of
from app.questionnaires.standing import obstacles
from app.questionnaires.states import VersionState
from app.questionnaires.uploads import MEGABYTE, MOST_BYTES, endings
from app.questionnaires.versions import versions
from app.web.pages import page
from questionnaires.catalogue import Catalogue
from questionnaires.problems import Problem

STATES = {
    VersionState.DRAFT: ("plain", "…", "Draft"),
    VersionState.PUBLISHED: ("good", "●", "Published"),
    VersionState.SUPERSEDED: ("plain", "○", "Superseded"),
    VersionState.CHANGED: ("bad", "✕", "Changed since published"),
}


def list_page(
    request: Request, session: Session, identity: Identity, *, done: str = ""
) -> Response:
    """Every version of every questionnaire, and the drafts that somebody may write."""
    catalogue = request.app.state.services.catalogue
    visible = surveys_where(identity, Action.VIEW_BOARD)
    found = versions(session, catalogue, survey_ids=visible)
    by_slug = [
        (slug, list(reversed(list(entries))))
        for slug, entries in groupby(found, key=lambda one: one.slug)
    ]
    drafts = drafts_of(session, identity)
    context = {
        "questionnaires": by_slug,
        "drafts": drafts,
        "unready": _unready(session, catalogue, drafts),
        "may_write": surveys_where(identity, Action.WRITE_QUESTIONNAIRES) != frozenset(),
        "states": STATES,
        "done": done,
    }
    return page(request, "questionnaires/list.html", context)


def _unready(session: Session, catalogue: Catalogue, drafts: Sequence[DraftEntry]) -> set[str]:
    """Keys of the drafts that have no fault in themselves and cannot be published all the same."""
    sound = [one.key for one in drafts if not one.errors]
    if not sound:
        return set()
    rows = session.exec(select(QuestionnaireDraft).where(col(QuestionnaireDraft.key).in_(sound)))
    return {draft.key for draft in rows if _is_unready(session, catalogue, draft)}


def _is_unready(session: Session, catalogue: Catalogue, draft: QuestionnaireDraft) -> bool:
    definition = definition_of_draft(draft)
    if definition is None:
        return False
    try:
        published = published_definitions(session, catalogue, draft.slug)
    except Conflict:
        return True  # a file of an earlier version was changed: nothing can be published after it
    pictures = draft_pictures(session, catalogue, draft.id or 0, definition)
    return bool(obstacles(definition, published, pictures))


def upload_page(
    request: Request,
    *,
    problems: Sequence[Problem] = (),
    existing: QuestionnaireDraft | None = None,
    status: int = 200,
) -> Response:
    """The form that uploads a questionnaire; with what was wrong with the last try.

    ``existing`` is the draft that is in its way.
    """
    context = {
        "problems": problems,
        "existing": existing,
        "endings": endings(),
        "megabytes": MOST_BYTES // MEGABYTE,
    }
    return page(request, "questionnaires/upload.html", context, status=status)
