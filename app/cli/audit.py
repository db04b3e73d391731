"""``rapporteur audit``."""

import typer

from app.cli.terminal import opened_services, say

group = typer.Typer(help="The log of who did what.", no_args_is_help=True)


@group.callback()
def audit() -> None:
    """The log of who did what."""


@group.command()
def verify() -> None:
    """Check that no entry of the audit log was changed or removed."""
    from app.audit.queries import read_seal
    from app.audit.queries import verify as find_broken

    with opened_services() as services, services.database.read() as session:
        broken = find_broken(session)
        seal = read_seal(session)
    for entry in broken:
        typer.echo(f"Entry {entry.id}: {entry.reason}.", err=True)
    if broken:
        typer.echo(f"The audit log does not hold: {len(broken)} faults.", err=True)
        raise typer.Exit(1)
    say(
        f"The audit log holds: {seal.entries} entries, each following the one before.",
        f"Its seal is {seal.hash}. Written down elsewhere, it shows later that none was cut off.",
    )
