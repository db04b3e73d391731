"""``rapporteur mail``."""

from typing import Annotated

import typer

from app.cli.terminal import ACTOR, opened_services, say

group = typer.Typer(help="The mails that invite people.", no_args_is_help=True)


@group.callback()
def mail() -> None:
    """The mails that invite people."""


@group.command()
def retry(
    round_slug: Annotated[str, typer.Option("--round", help="Slug of the round.")],
    respondent: Annotated[
        str | None, typer.Option(help="Key of one respondent; without: all of the round.")
    ] = None,
) -> None:
    """Send again the invitations of a round that could not be delivered and were given up."""
    from app.cli.lookup import find_round
    from app.errors import Conflict
    from app.mail.message import domain_of
    from app.rounds.queries import invitation_by_key
    from app.rounds.service.resend import resend_refused

    with opened_services() as services, services.database.write() as session:
        round_ = find_round(session, round_slug)
        if round_.closed_at is not None:
            raise Conflict(
                f"The round «{round_slug}» is closed; nobody is invited to it any more.",
                mend="Choose a round that is open.",
            )
        invitation_id = None
        if respondent is not None:
            invitation, _ = invitation_by_key(
                session, round_id=round_.id or 0, slug=round_slug, key=respondent
            )
            invitation_id = invitation.id
        mails = resend_refused(
            session,
            round_=round_,
            invitation_id=invitation_id,
            actor=ACTOR,
            clock=services.clock,
            mail_domain=domain_of(services.settings.mail_from),
        )
    if not mails:
        say("No invitation was given up; there is nothing to send again.")
        return
    number = "1 invitation is" if len(mails) == 1 else f"{len(mails)} invitations are"
    say(f"{number} sent again. The worker does it within a minute; the timeline of each tells.")
