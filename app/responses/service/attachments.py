"""Keep the answers to file questions in step with the materials that are tagged with them."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.clock import Clock
from app.responses.drafts import Draft, Editor
from app.responses.models import Response
from app.responses.queries import kept_answers, materials_of
from app.responses.service.save import save_answers
from questionnaires.models import UPLOADS, Definition


def name_attachments(
    session: Session,
    *,
    invitation_id: int,
    definition: Definition,
    questions: Sequence[str],
    editor: Editor,
    clock: Clock,
) -> None:
    """Save, for each of these questions that asks for files, which materials answer it."""
    names = [
        name
        for name in questions
        if name in definition.by_name and definition.by_name[name].type in UPLOADS
    ]
    response = session.exec(
        select(Response)
        .where(col(Response.invitation_id) == invitation_id)
        .where(col(Response.official))
    ).one_or_none()
    if not names or response is None:
        return
    kept = kept_answers(session, response.id or 0, names=names)
    materials = materials_of(session, invitation_id)
    drafts = [
        Draft(
            question=name,
            value=",".join(row.key for row in materials if name in row.questions) or None,
            based_on=kept[name].revision if name in kept else 0,
        )
        for name in names
    ]
    save_answers(
        session,
        response=response,
        definition=definition,
        drafts=drafts,
        editor=editor,
        clock=clock,
    )
