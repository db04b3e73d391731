"""Sessions of respondents, made from a personal link, and who one is."""

from datetime import datetime

from fastapi import APIRouter, Request, Response
from pydantic import Field
from sqlmodel import Session

from app.accounts.models import Role
from app.api.v1.callers import AnyCaller, RespondentCaller
from app.api.v1.models import ApiInput, ApiModel
from app.api.v1.problems import refusals
from app.errors import Conflict
from app.registry.models import Respondent
from app.responses.guesses import Guesses, address_of
from app.responses.service.start import end_session, start_session
from app.rounds.models import Invitation, Round
from app.web.access import public
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(tags=["sessions"])


class PersonalLinkIn(ApiInput):
    """A personal link, or the token at its end."""

    token: str = Field(
        max_length=500,
        description="What stands behind /r/ in the personal link; the whole link will do too.",
        examples=["https://survey.example.org/r/Xk3…"],
    )


class SessionOut(ApiModel):
    """A session with the rights of the link it was made from."""

    token: str = Field(description="For the header Authorization: Bearer. Told this once.")
    expires_at: datetime
    invitation: str = Field(examples=["/api/v1/rounds/rcp-demo/invitations/midsa"])


class GrantOut(ApiModel):
    """A role, in one survey or in all."""

    role: Role
    survey_id: int | None = Field(description="null: in every survey.")


class CallerOut(ApiModel):
    """Who the bearer of a token is."""

    kind: str = Field(examples=["user", "respondent"])
    name: str = Field(description="A user's name, or what a respondent's edits are signed with.")
    scopes: list[str] = Field(examples=[["read", "write"]])
    grants: list[GrantOut]
    invitation: str | None = Field(
        description="A respondent's own invitation.",
        examples=["/api/v1/rounds/rcp-demo/invitations/midsa"],
    )


@router.post(
    "/sessions",
    status_code=201,
    summary="Start a respondent's session from a personal link",
    dependencies=[public("the link itself is the key")],
    responses=refusals(410, 429),
)
def create_session(
    link: PersonalLinkIn,
    request: Request,
    guesses: Guesses,
    services: ServicesDep,
    session: WriteSession,
) -> SessionOut:
    """The session may do what the personal link may: read and answer one invitation.

    The first time, it also notes that the link was opened and begins the response, as the button
    on the page does.
    """
    token = link.token.strip().rpartition("/")[2]
    with guesses.counted(address_of(request)):
        started = start_session(session, token=token, clock=services.clock)
    return SessionOut(
        token=started.token,
        expires_at=started.expires_at,
        invitation=_address(session, started.invitation_id),
    )


@router.delete(
    "/sessions/current",
    status_code=204,
    summary="End the session",
    responses=refusals(409),
)
def delete_session(caller: AnyCaller, session: WriteSession) -> Response:
    """End the respondent's session that the token belongs to. What was saved is kept."""
    if not isinstance(caller, RespondentCaller):
        raise Conflict(
            "An API token is no session, so there is nothing to end.",
            mend="Revoke the token on the page «API tokens», or by DELETE /api/v1/tokens/ and its "
            "number.",
        )
    end_session(session, token=caller.token)
    return Response(status_code=204)


@router.get("/me", summary="Who the token belongs to", responses=refusals())
def get_me(caller: AnyCaller, session: ReadSession) -> CallerOut:
    """The user or respondent of the token, and what it may do."""
    if isinstance(caller, RespondentCaller):
        respondent = caller.respondent
        return CallerOut(
            kind="respondent",
            name=respondent.editor.name,
            scopes=["read", "write"],
            grants=[],
            invitation=_address(session, respondent.invitation_id),
        )
    return CallerOut(
        kind="user",
        name=caller.identity.name,
        scopes=sorted(scope.value for scope in caller.scopes),
        grants=[
            GrantOut(role=grant.role, survey_id=grant.survey_id) for grant in caller.identity.grants
        ],
        invitation=None,
    )


def _address(session: Session, invitation_id: int) -> str:
    invitation = session.get_one(Invitation, invitation_id)
    slug = session.get_one(Round, invitation.round_id).slug
    key = session.get_one(Respondent, invitation.respondent_id).key
    return f"/api/v1/rounds/{slug}/invitations/{key}"
