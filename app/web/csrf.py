"""Proof that a form was sent from a page of ours: a token bound to the browser's cookie."""

import hashlib
import hmac
import secrets

from fastapi import Request, Response

from app.errors import Forbidden

FIELD = "csrf"
HEADER = "x-csrf-token"
VISIT_COOKIE = "rapporteur_visit"
"""Random, names a browser before anybody has signed in; no data hang on it."""
BOUND = "__Host-"
"""Browsers take a cookie with this prefix from this host alone, not from others of its domain."""
PURPOSE = b"rapporteur csrf v1:"


def cookie_name(*, secure: bool) -> str:
    """The name of the visit cookie; by HTTPS browsers hold it to this host."""
    return BOUND + VISIT_COOKIE if secure else VISIT_COOKIE


def visit_of(request: Request) -> str:
    """The browser's visit cookie, or a new value that ``remember_visit`` will set."""
    known = _known_visit(request)
    if known:
        return known
    fresh: str | None = getattr(request.state, "fresh_visit", None)
    if fresh is None:
        fresh = secrets.token_urlsafe(32)
        request.state.fresh_visit = fresh
    return fresh


def token_for(visit: str, *, secret: bytes) -> str:
    """The token that forms on pages for this browser carry."""
    return hmac.new(secret, PURPOSE + visit.encode(), hashlib.sha256).hexdigest()


def remember_visit(request: Request, response: Response, *, secure: bool) -> None:
    """Set the visit cookie where the page made a new one."""
    fresh: str | None = getattr(request.state, "fresh_visit", None)
    if fresh is not None:
        name = cookie_name(secure=secure)
        response.set_cookie(name, fresh, httponly=True, secure=secure, samesite="lax", path="/")


async def check_csrf(request: Request) -> None:
    """Refuse a POST that does not carry the token of this browser.

    Raises ``Forbidden``. A request from another site is refused by its ``Sec-Fetch-Site`` too,
    which a page cannot forge.
    """
    site = request.headers.get("sec-fetch-site")
    visit = _known_visit(request) or ""
    sent = request.headers.get(HEADER)
    if sent is None:
        form = await request.form()
        value = form.get(FIELD)
        sent = value if isinstance(value, str) else ""
    expected = token_for(visit, secret=request.app.state.services.secret)
    genuine = bool(visit) and hmac.compare_digest(sent.encode(), expected.encode())
    if site == "cross-site" or not genuine:
        message = "This form was not sent from a page of this service, or the page is too old."
        raise Forbidden(message, mend="Go back, load the page again and send the form once more.")


def _known_visit(request: Request) -> str | None:
    secure = request.app.state.services.settings.secure_cookies
    return request.cookies.get(cookie_name(secure=secure))
