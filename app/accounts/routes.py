"""The routes of accounts."""

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from app.accounts import pages
from app.accounts.access import (
    SIGN_IN,
    Attempts,
    SignedIn,
    SignInNeeded,
    forget_user,
    remember_user,
    user_token,
)
from app.accounts.forms import SignInInput, TokenInput
from app.accounts.models import User
from app.accounts.rules import Scope, scopes_of, where_to
from app.accounts.service.api_tokens import create_token, revoke_token
from app.accounts.service.sign_in import check_credentials, close_session, open_session
from app.audit.service import record
from app.errors import Invalid
from app.web.access import public
from app.web.csrf import check_csrf
from app.web.pages import page
from app.web.transactions import ReadSession, ServicesDep, WriteSession

router = APIRouter(include_in_schema=False)
Csrf = Depends(check_csrf)


def install(app: FastAPI) -> None:
    """Lead who has to sign in there, and back afterwards to the page they asked for."""

    @app.exception_handler(SignInNeeded)
    def sign_in_first(request: Request, error: SignInNeeded) -> Response:
        if request.method == "GET":
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            address = request.url_for("sign_in").include_query_params(next=asked)
            return RedirectResponse(f"{address.path}?{address.query}", status_code=303)
        context = {"detail": error.message}
        return page(request, "accounts/session_ended.html", context, status=error.status)


@router.get(SIGN_IN, dependencies=[public("where people sign in")])
def sign_in(request: Request, next: str = "") -> Response:  # noqa: A002 - what the address says
    return pages.sign_in_page(request, after=where_to(next))


def credentials(
    request: Request, form: SignInInput, attempts: Attempts, services: ServicesDep
) -> User | None:
    """The user whose password was given, found before the writing transaction begins.

    Checking a password takes long on purpose; other writers must not wait for it.
    """
    address = request.client.host if request.client else "unknown"
    attempts.begin(email=form.email, address=address)
    with services.database.read() as session:
        user = check_credentials(session, email=form.email, password=form.password)
    if user is None:
        attempts.failed(address=address)
    else:
        attempts.succeeded(email=form.email)
    return user


@router.post(SIGN_IN, dependencies=[public("where people sign in"), Csrf])
def do_sign_in(
    request: Request,
    form: SignInInput,
    user: Annotated[User | None, Depends(credentials)],
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    token = None
    if user is not None and user.id is not None:
        token = open_session(
            session,
            user_id=user.id,
            password=form.password,
            hours=services.settings.session_hours,
            clock=services.clock,
        )
        record(
            session,
            clock=services.clock,
            actor=f"user:{user.id}",
            action="user.signed_in",
            subject=f"user:{user.id}",
        )
    if token is None:
        return pages.sign_in_page(
            request, email=form.email, after=where_to(form.next), refused=True
        )
    response = RedirectResponse(where_to(form.next), status_code=303)
    remember_user(response, token, settings=services.settings)
    return response


@router.post("/organiser/sign-out", dependencies=[public("ends the own session alone"), Csrf])
def sign_out(request: Request, services: ServicesDep, session: WriteSession) -> Response:
    token = user_token(request)
    if token is not None:
        close_session(session, token=token)
    response = RedirectResponse(f"{SIGN_IN}?left=1", status_code=303)
    forget_user(response, settings=services.settings)
    return response


@router.get("/organiser/tokens")
def tokens(request: Request, session: ReadSession, identity: SignedIn) -> Response:
    return pages.tokens_page(request, session, identity)


@router.post("/organiser/tokens", dependencies=[Csrf])
def make_token(
    request: Request,
    form: TokenInput,
    identity: SignedIn,
    services: ServicesDep,
    session: WriteSession,
) -> Response:
    try:
        token, text = create_token(
            session,
            user_id=identity.user_id,
            name=form.name,
            scopes=scopes_of(Scope(form.scope)),
            days=form.days or None,
            clock=services.clock,
        )
    except Invalid as fault:
        return pages.tokens_page(
            request, session, identity, problems=fault.problems, name=form.name
        )
    record(
        session,
        clock=services.clock,
        actor=identity.actor,
        action="api_token.made",
        subject=f"api_token:{token.id}",
        details={"scopes": " ".join(token.scopes)},
    )
    return pages.tokens_page(request, session, identity, made=text)


@router.post("/organiser/tokens/{token_id}/revoke", dependencies=[Csrf])
def end_token(
    token_id: int, identity: SignedIn, services: ServicesDep, session: WriteSession
) -> Response:
    revoke_token(session, token_id=token_id, user_id=identity.user_id, clock=services.clock)
    record(
        session,
        clock=services.clock,
        actor=identity.actor,
        action="api_token.revoked",
        subject=f"api_token:{token_id}",
    )
    return RedirectResponse("/organiser/tokens", status_code=303)
