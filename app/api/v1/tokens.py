"""API tokens of the caller's own account: list, make, revoke."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from fastapi import Path as InPath
from pydantic import Field

from app.accounts.models import ApiToken
from app.accounts.queries import tokens_of
from app.accounts.rules import Scope
from app.accounts.service.api_tokens import create_token as make_token
from app.accounts.service.api_tokens import revoke_token
from app.api.v1.callers import AnyUser, UserCaller
from app.api.v1.models import ApiInput, ApiModel, Page
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.audit.service import record
from app.errors import Forbidden
from app.web.access import permission
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(prefix="/tokens", tags=["tokens"])
TokenId = Annotated[int, InPath(ge=1, le=2**31 - 1, description="Number of the token.")]


class TokenIn(ApiInput):
    """A token for a program. It may less than the token that makes it, and not for longer."""

    name: str = Field(description="What will use it.", examples=["nightly statistics"])
    scope: Literal["read", "write"] = Field(
        default="read", description="«write» reads too. Neither may manage tokens."
    )
    days: int | None = Field(
        default=None,
        ge=1,
        le=365,
        description="null: as long as the token that makes it.",
        examples=[90],
    )


class TokenOut(ApiModel):
    """A token of the account, without its text."""

    id: int
    name: str
    scopes: list[Scope] = Field(examples=[["read", "write"]])
    created_at: datetime
    expires_at: datetime | None = Field(description="null: it lasts until it is revoked.")
    revoked_at: datetime | None
    valid: bool = Field(description="Whether it opens anything now.")


class MadeTokenOut(TokenOut):
    """A token that was made just now."""

    token: str = Field(description="For the header Authorization: Bearer. Told this once.")


@permission("API token that manages tokens")
def manager(user: AnyUser) -> UserCaller:
    """A user's program whose token manages tokens; raises ``Forbidden``."""
    if Scope.TOKENS not in user.scopes:
        raise Forbidden(
            "This token may not manage tokens.",
            mend="Make one that may do all that you may on the page «API tokens».",
        )
    return user


Manager = Annotated[UserCaller, Depends(manager)]


@router.get("", summary="List the account's tokens", responses=refusals())
def list_tokens(
    user: Manager, paging: Paging, session: ReadSession, services: ServicesDep
) -> Page[TokenOut]:
    """The newest first, also those that are revoked or expired."""
    now = services.clock.now()
    return paging.page(
        tokens_of(session, user.identity.user_id),
        key=lambda one: str(one.id),
        show=lambda one: _show(one, now=now),
    )


@router.post("", status_code=201, summary="Make a token", responses=refusals())
def create_token(
    asked: TokenIn, user: Manager, services: ServicesDep, session: WriteSession
) -> MadeTokenOut:
    """For another program of the same person: to read, or to read and write."""
    made, text = make_token(
        session,
        user_id=user.identity.user_id,
        name=asked.name,
        scopes={Scope.READ, Scope(asked.scope)},
        days=asked.days,
        at_most_until=user.expires_at,
        clock=services.clock,
    )
    record(
        session,
        clock=services.clock,
        actor=user.identity.actor,
        action="api_token.made",
        subject=f"api_token:{made.id}",
        details={"scopes": " ".join(made.scopes), "by": f"api_token:{user.token_id}"},
    )
    shown = _show(made, now=services.clock.now())
    return MadeTokenOut(**shown.model_dump(), token=text)


@router.delete("/{token}", status_code=204, summary="Revoke a token", responses=refusals(404))
def delete_token(
    token: TokenId, user: Manager, services: ServicesDep, session: WriteSession
) -> Response:
    """It opens nothing from then on, and stays on the list. The own token can be revoked too."""
    revoke_token(session, token_id=token, user_id=user.identity.user_id, clock=services.clock)
    record(
        session,
        clock=services.clock,
        actor=user.identity.actor,
        action="api_token.revoked",
        subject=f"api_token:{token}",
        details={"by": f"api_token:{user.token_id}"},
    )
    return Response(status_code=204)


def _show(token: ApiToken, *, now: datetime) -> TokenOut:
    ended = token.expires_at is not None and token.expires_at <= now
    return TokenOut(
        id=token.id or 0,
        name=token.name,
        scopes=[Scope(scope) for scope in token.scopes],
        created_at=token.created_at,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
        valid=token.revoked_at is None and not ended,
    )
