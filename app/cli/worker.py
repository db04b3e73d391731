"""``rapporteur worker``."""

import signal
import threading
from typing import Annotated

import typer

from app.cli.terminal import opened_services, say, warn_of_links, warn_of_mails
from app.cli.undisturbed import undisturbed


def worker(
    name: Annotated[
        str | None,
        typer.Option("--id", help="Its name, which stays the same when it is started again."),
    ] = None,
) -> None:
    """Open rounds, send mails and build files until it is stopped."""
    with undisturbed() as settle:
        from app.cli.logs import set_up_logs
        from app.worker import Worker

        with opened_services() as services:
            set_up_logs(services.settings)
            warn_of_links(services.settings)
            warn_of_mails(services.settings)
            worker_id = name or services.settings.worker_id
            stopped = threading.Event()
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: stopped.set())
            running = Worker(services, worker_id=worker_id)
            running.start()
            settle()
            say(f"The worker {worker_id} is at work. Stop it with Ctrl+C.")
            try:
                stopped.wait()
            finally:
                say(f"The worker {worker_id} finishes what it has begun.")
                running.stop()
