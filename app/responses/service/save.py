"""Save answers: each with the revision it was based on, so that nothing is overwritten unseen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session

from app.clock import Clock
from app.columns import Table
from app.errors import Invalid
from app.responses.content import check_draft
from app.responses.drafts import (
    Content,
    Draft,
    Editor,
    Kept,
    Refused,
    ResponseKey,
    Result,
    Saved,
    Stale,
)
from app.responses.models import Response
from app.responses.queries import kept_answers, was_refused_before
from app.responses.service.hold import Held, hold_open
from app.responses.service.insertion import insert_unless_there
from app.responses.service.settle import Unsettled, settle
from exports.records import Channel
from questionnaires.models import Definition, MissingCode

_ANSWERS = Table.metadata.tables["answer"]
_UPDATE = (
    update(_ANSWERS)
    .where(_ANSWERS.c.response_id == bindparam("of"))
    .where(_ANSWERS.c.question == bindparam("to"))
    .where(_ANSWERS.c.revision == bindparam("at"))
)
_REMEMBER = insert(Table.metadata.tables["answer_revision"])


def save_answer(
    session: Session,
    *,
    response: Response | ResponseKey,
    definition: Definition,
    question: str,
    value: object = None,
    missing: MissingCode | None = None,
    comment: str | None = None,
    source: str | None = None,
    based_on: int,
    editor: str,
    contact_id: int | None = None,
    user_id: int | None = None,
    channel: Channel = Channel.WEB,
    clock: Clock,
) -> Saved | Stale:
    """Save one answer; ``save_answers`` says how.

    A ``Stale`` result is to be committed like a ``Saved`` one: what was sent is in the history.
    Raises ``Invalid`` with every problem of a value that is not of the question's kind.
    """
    draft = Draft(
        question=question,
        value=value,
        missing=missing,
        comment=comment,
        source=source,
        based_on=based_on,
    )
    (result,) = save_answers(
        session,
        response=response,
        definition=definition,
        drafts=(draft,),
        editor=Editor(editor, contact_id=contact_id, user_id=user_id, channel=channel),
        clock=clock,
    )
    if isinstance(result, Refused):
        raise Invalid(list(result.problems))
    return result


def save_answers(
    session: Session,
    *,
    response: Response | ResponseKey,
    definition: Definition,
    drafts: Sequence[Draft],
    editor: Editor,
    clock: Clock,
) -> list[Result]:
    """Save several answers, each for itself; one result for each draft, in their order.

    ``Saved``: applied, or equal to what is stored (then without a new revision). ``Stale``: the
    answer had moved on from ``based_on``; nothing was overwritten, the draft stands in the history
    as refused, and the result carries both. ``Refused``: wrong type, unknown option, too long;
    nothing was stored. A broken constraint is no reason to refuse: it only stands in the way of
    submitting. Raises ``AlreadyReturned`` or ``RoundClosed`` when nothing can be saved any more.
    """
    held = hold_open(session, invitation_id=response.invitation_id, clock=clock)
    response_id = response.id or 0
    kept = kept_answers(session, response_id, names=[draft.question for draft in drafts])
    return save_held(
        session,
        held=held,
        response_id=response_id,
        definition=definition,
        kept=kept,
        drafts=drafts,
        editor=editor,
    )


def save_held(
    session: Session,
    *,
    held: Held,
    response_id: int,
    definition: Definition,
    kept: dict[str, Kept],
    drafts: Sequence[Draft],
    editor: Editor,
) -> list[Result]:
    """``save_answers`` for one who holds the invitation and has read the answers since.

    ``kept`` has the answers to at least the drafts' questions, and is brought up to date.
    """
    results: list[Result] = []
    for draft in drafts:
        present = kept.get(draft.question)
        checked = check_draft(definition, draft, present)
        if not isinstance(checked, Content):
            results.append(Refused(draft.question, tuple(checked)))
            continue
        write = _Write(
            session=session,
            response_id=response_id,
            draft=draft,
            content=checked,
            editor=editor,
            held=held,
        )
        result = write.apply(present)
        results.append(result)
        if isinstance(result, Saved) and result.changed:
            kept[draft.question] = Kept(checked, result.revision, editor.name, held.now)
    return results


@dataclass(frozen=True, slots=True, kw_only=True)
class _Write:
    """One draft on its way into the tables."""

    session: Session
    response_id: int
    draft: Draft
    content: Content
    editor: Editor
    held: Held

    @property
    def now(self) -> datetime:
        return self.held.now

    def apply(self, present: Kept | None) -> Saved | Stale:
        """Apply the draft to the answer as it was read, or find that it has moved on."""
        revision = present.revision if present is not None else 0
        stored = present.content if present is not None else Content()
        if stored == self.content and not (self.draft.confirms and revision == self.draft.based_on):
            at = present.at if present is not None else self.now
            return Saved(self.draft.question, stored, revision, at, changed=False)
        if revision != self.draft.based_on:
            return self._stale(present)
        if not self.held.locked:
            row = {"question": self.draft.question, "revision": revision + 1, **self._row()}
            row |= {"edited_at": self.now}
            settle(self.session, row, read=revision, invitation_id=self.held.invitation_id)
        elif not (self._insert() if present is None else self._update(revision)):
            # On PostgreSQL somebody else may have saved since the answer was read.
            (moved,) = kept_answers(
                self.session, self.response_id, names=[self.draft.question]
            ).values()
            if moved.content == self.content:
                return Saved(
                    self.draft.question, moved.content, moved.revision, moved.at, changed=False
                )
            return self._stale(moved)
        return Saved(
            self.draft.question,
            self.content,
            revision + 1,
            self.now,
            changed=True,
            previous=stored,
        )

    def _insert(self) -> bool:
        row = {"question": self.draft.question, "revision": 1, "edited_at": self.now}
        return insert_unless_there(self.session, _ANSWERS, {**row, **self._row()})

    def _update(self, revision: int) -> bool:
        row = {"revision": revision + 1, "edited_at": self.now, **self._row()}
        of = {"of": self.response_id, "to": self.draft.question, "at": revision}
        return self.session.connection().execute(_UPDATE, {**of, **row}).rowcount == 1

    def _stale(self, theirs: Kept | None) -> Stale:
        if not self.held.locked:
            raise Unsettled
        absent = Kept(Content(), 0, "", self.now)
        stale = Stale(self.draft.question, mine=self.content, theirs=theirs or absent)
        repeated = was_refused_before(
            self.session,
            response_id=self.response_id,
            question=self.draft.question,
            based_on=self.draft.based_on,
            content=self.content,
            editor=self.editor,
        )
        if not repeated:
            self._remember_refused()
        return stale

    def _remember_refused(self) -> None:
        # What is accepted, the database writes to the history by itself.
        row = {"question": self.draft.question, "revision": self.draft.based_on}
        row |= {"accepted": False, "at": self.now}
        self.session.connection().execute(_REMEMBER, {**row, **self._row()})

    def _row(self) -> dict[str, object]:
        return {
            "response_id": self.response_id,
            "value": self.content.value,
            "missing": self.content.missing,
            "comment": self.content.comment,
            "source": self.content.source,
            "editor": self.editor.name,
            "contact_id": self.editor.contact_id,
            "user_id": self.editor.user_id,
            "channel": self.editor.channel,
        }
