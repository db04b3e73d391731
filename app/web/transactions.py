"""The sessions that routes ask for: one that reads, one that is committed before the response."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from app.services import Services


async def services_of(request: Request) -> Services:
    """What bootstrap built."""
    # Not a plain function: for one of those FastAPI would ask a thread.
    services: Services = request.app.state.services
    return services


async def read_session(
    services: Annotated[Services, Depends(services_of)],
) -> AsyncIterator[Session]:
    """A session that cannot change anything, for GET and HEAD."""
    async with services.database.read_async() as session:
        yield session


async def write_session(
    services: Annotated[Services, Depends(services_of)],
) -> AsyncIterator[Session]:
    """One transaction for the whole request."""
    async with services.database.write_async() as session:
        yield session


ServicesDep = Annotated[Services, Depends(services_of)]
# Scope «function» ends the transaction before the response goes out: what the client was told is
# saved, is saved. The default would commit after it.
ReadSession = Annotated[Session, Depends(read_session, scope="function")]
WriteSession = Annotated[Session, Depends(write_session, scope="function")]
