"""The routes of the service itself: its health, and where a visitor lands."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import text

from app.web.access import public
from app.web.pages import page
from app.web.transactions import ReadSession
from app.web.ways import open_doors

router = APIRouter()


@router.get("/healthz", dependencies=[public("tells only that the service runs")])
def health(session: ReadSession) -> dict[str, str]:
    """Whether the service answers and reaches its database."""
    session.execute(text("SELECT 1"))
    return {"status": "ok"}


@router.get("/", dependencies=[public("says what the service is")], include_in_schema=False)
def landing(request: Request) -> Response:
    """What this is, and the two ways in: a personal link, or an organiser's sign-in."""
    return page(request, "web/landing.html", {"ways": open_doors(request)})
