"""``rapporteur round``."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terminal import ACTOR, opened_services, say

if TYPE_CHECKING:
    from app.rounds.models import Round

group = typer.Typer(help="The rounds of the surveys.", no_args_is_help=True)


@group.command("list")
def list_rounds() -> None:
    """List the rounds, with whether they are open."""
    from sqlmodel import col, select

    from app.rounds.models import Round

    with opened_services() as services, services.database.read() as session:
        rounds = session.exec(select(Round).order_by(col(Round.id))).all()
        lines = [f"{each.slug}: {each.title}. {_state(each)}" for each in rounds]
    say(*(lines or ["There is no round yet."]))


@group.command()
def close(slug: Annotated[str, typer.Argument(help="Slug of the round.")]) -> None:
    """Close a round: links stop working, and what is not returned has its final outcome."""
    from app.cli.lookup import find_round
    from app.rounds.service.close import close_round

    with opened_services() as services, services.database.write() as session:
        round_ = find_round(session, slug)
        close_round(session, round_=round_, actor=ACTOR, clock=services.clock)
        line = f"{slug} is closed. {_state(round_)}"
    say(line)


def _state(round_: "Round") -> str:
    from zoneinfo import ZoneInfo

    from app.web.times import deadline_in_words, moment_in_words

    zone = ZoneInfo(round_.time_zone)
    if round_.closed_at is not None:
        return f"Closed on {moment_in_words(round_.closed_at, zone)}."
    if round_.due_at is not None:
        return f"Open; due {deadline_in_words(round_.due_at, zone)}."
    return "Open."
