"""Try a draft out: test answers, which are kept apart from real ones and counted nowhere."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete

from app.clock import Clock
from app.questionnaires.models import TestAnswer
from app.responses.content import check_draft
from app.responses.drafts import Content, Draft, Refused, Result, Saved
from app.responses.fields import Posted
from questionnaires.kinds import parse_fields, value_to_json
from questionnaires.models import Definition


def save_posted_tests(
    session: Session,
    *,
    draft_id: int,
    user_id: int,
    definition: Definition,
    posted: Sequence[Posted],
    clock: Clock,
) -> dict[str, Result]:
    """Keep what a form holds as test answers of one person, or say why not; by question."""
    results: dict[str, Result] = {}
    for each in posted:
        question = definition.by_name[each.question]
        value, problems = parse_fields(question, definition, each.fields)
        if problems:
            results[each.question] = Refused(each.question, tuple(problems))
            continue
        draft = Draft(
            question=each.question,
            value=None if value is None else value_to_json(value),
            missing=each.missing_code,
            comment=each.comment,
            source=each.source,
        )
        results[each.question] = save_test(
            session,
            draft_id=draft_id,
            user_id=user_id,
            definition=definition,
            draft=draft,
            clock=clock,
        )
    return results


def save_test(
    session: Session,
    *,
    draft_id: int,
    user_id: int,
    definition: Definition,
    draft: Draft,
    clock: Clock,
) -> Saved | Refused:
    """Keep one test answer, checked as a respondent's would be; an empty one is removed."""
    content = check_draft(definition, draft, None)
    if not isinstance(content, Content):
        return Refused(draft.question, tuple(content))
    now = clock.now()
    session.exec(
        delete(TestAnswer)
        .where(col(TestAnswer.draft_id) == draft_id)
        .where(col(TestAnswer.user_id) == user_id)
        .where(col(TestAnswer.question) == draft.question)
    )
    if not content.is_empty:
        session.add(
            TestAnswer(
                draft_id=draft_id,
                user_id=user_id,
                question=draft.question,
                value=content.value,
                missing=content.missing,
                comment=content.comment,
                source=content.source,
                saved_at=now,
            )
        )
    session.flush()
    return Saved(draft.question, content, 1, now, changed=True)


def wipe_tests(session: Session, *, draft_id: int, user_id: int) -> None:
    """Begin anew: remove what one person has answered to try a draft."""
    session.exec(
        delete(TestAnswer)
        .where(col(TestAnswer.draft_id) == draft_id)
        .where(col(TestAnswer.user_id) == user_id)
    )
