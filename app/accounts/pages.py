"""The pages of accounts: sign-in, API tokens."""

from collections.abc import Sequence

from fastapi import Request, Response
from sqlmodel import Session

from app.accounts.policy import Identity
from app.accounts.queries import tokens_of
from app.accounts.rules import TOKEN_DAYS
from app.web.pages import page
from questionnaires.problems import Problem


def sign_in_page(
    request: Request, *, email: str = "", after: str = "", refused: bool = False
) -> Response:
    """The form to sign in, or again with what was wrong."""
    context = {"email": email, "after": after, "refused": refused}
    return page(request, "accounts/sign_in.html", context, status=401 if refused else 200)


def tokens_page(
    request: Request,
    session: Session,
    identity: Identity,
    *,
    problems: Sequence[Problem] = (),
    made: str = "",
    name: str = "",
) -> Response:
    """A user's API tokens; ``made`` is the text of a new one, shown this once."""
    context = {
        "tokens": tokens_of(session, identity.user_id),
        "now": request.app.state.services.clock.now(),
        "days": TOKEN_DAYS,
        "problems": problems,
        "made": made,
        "name": name,
    }
    return page(request, "accounts/tokens.html", context, status=422 if problems else 200)
