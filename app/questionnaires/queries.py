"""What can be asked of drafts: their list, one by its key, and what was tried out on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.accounts.policy import Action, Identity, surveys_where
from app.errors import NotFound
from app.questionnaires.models import QuestionnaireDraft, TestAnswer
from app.questionnaires.policy import may_write
from app.responses.drafts import Content, Kept
from app.rounds.models import QuestionnaireVersion, Round, Survey
from questionnaires.canonical import from_canonical
from questionnaires.models import Definition
from questionnaires.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """A draft as the list shows it."""

    key: str
    slug: str
    version: str
    title: str
    file_name: str
    revision: int
    errors: int
    warnings: int
    uploaded_by: str
    updated_at: datetime


def drafts_of(session: Session, identity: Identity) -> tuple[DraftEntry, ...]:
    """The drafts that somebody may write, the newest first."""
    if surveys_where(identity, Action.WRITE_QUESTIONNAIRES) == frozenset():
        return ()
    using = _surveys_by_slug(session)
    rows = session.exec(
        select(QuestionnaireDraft, User.name)
        .join(User, col(User.id) == col(QuestionnaireDraft.uploaded_by_id), isouter=True)
        .order_by(col(QuestionnaireDraft.updated_at).desc(), col(QuestionnaireDraft.id).desc())
    )
    return tuple(
        entry_of(draft, name or "")
        for draft, name in rows
        if may_write(
            identity,
            surveys=using.get(draft.slug, frozenset()),
            uploaded_by=draft.uploaded_by_id,
        )
    )


def draft_by_key(session: Session, key: str) -> QuestionnaireDraft:
    """A draft; raises ``NotFound``."""
    found = session.exec(
        select(QuestionnaireDraft).where(QuestionnaireDraft.key == key)
    ).one_or_none()
    if found is None:
        raise unknown_draft()
    return found


def unknown_draft() -> NotFound:
    """What to raise for a draft that isn't there, and alike for one that is not for this person."""
    return NotFound(
        "There is no such draft, or it is none of yours; or it was published meanwhile.",
        mend="Choose one from the list of questionnaires.",
    )


def definition_of_draft(draft: QuestionnaireDraft) -> Definition | None:
    """What a draft asks; ``None`` while it has faults."""
    return None if draft.canonical is None else from_canonical(draft.canonical.encode())


def problems_of_draft(draft: QuestionnaireDraft) -> tuple[Problem, ...]:
    """What was found in a draft's file."""
    return tuple(Problem.model_validate(one) for one in draft.problems)


def not_kept_of_draft(draft: QuestionnaireDraft) -> tuple[Problem, ...]:
    """What a draft's file says and a definition cannot."""
    return tuple(Problem.model_validate(one) for one in draft.not_kept)


def surveys_using(session: Session, slug: str) -> frozenset[int]:
    """The surveys that ask by a questionnaire, or have ever asked by it."""
    return _surveys_by_slug(session).get(slug, frozenset())


def _surveys_by_slug(session: Session) -> Mapping[str, frozenset[int]]:
    surveys = session.exec(select(Survey.questionnaire, Survey.id))
    pairs = {(slug, survey_id or 0) for slug, survey_id in surveys}
    pairs |= set(
        session.exec(
            select(QuestionnaireVersion.slug, Round.survey_id)
            .where(QuestionnaireVersion.id == col(Round.version_id))
            .distinct()
        )
    )
    found: dict[str, frozenset[int]] = {}
    for slug, survey_id in pairs:
        found[slug] = found.get(slug, frozenset()) | {survey_id}
    return found


def test_answers(session: Session, draft_id: int, user_id: int) -> dict[str, Kept]:
    """What somebody has answered to try a draft, by question."""
    rows = session.exec(
        select(TestAnswer)
        .where(TestAnswer.draft_id == draft_id)
        .where(TestAnswer.user_id == user_id)
    )
    return {
        row.question: Kept(
            Content(row.value, row.missing, row.comment, row.source), 1, "", row.saved_at
        )
        for row in rows
    }


def entry_of(draft: QuestionnaireDraft, uploaded_by: str = "") -> DraftEntry:
    """A draft with the numbers of its faults."""
    problems = problems_of_draft(draft)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return DraftEntry(
        key=draft.key,
        slug=draft.slug,
        version=draft.version,
        title=draft.title,
        file_name=draft.file_name,
        revision=draft.revision,
        errors=errors,
        warnings=len(problems) - errors,
        uploaded_by=uploaded_by,
        updated_at=draft.updated_at,
    )
