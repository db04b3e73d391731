"""Give a draft the pictures that its form shows, and keep them with the version for good."""

from collections.abc import Iterable

from sqlmodel import Session, col, delete, select

from app.clock import Clock
from app.errors import Conflict, Invalid, NotFound
from app.questionnaires.models import DraftPicture, QuestionnaireDraft, VersionPicture
from app.questionnaires.pictures import Picture, content_of
from app.questionnaires.queries import definition_of_draft
from app.questionnaires.service.keep import hold_draft, note_draft
from app.storage.storage import Storage
from questionnaires.media import picture_names
from questionnaires.models import Definition
from questionnaires.problems import Problem


def add_picture(
    session: Session, *, draft_id: int, seen: int, picture: Picture, actor: str, clock: Clock
) -> QuestionnaireDraft:
    """Give a draft a picture, in the place of the one it had under this name.

    ``seen`` is the revision that the person has looked at; as a file does, a picture makes a new
    one, so that nobody publishes pictures unseen. Raises ``Conflict``, and ``Invalid`` for a
    picture that the form does not show.
    """
    draft = hold_draft(session, draft_id, seen=seen)
    check_shown(definition_of_draft(draft), picture.name)
    _remove(session, draft_id, picture.name)
    session.add(
        DraftPicture(
            draft_id=draft_id,
            name=picture.name,
            media_type=picture.media_type,
            sha256=picture.sha256,
            size=picture.size,
            uploaded_at=clock.now(),
        )
    )
    _renew(session, draft, clock)
    note_draft(
        session,
        draft,
        "questionnaire.picture-added",
        actor=actor,
        clock=clock,
        picture=picture.name,
        sha256=picture.sha256,
    )
    return draft


def remove_picture(
    session: Session, *, draft_id: int, seen: int, name: str, actor: str, clock: Clock
) -> QuestionnaireDraft:
    """Take an uploaded picture out of a draft; raises ``NotFound`` and ``Conflict``."""
    draft = hold_draft(session, draft_id, seen=seen)
    there = session.exec(
        select(DraftPicture.id)
        .where(DraftPicture.draft_id == draft_id)
        .where(DraftPicture.name == name)
    ).first()
    if there is None:
        raise NotFound("No such picture was uploaded for this draft.", mend="Load the page again.")
    _remove(session, draft_id, name)
    _renew(session, draft, clock)
    note_draft(
        session, draft, "questionnaire.picture-removed", actor=actor, clock=clock, picture=name
    )
    return draft


def check_shown(definition: Definition | None, name: str) -> None:
    """Refuse a picture that a form does not show; raises ``Invalid``, ``Conflict`` for no form."""
    if definition is None:
        raise Conflict(
            "This draft still has faults, so it is not known yet which pictures its form shows.",
            mend="Mend the file, upload it again, and then its pictures.",
        )
    shown = picture_names(definition)
    if name not in shown:
        known = f"It shows: {', '.join(sorted(shown))}." if shown else "It shows none."
        problem = Problem(
            code="picture-not-shown",
            message=f"The form shows no picture «{name[:60]}».",
            mend=f"{known} Write the name in «image» of a question, and upload the form again.",
            place="name",
        )
        raise Invalid([problem])


def keep_pictures(
    session: Session, storage: Storage, *, version_id: int, pictures: Iterable[Picture]
) -> None:
    """Keep the pictures of a version that is being published; they never change again."""
    for picture in pictures:
        if picture.path is not None:
            storage.put_content(content_of(storage, picture))
        session.add(
            VersionPicture(
                version_id=version_id,
                name=picture.name,
                media_type=picture.media_type,
                sha256=picture.sha256,
                size=picture.size,
            )
        )
    session.flush()


def _remove(session: Session, draft_id: int, name: str) -> None:
    # What is kept under its sha256 stays: another draft or a version may show it too.
    session.exec(
        delete(DraftPicture)
        .where(col(DraftPicture.draft_id) == draft_id)
        .where(col(DraftPicture.name) == name)
    )


def _renew(session: Session, draft: QuestionnaireDraft, clock: Clock) -> None:
    draft.revision += 1
    draft.updated_at = clock.now()
    session.add(draft)
    session.flush()
