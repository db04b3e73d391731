"""``rapporteur survey``."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terminal import ACTOR, opened_services, say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from app.rounds.models import Survey
    from app.rounds.service.open_now import Prospect

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


@group.command("open")
def open_(
    slug: Slug,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; open the round.")] = False,
) -> None:
    """Open the survey's next round now, and invite every contact."""
    from app.cli.lookup import find_survey
    from app.mail.message import domain_of
    from app.rounds.service.open_now import foresee, open_now

    with opened_services() as services:
        with services.database.read() as session:
            survey = find_survey(session, slug)
            prospect = foresee(
                session, survey=survey, catalogue=services.catalogue, clock=services.clock
            )
            survey_id, after = survey.id or 0, prospect.plan.last.slug
            lines = _prospect_in_words(prospect, survey.time_zone)
        say(*lines)
        if not yes and not typer.confirm("Open the round now?"):
            say("No round was opened.")
            raise typer.Exit(1)
        with services.database.write() as session:
            round_ = open_now(
                session,
                survey_id=survey_id,
                after=after,
                so_soon=True,  # they were told, and have said yes
                actor=ACTOR,
                catalogue=services.catalogue,
                clock=services.clock,
                secret=services.secret,
                mail_domain=domain_of(services.settings.mail_from),
            )
            opened = round_.slug
    say(f"The round {opened} is open. A worker sends its mails.")


def _prospect_in_words(prospect: "Prospect", time_zone: str) -> list[str]:
    from zoneinfo import ZoneInfo

    from app.web.times import deadline_in_words

    plan = prospect.plan
    definition = plan.definition
    still_open = ", ".join(one.slug for one in prospect.still_open) or "none"
    return [
        f"{plan.title}: questionnaire {definition.slug}, version {definition.version}.",
        f"Invited: {len(plan.invited)}, as in {plan.last.slug}; {len(plan.asked)} of them asked.",
        f"Contacts who get a mail: {prospect.mails}; without a contact: {prospect.unreachable}.",
        f"Deadline: {deadline_in_words(plan.due_at, ZoneInfo(time_zone))}.",
        f"Rounds of the survey that stay open: {still_open}.",
        *_warning_of(prospect, ZoneInfo(time_zone)),
    ]


def _warning_of(prospect: "Prospect", zone: "ZoneInfo") -> list[str]:
    from app.web.times import moment_in_words

    last = prospect.lately
    if last is None or last.opened_at is None:
        return []
    when = moment_in_words(last.opened_at, zone)
    return [f"Look twice: {last.slug} was opened only on {when}. All are written to again."]


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
