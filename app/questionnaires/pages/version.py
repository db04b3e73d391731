"""The page of one version, and that of two versions compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request, Response
from sqlmodel import Session, col, select

from app.accounts.policy import Action, Identity, can, surveys_where
from app.errors import NotFound
from app.questionnaires.changed import ComparedVersions
from app.questionnaires.form_files import NAMES
from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.pages.lists import STATES
from app.questionnaires.published import published_definitions, published_versions
from app.questionnaires.states import VersionState
from app.questionnaires.versions import VersionEntry, versions
from app.rounds.models import QuestionnaireVersion, Round, Survey
from app.rounds.service.move import corrected_by, why_not_moved
from app.web.pages import page
from questionnaires.catalogue import Catalogue
from questionnaires.problems import Problem


@dataclass(frozen=True, slots=True)
class RoundToMove:
    """A running round on another version than a patch."""

    round: Round
    on: str
    """The version that it runs on."""
    reason: str
    """Why it cannot go on with the patch; empty where it can."""


def version_page(
    request: Request,
    session: Session,
    identity: Identity,
    slug: str,
    version: str,
    *,
    done: str = "",
    unmoved: str = "",
    unsure: Sequence[Problem] = (),
) -> Response:
    """What is known of a version, what it can be compared with, and what moves to it.

    ``unsure`` says why the round ``unmoved`` was not moved.
    """
    catalogue = request.app.state.services.catalogue
    entry, others = _entries(session, catalogue, identity, slug, version)
    to_move = rounds_to_move(session, catalogue, identity, slug, version)
    context = {
        "one": entry,
        "others": others,
        "newest": next((one.version for one in others if one.state is VersionState.PUBLISHED), ""),
        "states": STATES,
        "formats": NAMES,
        "movable": [one.round for one in to_move if not one.reason],
        "unmovable": [one for one in to_move if one.reason],
        "done": done,
        "openable": _openable(session, identity, entry) if done == "published" else [],
        "unmoved": unmoved,
        "unsure": unsure,
    }
    status = 422 if unsure else 200
    return page(request, "questionnaires/version.html", context, status=status)


def comparison_page(
    request: Request,
    session: Session,
    compared: ComparedVersions,
    *,
    draft: QuestionnaireDraft | None = None,
) -> Response:
    """Two versions side by side, question by question."""
    catalogue = request.app.state.services.catalogue
    slug = compared.new.slug
    known = published_versions(session, catalogue, slug)
    context = {
        "compared": compared,
        "draft": draft,
        "others": [one for one in reversed(known) if one != compared.new.version],
    }
    return page(request, "questionnaires/comparison.html", context)


def rounds_to_move(
    session: Session, catalogue: Catalogue, identity: Identity, slug: str, version: str
) -> list[RoundToMove]:
    """The running rounds that somebody runs on other versions, and why one cannot take this one.

    None for a version that is no patch, and none that runs on what it does not correct: nobody
    expects those to move to it.
    """
    running = session.exec(
        select(Round, QuestionnaireVersion.version)
        .where(Round.version_id == col(QuestionnaireVersion.id))
        .where(QuestionnaireVersion.slug == slug)
        .where(QuestionnaireVersion.version != version)
        .where(col(Round.opened_at).is_not(None))
        .where(col(Round.closed_at).is_(None))
        .order_by(col(Round.id))
    ).all()
    running = [
        (round_, on) for round_, on in running if can(identity, Action.RUN_ROUNDS, round_.survey_id)
    ]
    if not running:
        return []
    published = {one.version: one for one in published_definitions(session, catalogue, slug)}
    patch = published.get(version)
    if patch is None or patch.settings.corrects is None:
        return []
    return [
        RoundToMove(round_, on, why_not_moved(published[on], patch, tuple(published.values())))
        for round_, on in running
        if on in published
        and corrected_by(published[on], published) == corrected_by(patch, published)
    ]


def _openable(session: Session, identity: Identity, entry: VersionEntry) -> list[Survey]:
    """The surveys whose next round somebody could open with a version that was just published."""
    if entry.state is not VersionState.PUBLISHED:
        return []
    surveys = session.exec(
        select(Survey).where(Survey.questionnaire == entry.slug).order_by(col(Survey.title))
    )
    return [one for one in surveys if can(identity, Action.RUN_ROUNDS, one.id or 0)]


def _entries(
    session: Session, catalogue: Catalogue, identity: Identity, slug: str, version: str
) -> tuple[VersionEntry, list[VersionEntry]]:
    visible = surveys_where(identity, Action.VIEW_BOARD)
    of_slug = [one for one in versions(session, catalogue, survey_ids=visible) if one.slug == slug]
    for entry in of_slug:
        if entry.version == version:
            return entry, [one for one in reversed(of_slug) if one is not entry]
    raise NotFound(
        f"There is no version «{version}» of a questionnaire «{slug}».",
        mend="Choose one from the list of questionnaires.",
    )
