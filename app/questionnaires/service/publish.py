"""Publish a version: from then on it never changes, and the next round opens with it."""

from collections.abc import Callable, Mapping

from sqlmodel import Session

from app.audit.service import record
from app.clock import Clock
from app.errors import Conflict, Invalid
from app.questionnaires.models import Publication
from app.questionnaires.pictures import Picture, draft_pictures, pictures_before
from app.questionnaires.published import published_definitions
from app.questionnaires.queries import definition_of_draft
from app.questionnaires.service.illustrate import keep_pictures
from app.questionnaires.service.keep import hold_draft, remove_draft
from app.questionnaires.standing import obstacles, whereabouts_of
from app.rounds.definitions import store_definition
from app.rounds.models import QuestionnaireVersion
from app.storage.storage import Storage
from questionnaires.catalogue import Catalogue
from questionnaires.media import picture_names
from questionnaires.models import Definition
from questionnaires.problems import Problem
from questionnaires.whereabouts import Whereabouts

MOST_NOTES = 5000


def publish_definition(
    session: Session,
    *,
    definition: Definition,
    notes: str,
    catalogue: Catalogue,
    user_id: int | None,
    actor: str,
    clock: Clock,
    storage: Storage,
    own: Mapping[str, Picture] | None = None,
    whereabouts: Callable[[], Whereabouts] = Whereabouts,
) -> QuestionnaireVersion:
    """Publish a version; raises ``Invalid`` with everything that stands in the way.

    It keeps its ``own`` pictures, and of the version before it those of other names that it shows.
    ``whereabouts`` of the author's file are asked for when there is something to be told in it.
    """
    notes = notes.strip()
    published = published_definitions(session, catalogue, definition.slug)
    pictures = {**pictures_before(session, catalogue, definition), **(own or {})}
    problems = [
        *_notes(notes),
        *obstacles(definition, published, pictures),
    ]
    if problems:
        raise Invalid(whereabouts().placed(problems))
    version = store_definition(session, definition, clock=clock)
    session.add(
        Publication(
            version_id=version.id or 0,
            notes=notes,
            published_by_id=user_id,
            published_at=clock.now(),
        )
    )
    keep_pictures(
        session,
        storage,
        version_id=version.id or 0,
        pictures=[pictures[name] for name in sorted(picture_names(definition))],
    )
    record(
        session,
        clock=clock,
        actor=actor,
        action="questionnaire.published",
        subject=f"questionnaire:{definition.slug}/{definition.version}",
        details={"sha256": version.sha256, "corrects": definition.settings.corrects or ""},
    )
    return version


def publish_draft(
    session: Session,
    *,
    draft_id: int,
    seen: int,
    notes: str,
    catalogue: Catalogue,
    user_id: int,
    actor: str,
    clock: Clock,
    storage: Storage,
) -> QuestionnaireVersion:
    """Publish what a draft asks. The draft goes, and all its test answers with it."""
    draft = hold_draft(session, draft_id, seen=seen)
    definition = definition_of_draft(draft)
    if definition is None:
        raise Conflict(
            "This draft still has faults, so it cannot be published.",
            mend="Mend the file, upload it again, and publish it then.",
        )
    version = publish_definition(
        session,
        definition=definition,
        notes=notes,
        catalogue=catalogue,
        user_id=user_id,
        actor=actor,
        clock=clock,
        storage=storage,
        own=draft_pictures(session, catalogue, draft_id, definition),
        whereabouts=lambda: whereabouts_of(draft),
    )
    remove_draft(session, draft)
    return version


def _notes(notes: str) -> list[Problem]:
    if not notes:
        return [
            Problem(
                code="notes-missing",
                message="The notes are empty.",
                mend="Say in a sentence or two what is new in this version, and why.",
                place="notes",
            )
        ]
    if len(notes) > MOST_NOTES:
        return [
            Problem(
                code="notes-too-long",
                message=f"The notes have {len(notes):,} characters; {MOST_NOTES:,} are kept.",
                mend="Shorten them.",
                place="notes",
            )
        ]
    return []
