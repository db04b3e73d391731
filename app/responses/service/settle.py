"""Write an answer by one statement that sees by itself that the answer can still be written.

For PostgreSQL, where it saves the round trips of a transaction: the statement locks the invitation
as ``hold_open`` does, looks whether it is returned, and writes at the one revision that was read.
"""

from collections.abc import Mapping

from sqlalchemy import BindParameter, Column, bindparam, exists, literal, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from app.columns import Table

_ANSWERS = Table.metadata.tables["answer"]
_INVITATIONS = Table.metadata.tables["invitation"]
# A row that had to be waited for is read again, and its condition asked again.
_IS_OPEN = exists(
    select(literal(1))
    .select_from(_INVITATIONS)
    .where(_INVITATIONS.c.id == bindparam("of_invitation"))
    .where(_INVITATIONS.c.returned_at.is_(None))
    .with_for_update(read=True)
)
_KEYS = ("response_id", "question")
_CONTENT = [column for column in _ANSWERS.columns if column.name not in _KEYS]


def _sent(column: Column[object]) -> BindParameter[object]:
    return bindparam(f"new_{column.name}", type_=column.type)


_UPDATE = (
    update(_ANSWERS)
    .where(_ANSWERS.c.response_id == _sent(_ANSWERS.c.response_id))
    .where(_ANSWERS.c.question == _sent(_ANSWERS.c.question))
    .where(_ANSWERS.c.revision == bindparam("read_revision"))
    .where(_IS_OPEN)
    .values({column: _sent(column) for column in _CONTENT})
)
_INSERT = (
    insert(_ANSWERS)
    .from_select(
        [column.name for column in _ANSWERS.columns],
        select(*(_sent(column) for column in _ANSWERS.columns)).where(_IS_OPEN, true()),
    )
    .on_conflict_do_nothing()
    .returning(_ANSWERS.c.revision)
)


class Unsettled(Exception):
    """What was read without a lock had changed: nothing was written, and it is to be held."""


def settle(session: Session, row: Mapping[str, object], *, read: int, invitation_id: int) -> None:
    """Write the row of an answer that was read at the revision ``read``, 0 for none.

    Raises ``Unsettled`` when somebody else was faster, or the invitation has been returned.
    """
    sent = {f"new_{name}": value for name, value in row.items()}
    sent["of_invitation"] = invitation_id
    connection = session.connection()
    if read == 0:
        written = connection.execute(_INSERT, sent).first() is not None
    else:
        written = connection.execute(_UPDATE, {**sent, "read_revision": read}).rowcount == 1
    if not written:
        raise Unsettled
