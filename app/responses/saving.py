"""The dependency of the route that saves: what a respondent sent, and a door to write by."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlmodel import Session

from app.responses.access import OWN_INVITATION, Desk, desk_of, session_token
from app.responses.forms import opened_form, texts_of
from app.services import Services
from app.web.access import permission
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

        Raises what ``desk_of`` and the work raise.
        """

        def as_respondent(session: Session) -> Result:
            desk = desk_of(session, self.token, names=names, clock=self.services.clock)
            return work(session, desk)

        return await self.services.database.submit(as_respondent)


@permission(OWN_INVITATION)
async def sent_form(request: Request) -> SentForm:
    """The form of one who has a session; who that is, is found in the transaction that saves.

    One dependency for all that is asked of such a request, in this order: it is the one that is
    made most, and each dependency costs as much as a query, one that yields more than that.
    """
    token = await session_token(request)
    async with opened_form(request) as form:
        await check_csrf(request)
        fields = texts_of(form)
    return SentForm(token, fields, request.app.state.services)


Saving = Annotated[SentForm, Depends(sent_form)]
