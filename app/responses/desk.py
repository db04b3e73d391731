"""All that a save needs to know before it writes, in one query."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam
from sqlmodel import Session, col

from app.clock import Clock
from app.registry.models import Contact
from app.responses.access import IDENTITY, link_needed, require_open
from app.responses.drafts import Editor, Kept, ResponseKey
from app.responses.models import Response, StoredAnswer
from app.responses.queries import ANSWER_COLUMNS, kept_of
from app.responses.rules import editor_name, effective_due
from app.responses.service.hold import Held, hold_open
from app.rounds.models import Invitation, PersonalLink, QuestionnaireVersion, Round
from app.rounds.service.link import hash_of

# What costs time is the number of columns, so this leaves out what only pages show.
_SAVER: Select[*tuple[Any, ...]] = IDENTITY.with_only_columns(
    col(PersonalLink.contact_id),
    col(Contact.role),
    col(Invitation.id).label("invitation_id"),
    col(Invitation.extended_until),
    col(Invitation.returned_at),
    col(Response.id).label("response_id"),
    col(Response.version_id),
    col(QuestionnaireVersion.sha256),
    col(Round.time_zone),
    col(Round.due_at),
    col(Round.closed_at),
    *ANSWER_COLUMNS,
)


def _with_answers(to: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    of_response = col(StoredAnswer.response_id) == col(Response.id)
    return _SAVER.outerjoin(StoredAnswer, of_response & to)


_DESK = _with_answers(col(StoredAnswer.question).in_(bindparam("names", expanding=True)))
# The form's script saves one question at a time, and a list has to be written out at each query.
_DESK_FOR_ONE = _with_answers(col(StoredAnswer.question) == bindparam("name"))
_LOCKED = {
    statement: statement.with_for_update(read=True, of=col(Invitation.id))
    for statement in (_DESK, _DESK_FOR_ONE)
}


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a save needs to know: who saves, what is held still for it, what is there."""

    editor: Editor
    response: ResponseKey
    version_sha256: str
    held: Held
    kept: dict[str, Kept]


def desk_of(
    session: Session, token: str, *, names: Collection[str], clock: Clock, lock: bool = True
) -> Desk:
    """Who saves, the invitation held open until the transaction ends, and the answers by question.

    ``names`` may be any that were sent. One query, since this is asked at each save: whoever makes
    a return holds the same row, and on it the database marks the return, so that one who has
    waited sees it. An answer that has moved on meanwhile is found out when it is written. Without
    ``lock`` it is only looked at. Raises ``LinkNeeded``, ``RoundClosed`` or ``AlreadyReturned``.
    """
    now = clock.now()
    asked: dict[str, object] = {"token_hash": hash_of(token), "now": now}
    if len(names) == 1:
        statement, asked["name"] = _DESK_FOR_ONE, next(iter(names))
    else:
        statement, asked["names"] = _DESK, list(names)
    chosen = _LOCKED[statement] if lock else statement
    rows = session.connection().execute(chosen, asked).all()
    if not rows:
        raise link_needed()
    row = rows[0]
    require_open(row, now)
    if row.returned_at is not None:
        hold_open(session, invitation_id=row.invitation_id, clock=clock)
    width = len(ANSWER_COLUMNS)
    return Desk(
        editor=Editor(editor_name(row.role), contact_id=row.contact_id),
        response=ResponseKey(row.response_id, row.invitation_id, row.version_id),
        version_sha256=row.sha256,
        held=Held(
            invitation_id=row.invitation_id,
            due_at=effective_due(row.due_at, row.extended_until),
            zone=row.time_zone,
            now=now,
            locked=lock,
        ),
        kept={each[-width]: kept_of(each[-width:]) for each in rows if each[-width] is not None},
    )
