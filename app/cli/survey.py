"""``rapporteur survey``."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terminal import ACTOR, opened_services, say

if TYPE_CHECKING:
    from app.rounds.models import Survey

group = typer.Typer(help="The surveys, and when their rounds open.", no_args_is_help=True)
Slug = Annotated[str, typer.Argument(help="Slug of the survey.")]


@group.command("list")
def list_surveys() -> None:
    """List the surveys with the moment at which their next round opens."""
    from sqlmodel import col, select

    from app.rounds.models import Survey

    with opened_services() as services, services.database.read() as session:
        surveys = session.exec(select(Survey).order_by(col(Survey.slug))).all()
        lines = [f"{survey.slug}: {survey.title}. {_next_round(survey)}" for survey in surveys]
    say(*(lines or ["There is no survey yet."]))


@group.command()
def cadence(
    slug: Slug,
    expression: Annotated[
        str,
        typer.Option("--cron", help="Minute, hour, day of month, month, day of week: '0 9 1 3 *'."),
    ],
    time_zone: Annotated[
        str | None, typer.Option(help="IANA zone it is read in; without: as it was.")
    ] = None,
) -> None:
    """Let the survey's rounds open by themselves, and invite every contact."""
    _set(slug, expression, time_zone)


@group.command("by-hand")
def by_hand(slug: Slug) -> None:
    """Let no round of the survey open by itself any more."""
    _set(slug, None, None)


def _set(slug: str, expression: str | None, time_zone: str | None) -> None:
    from app.cli.lookup import find_survey
    from app.rounds.service.schedule import set_cadence

    with opened_services() as services, services.database.write() as session:
        survey = find_survey(session, slug)
        set_cadence(
            session,
            survey=survey,
            cadence=expression,
            time_zone=time_zone or survey.time_zone,
            actor=ACTOR,
            clock=services.clock,
        )
        line = f"{survey.slug}: {_next_round(survey)}"
    say(line)


def _next_round(survey: "Survey") -> str:
    from zoneinfo import ZoneInfo

    from app.web.times import moment_in_words

    if survey.next_round_at is None:
        return "Its rounds open by hand."
    moment = moment_in_words(survey.next_round_at, ZoneInfo(survey.time_zone))
    return f"The next round opens on {moment}; cadence «{survey.cadence}»."
