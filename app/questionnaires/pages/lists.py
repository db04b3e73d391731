"""The list of questionnaires with their versions and drafts, and the form that uploads one."""

from collections.abc import Sequence
from itertools import groupby

from fastapi import Request, Response
from sqlmodel import Session

from app.accounts.policy import Action, Identity, surveys_where
from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.queries import drafts_of
from app.questionnaires.states import VersionState
from app.questionnaires.uploads import MEGABYTE, MOST_BYTES, endings
from app.questionnaires.versions import versions
from app.web.pages import page
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
    context = {
        "questionnaires": by_slug,
        "drafts": drafts_of(session, identity),
        "may_write": surveys_where(identity, Action.WRITE_QUESTIONNAIRES) != frozenset(),
        "states": STATES,
        "done": done,
    }
    return page(request, "questionnaires/list.html", context)


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
