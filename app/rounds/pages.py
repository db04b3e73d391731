"""The pages of rounds: their list, and the board of one."""

from collections.abc import Mapping, Sequence

from fastapi import Request, Response
from sqlmodel import Session

from app.accounts.policy import Action, Identity, surveys_where
from app.rounds.access import RoundAccess
from app.rounds.board import DATES, STEPS, Board, build_board
from app.rounds.queries import surveys_with_rounds
from app.rounds.rates import rates_of_rounds
from app.rounds.states import STATES
from app.web.pages import page
from questionnaires.problems import Problem

DONE = {
    "opened": "The round is open. Its invitations are on their way to the contacts.",
    "before": "This round was opened a moment before, so no other was opened.",
}


def rounds_page(request: Request, session: Session, identity: Identity) -> Response:
    """Every round that somebody may see, by survey."""
    visible = surveys_where(identity, Action.VIEW_BOARD)
    now = request.app.state.services.clock.now()
    context = {
        "surveys": surveys_with_rounds(session, visible),
        "rates": rates_of_rounds(session, visible, now=now),
    }
    return page(request, "rounds/list.html", context)


def board_page(
    request: Request,
    session: Session,
    access: RoundAccess,
    *,
    show: Sequence[str] = (),
    unsure: Sequence[Problem] = (),
) -> Response:
    """Where every invitation of a round stands; ``unsure`` says why it was not closed."""
    now = request.app.state.services.clock.now()
    board = build_board(session, access.round, now=now, show=show)
    return page(
        request,
        "rounds/board.html",
        {
            "notice": access.round.notice,
            "round": access.round,
            "survey": access.survey,
            "zone": access.round.time_zone,
            "board": board,
            "steps": _recorded(STEPS, board),
            "dates": _recorded(DATES, board),
            "legend": STATES.values(),
            "now": now,
            "done": DONE.get(request.query_params.get("done", ""), ""),
            "may_download": access.can(Action.DOWNLOAD),
            "may_run": access.can(Action.RUN_ROUNDS),
            "may_read": access.can(Action.READ_ANSWERS),
            "unsure": unsure,
        },
        status=422 if unsure else 200,
    )


def _recorded(named: Mapping[str, str], board: Board) -> dict[str, str]:
    """Those kinds of date that some row has."""
    return {heading: name for heading, name in named.items() if heading not in board.unrecorded}
