"""The dependencies of routes that ask for a signed-in user."""

from typing import Annotated

from fastapi import Depends, Request, Response

from app.accounts.attempts import SignInAttempts
from app.accounts.policy import Action, Identity, surveys_where
from app.accounts.queries import identity_of_session
from app.errors import Forbidden, NotSignedIn
from app.settings import Settings
from app.web.access import permission
from app.web.transactions import ReadSession, ServicesDep
from app.web.ways import Way

COOKIE = "rapporteur_user"
SIGN_IN = "/organiser/sign-in"
ROUNDS = "/organiser"


class SignInNeeded(NotSignedIn):
    """A page of the organisers was asked for by somebody who has not signed in."""


def cookie_name(settings: Settings) -> str:
    """The name of the session's cookie; browsers hold ``__Host-`` to HTTPS and to this host."""
    return f"__Host-{COOKIE}" if settings.secure_cookies else COOKIE


def remember_user(response: Response, token: str, *, settings: Settings) -> None:
    """Set the session's cookie, which no script can read."""
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=settings.session_hours * 3600,
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
        path="/",
    )


def forget_user(response: Response, *, settings: Settings) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(
        cookie_name(settings),
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
        path="/",
    )


def user_token(request: Request) -> str | None:
    """The token in the session's cookie."""
    return request.cookies.get(cookie_name(request.app.state.services.settings))


def door(request: Request) -> Way | None:
    """The way to the rounds, for a browser in which somebody has signed in."""
    return Way(ROUNDS, "To the list of rounds") if user_token(request) else None


@permission("signed in")
def signed_in(request: Request, session: ReadSession, services: ServicesDep) -> Identity:
    """Who is signed in; raises ``SignInNeeded``."""
    token = user_token(request)
    identity = None
    if token is not None:
        identity = identity_of_session(session, token, now=services.clock.now())
    if identity is None:
        raise SignInNeeded(
            "Nobody is signed in with this browser, or the session has ended.",
            mend="Sign in, then do it again.",
        )
    request.state.person = identity
    return identity


SignedIn = Annotated[Identity, Depends(signed_in)]


@permission(f"{Action.VIEW_BOARD} somewhere")
def views_a_board(identity: SignedIn) -> Identity:
    """Somebody who may see at least one survey; raises ``Forbidden``."""
    if surveys_where(identity, Action.VIEW_BOARD) == frozenset():
        raise Forbidden(
            "Your account has no role in any survey yet.",
            mend="Ask an administrator of this service to give you one.",
        )
    return identity


ViewsABoard = Annotated[Identity, Depends(views_a_board)]


def attempts_of(request: Request, services: ServicesDep) -> SignInAttempts:
    """The counter of tries that this application keeps."""
    state = request.app.state
    if not hasattr(state, "sign_in_attempts"):
        state.sign_in_attempts = SignInAttempts(services.settings.sign_in_tries)
    attempts: SignInAttempts = state.sign_in_attempts
    return attempts


Attempts = Annotated[SignInAttempts, Depends(attempts_of)]
