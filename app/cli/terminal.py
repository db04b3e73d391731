"""What commands share: the services, words on the terminal, and progress while people wait."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from app.bootstrap import Services
    from app.settings import Settings

ACTOR = "command"
"""Who acts, in the audit log, when somebody uses the command line."""


def own_name() -> str:
    """The command as the person called it, to be used in what they are told to type."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "rapporteur" else "rapporteur"


def say(*lines: str) -> None:
    """Print lines for the person at the terminal."""
    for line in lines:
        typer.echo(line)


def warn_of_links(settings: "Settings") -> None:
    """Say that links would lead nowhere from other machines, and what to set."""
    if settings.lacks_public_url:
        typer.echo(
            f"Warning: links, in mails too, begin with {settings.public_url}, which only this "
            "machine can open. Set RAPPORTEUR_BASE_URL to the address by which people reach the "
            "service, such as https://surveys.example.org.",
            err=True,
        )


def warn_of_mails(settings: "Settings") -> None:
    """Say that mails reach nobody where no mail server is set: they count as sent all the same."""
    if not settings.smtp_url.get_secret_value():
        typer.echo(
            "Mails are printed to the console, with their links, and reach nobody. Set"
            " RAPPORTEUR_SMTP_URL to send them.",
            err=True,
        )


@contextmanager
def opened_services(settings: "Settings | None" = None) -> Iterator["Services"]:
    """The services over a database whose schema is this program's; closed at the end."""
    from app.bootstrap import build
    from app.database import schema
    from app.settings import read_settings

    chosen = settings or read_settings()
    schema.require_newest(chosen.database_url)
    services = build(chosen)
    try:
        yield services
    finally:
        services.close()


@contextmanager
def busy(words: str) -> Iterator[None]:
    """Show that something is going on; on a terminal it moves."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        typer.echo(f"{words} …", err=True)
        yield
        return
    with console.status(f"{words} …"):
        yield


@contextmanager
def progress_bar(words: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on the terminal; the function that is given takes done, total and the present step."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        typer.echo(f"{words} …", err=True)
        yield _steps_in_lines()
        return
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[step]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    with progress:
        task = progress.add_task(words, total=None, step="")
        yield lambda done, total, step: progress.update(
            task, completed=done, total=total, step=step
        )


def _steps_in_lines() -> Callable[[int, int, str], None]:
    """Tell each step once, for a log or a file: a bar would leave nothing but an empty line."""
    told: set[str] = set()

    def tell(done: int, total: int, step: str) -> None:
        del done, total
        if step and step not in told:
            told.add(step)
            typer.echo(f"  {step}", err=True)

    return tell
