"""Who calls: the user of an API token, or the respondent of a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.accounts.policy import Action, Identity, surveys_where
from app.accounts.queries import identity_of_api_token
from app.accounts.rules import Scope
from app.accounts.tokens import API_PREFIX
from app.errors import Forbidden, NotSignedIn
from app.responses.access import LinkNeeded, RespondentIdentity, identity_of
from app.web.access import permission
from app.web.transactions import ReadSession, ServicesDep

# Cookies are not looked at, so that no page of another site can make a browser call.
BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="bearer",
    description=(
        "An API token of a user (made on the page «API tokens»), or the token of a respondent's "
        "session (made from a personal link by `POST /api/v1/sessions`)."
    ),
)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]
SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class UserCaller:
    """A user's program, with the rights of its user within its token's scopes."""

    identity: Identity
    scopes: frozenset[Scope]
    token_id: int
    expires_at: datetime | None
    """When its token ends; ``None`` for when it is revoked."""


@dataclass(frozen=True, slots=True)
class RespondentCaller:
    """A respondent's program, with the rights of its personal link."""

    respondent: RespondentIdentity
    token: str


Caller = UserCaller | RespondentCaller


@permission("bearer token")
def caller_of(
    request: Request, credentials: Credentials, session: ReadSession, services: ServicesDep
) -> Caller:
    """Who calls; raises ``NotSignedIn``, or ``Forbidden`` where the scopes do not reach."""
    if credentials is None:
        raise NotSignedIn(
            "This operation needs a bearer token.",
            mend="Send the header Authorization: Bearer, with a token of yours.",
        )
    token = credentials.credentials
    if not token.startswith(API_PREFIX):
        try:
            return RespondentCaller(identity_of(session, token, clock=services.clock), token)
        except LinkNeeded as error:
            raise _not_valid() from error
    found = identity_of_api_token(session, token, now=services.clock.now())
    if found is None:
        raise _not_valid()
    needed = Scope.READ if request.method in SAFE else Scope.WRITE
    if needed not in found.scopes:
        raise Forbidden(
            f"This token may not {needed.value}.",
            mend="Make a token that may read and write on the page «API tokens».",
        )
    return UserCaller(*found)


AnyCaller = Annotated[Caller, Depends(caller_of)]


def user_of(caller: AnyCaller) -> UserCaller:
    """A user's program; raises ``Forbidden`` for a respondent's."""
    if isinstance(caller, UserCaller):
        return caller
    raise Forbidden(
        "A respondent's session gives access to its own invitation alone.",
        mend="Use an API token of a user who may do this.",
    )


AnyUser = Annotated[UserCaller, Depends(user_of)]


def surveys_visible(caller: UserCaller) -> frozenset[int] | None:
    """The surveys whose rounds a user may see; ``None`` for all of them."""
    return surveys_where(caller.identity, Action.VIEW_BOARD)


def _not_valid() -> NotSignedIn:
    return NotSignedIn(
        "This bearer token is not valid, or not valid any more.",
        mend="Make a new token, or open a new session from the personal link.",
    )
