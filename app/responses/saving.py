"""What the route that saves begins with: what a respondent sent, and a door to write by."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request
from sqlmodel import Session

from app.responses.access import session_token
from app.responses.desk import Desk, desk_of
from app.responses.forms import opened_form, texts_of
from app.responses.service.settle import Unsettled
from app.services import Services
from app.web.csrf import check_csrf

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class SentForm:
    """What the respondent of a session has sent, and a door to the database to save it by."""

    token: str
    fields: Mapping[str, Sequence[str]]
    services: Services

    async def submit(
        self, work: Callable[[Session, Desk], Result], *, names: Collection[str]
    ) -> Result:
        """Do the work as the respondent, at a desk with the answers to ``names`` on it.

        Work on one answer is tried without a lock first: it is hardly ever in anybody's way, and
        writes nothing if it is. Raises what ``desk_of`` and the work raise.
        """
        database, clock = self.services.database, self.services.clock

        def looking(session: Session) -> Result:
            desk = desk_of(session, self.token, names=names, clock=clock, lock=False)
            return work(session, desk)

        def holding(session: Session) -> Result:
            return work(session, desk_of(session, self.token, names=names, clock=clock))

        if len(names) == 1 and not database.is_sqlite:
            try:
                return await database.submit_statement(looking)
            except Unsettled:
                pass
        return await database.submit(holding)


async def sent_form(request: Request) -> SentForm:
    """The form of one who has a session; who that is, is found in the transaction that saves.

    No dependency but a call: this request is made most, and a dependency costs as much as a query.
    Raises ``LinkNeeded``, ``TooLarge`` or ``Forbidden``.
    """
    token = await session_token(request)
    async with opened_form(request) as form:
        await check_csrf(request)
        fields = texts_of(form)
    return SentForm(token, fields, request.app.state.services)
