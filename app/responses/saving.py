"""The dependency of the route that saves: what a respondent sent, and a door to write by."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlmodel import Session
from starlette.datastructures import FormData

from app.responses.access import OWN_INVITATION, RespondentIdentity, identity_of, session_token
from app.responses.forms import opened_form
from app.services import Services
from app.web.access import permission
from app.web.csrf import check_csrf

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class SentForm:
    """What the respondent of a session has sent, and a door to the database to save it by."""

    token: str
    form: FormData
    services: Services

    async def submit(self, work: Callable[[Session, RespondentIdentity], Result]) -> Result:
        """Do the work as the respondent; raises what ``writing_respondent`` and the work raise."""

        def as_respondent(session: Session) -> Result:
            return work(session, identity_of(session, self.token, clock=self.services.clock))

        return await self.services.database.submit(as_respondent)


@permission(OWN_INVITATION)
async def sent_form(request: Request) -> AsyncIterator[SentForm]:
    """The form of one who has a session; who that is, is found in the transaction that saves.

    One dependency for all that is asked of such a request, in this order: it is the one that is
    made most, and each dependency costs as much as a query.
    """
    token = await session_token(request)
    async with opened_form(request) as form:
        await check_csrf(request)
        yield SentForm(token, form, request.app.state.services)


Saving = Annotated[SentForm, Depends(sent_form)]
