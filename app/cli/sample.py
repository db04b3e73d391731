"""``rapporteur sample``."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terminal import busy, opened_services, say

if TYPE_CHECKING:
    from app.bootstrap import Services
    from app.sample import Loaded

group = typer.Typer(help="Data to try the service with.", no_args_is_help=True)


class Sample(StrEnum):
    """The samples that can be loaded."""

    GFMD_2007 = "gfmd-2007"
    ILLUSTRATIVE = "illustrative"


@group.callback()
def sample() -> None:
    """Data to try the service with."""


@group.command()
def load(
    name: Annotated[Sample, typer.Argument(help="The survey of 2007, or a fictional one.")],
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="Do nothing where there is a survey already.")
    ] = False,
    respondents: Annotated[
        int | None,
        typer.Option(
            min=1, max=2000, help="Illustrative: how many processes to make up. [default: 40]"
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            min=0, help="Illustrative: the same seed gives the same answers. [default: 7]"
        ),
    ] = None,
) -> None:
    """Load a sample: all of it or, on any fault, nothing."""
    if name is Sample.GFMD_2007 and (respondents is not None or seed is not None):
        raise typer.BadParameter(
            "The survey of 2007 is as it was: leave --respondents and --seed out, or load "
            f"{Sample.ILLUSTRATIVE.value}."
        )
    with opened_services() as services:
        if if_empty and not is_empty(services):
            say("The database holds a survey already; no sample was loaded.")
            return
        with busy(f"Loading the sample {name.value}"):
            loaded = _load(
                services,
                name,
                respondents=40 if respondents is None else respondents,
                seed=7 if seed is None else seed,
            )
        say(loaded.sentence)
        tell_link(services, loaded)


def is_empty(services: "Services") -> bool:
    """Whether there is no survey in the database yet."""
    from sqlmodel import select

    from app.rounds.models import Survey

    with services.database.read() as session:
        return session.exec(select(Survey.id).limit(1)).first() is None


def tell_link(services: "Services", loaded: "Loaded") -> None:
    """Print the personal link that came with a sample, where one did."""
    from app.rounds.service.link import address_of

    if loaded.token is not None:
        address = address_of(loaded.token, public_url=services.settings.public_url)
        say(f"{loaded.respondent} answers the round {loaded.open_round} at {address}")


def _load(services: "Services", name: Sample, *, respondents: int, seed: int) -> "Loaded":
    from app.sample import load_gfmd_2007, load_illustrative

    match name:
        case Sample.GFMD_2007:
            return load_gfmd_2007(services)
        case Sample.ILLUSTRATIVE:
            return load_illustrative(services, respondents=respondents, seed=seed)
