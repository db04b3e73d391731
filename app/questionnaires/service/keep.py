"""Keep what was uploaded as a draft, faults and all, or in the place of an earlier file."""

import secrets

from sqlmodel import Session, col, delete, select

from app.audit.service import record
from app.clock import Clock
from app.errors import Conflict
from app.questionnaires.models import DraftPicture, QuestionnaireDraft, TestAnswer
from app.questionnaires.queries import unknown_draft
from app.questionnaires.uploads import Uploaded
from questionnaires.canonical import canonical_json
from questionnaires.kinds import check_value, value_from_json
from questionnaires.models import Definition

LONGEST_TITLE = 1000


class DraftExists(Conflict):
    """There is a draft of this version already; ``key`` is that of its address."""

    def __init__(self, message: str, *, mend: str, key: str) -> None:
        super().__init__(message, mend=mend)
        self.key = key


def keep_draft(
    session: Session, *, uploaded: Uploaded, user_id: int, actor: str, clock: Clock
) -> QuestionnaireDraft:
    """A new draft. Raises ``Conflict`` where there is one of this version already."""
    now = clock.now()
    key = secrets.token_hex(8)
    _check_alone(session, key, uploaded.definition)
    draft = QuestionnaireDraft(
        key=key,
        file_name=uploaded.name,
        content=uploaded.content,
        uploaded_by_id=user_id,
        created_at=now,
        updated_at=now,
    )
    _fill(draft, uploaded)
    session.add(draft)
    session.flush()
    note_draft(session, draft, "questionnaire.draft-kept", actor=actor, clock=clock)
    return draft


def replace_draft(
    session: Session,
    *,
    draft_id: int,
    uploaded: Uploaded,
    seen: int,
    actor: str,
    clock: Clock,
) -> QuestionnaireDraft:
    """Put a mended file in the place of a draft's.

    ``seen`` is the revision that the person has looked at; raises ``Conflict`` where a colleague
    has uploaded another file since. Test answers stay where their question still takes them.
    """
    draft = hold_draft(session, draft_id, seen=seen)
    _check_alone(session, draft.key, uploaded.definition)
    draft.file_name = uploaded.name
    draft.content = uploaded.content
    draft.revision += 1
    draft.updated_at = clock.now()
    _fill(draft, uploaded)
    session.add(draft)
    session.flush()
    if uploaded.definition is not None:
        _keep_fitting_answers(session, draft, uploaded.definition)
    note_draft(session, draft, "questionnaire.draft-replaced", actor=actor, clock=clock)
    return draft


def discard_draft(session: Session, *, draft_id: int, seen: int, actor: str, clock: Clock) -> None:
    """Remove a draft with its pictures and test answers."""
    draft = hold_draft(session, draft_id, seen=seen)
    remove_draft(session, draft)
    note_draft(session, draft, "questionnaire.draft-discarded", actor=actor, clock=clock)


def remove_draft(session: Session, draft: QuestionnaireDraft) -> None:
    """Take a draft away with everything that was tried out on it."""
    session.exec(delete(TestAnswer).where(col(TestAnswer.draft_id) == draft.id))
    session.exec(delete(DraftPicture).where(col(DraftPicture.draft_id) == draft.id))
    session.exec(delete(QuestionnaireDraft).where(col(QuestionnaireDraft.id) == draft.id))


def hold_draft(session: Session, draft_id: int, *, seen: int) -> QuestionnaireDraft:
    """The draft as it is now, held until the transaction ends.

    ``seen`` is the revision that the person has looked at. Raises ``Conflict`` where it is another
    now, ``NotFound`` where the draft was published or discarded meanwhile.
    """
    draft = session.exec(
        select(QuestionnaireDraft)
        .where(QuestionnaireDraft.id == draft_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if draft is None:
        raise unknown_draft()
    check_revision(draft, seen)
    return draft


def check_revision(draft: QuestionnaireDraft, seen: int) -> None:
    """Refuse to act on a file that the person has not seen; raises ``Conflict``."""
    if draft.revision != seen:
        raise Conflict(
            "A colleague has uploaded another file or picture for this draft since you looked at "
            "it.",
            mend="Open the draft again, look at what is in it now, and then decide.",
        )


def _fill(draft: QuestionnaireDraft, uploaded: Uploaded) -> None:
    definition = uploaded.definition
    draft.problems = [one.model_dump(mode="json", exclude_none=True) for one in uploaded.problems]
    draft.not_kept = [one.model_dump(mode="json", exclude_none=True) for one in uploaded.not_kept]
    draft.canonical = None
    if definition is None:
        return
    draft.canonical = canonical_json(definition).decode()
    draft.slug = definition.slug
    draft.version = definition.version
    draft.title = definition.words(definition.settings.form_title)[:LONGEST_TITLE]


def _check_alone(session: Session, key: str, definition: Definition | None) -> None:
    if definition is None:
        return
    other = session.exec(
        select(QuestionnaireDraft.key)
        .where(QuestionnaireDraft.slug == definition.slug)
        .where(QuestionnaireDraft.version == definition.version)
        .where(QuestionnaireDraft.key != key)
    ).first()
    if other is not None:
        raise DraftExists(
            f"There is already a draft of {definition.slug} {definition.version}; two drafts of "
            "one version would be mistaken for each other.",
            mend="Open that draft in the list of questionnaires and upload your file there, or "
            "give yours another «version».",
            key=other,
        )


def _keep_fitting_answers(
    session: Session, draft: QuestionnaireDraft, definition: Definition
) -> None:
    for answer in session.exec(select(TestAnswer).where(TestAnswer.draft_id == draft.id)):
        question = definition.by_name.get(answer.question)
        if question is not None:
            value, problems = value_from_json(question, answer.value)
            if value is not None:
                problems = [*problems, *check_value(question, definition, value)]
            if not problems:
                continue
        session.delete(answer)
    session.flush()


def note_draft(
    session: Session,
    draft: QuestionnaireDraft,
    action: str,
    *,
    actor: str,
    clock: Clock,
    **more: str,
) -> None:
    """Put what was done with a draft into the audit log."""
    record(
        session,
        clock=clock,
        actor=actor,
        action=action,
        subject=f"questionnaire-draft:{draft.key}",
        details={
            "questionnaire": draft.slug,
            "version": draft.version,
            "revision": str(draft.revision),
            **more,
        },
    )
