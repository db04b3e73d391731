"""The routes of rounds."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.accounts.access import ViewsABoard
from app.accounts.policy import Action
from app.rounds import pages
from app.rounds.access import RoundAccess, may
from app.web.transactions import ReadSession

router = APIRouter(prefix="/organiser", include_in_schema=False)


@router.get("")
def rounds(request: Request, session: ReadSession, identity: ViewsABoard) -> Response:
    return pages.rounds_page(request, session, identity)


@router.get("/rounds/{slug}")
def board(
    request: Request,
    session: ReadSession,
    access: Annotated[RoundAccess, may(Action.VIEW_BOARD)],
    show: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    return pages.board_page(request, session, access, show=show)
