"""``rapporteur link``."""

from typing import Annotated

import typer

from app.cli.terminal import ACTOR, opened_services, say, warn_of_links


def link(
    round_slug: Annotated[str, typer.Option("--round", help="Slug of the round.")],
    respondent: Annotated[str, typer.Option(help="Key of the respondent.")],
    *,
    revoke_others: Annotated[
        bool, typer.Option("--revoke-others", help="Let every earlier link open nothing any more.")
    ] = False,
) -> None:
    """Print a new personal link for a respondent; links given out before stay valid.

    With --revoke-others they open nothing any more, and browsers they opened are shut out.
    """
    from app.audit.service import record
    from app.cli.lookup import find_round
    from app.errors import Conflict
    from app.registry.queries import contacts_of
    from app.rounds.queries import invitation_by_key
    from app.rounds.service.link import address_of, issue_link
    from app.rounds.service.revoke import revoke_other_links

    with opened_services() as services, services.database.write() as session:
        round_ = find_round(session, round_slug)
        if round_.closed_at is not None:
            raise Conflict(
                f"The round «{round_slug}» is closed; a link would open nothing.",
                mend="Choose a round that is open.",
            )
        invitation, _ = invitation_by_key(
            session, round_id=round_.id or 0, slug=round_slug, key=respondent
        )
        contacts = contacts_of(session, invitation.respondent_id)
        row, token = issue_link(
            session,
            invitation_id=invitation.id or 0,
            contact_id=contacts[0].id if contacts else None,
            clock=services.clock,
            secret=services.secret,
        )
        record(
            session,
            clock=services.clock,
            actor=ACTOR,
            action="link.issued",
            subject=f"invitation:{invitation.id}",
            details={"link": str(row.id)},
        )
        revoked = 0
        if revoke_others:
            gone = revoke_other_links(session, keep=row, actor=ACTOR, clock=services.clock)
            revoked = len(gone)
        address = address_of(token, public_url=services.settings.public_url)
        warn_of_links(services.settings)
    say(f"{respondent} answers the round {round_slug} at {address}")
    if revoke_others:
        say(f"{revoked} earlier {'link was' if revoked == 1 else 'links were'} revoked.")
    say("Whoever has this address can answer for the respondent. Send it to nobody else.")
