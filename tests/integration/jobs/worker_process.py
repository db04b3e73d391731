"""A worker in a process of its own, which a test can kill: its clock stands in a file.

``python worker_process.py '{"database_url": …}'``; prints ``ready`` once it works.
"""

import json
import os
import signal
import sys
from collections.abc import Iterable
from email.message import EmailMessage
from pathlib import Path

from pydantic import SecretStr

from app.bootstrap import build
from app.jobs.address import workflow_database_url
from app.jobs.job import Job
from app.jobs.queue import JobQueue
from app.mail.choice import choose_mailer
from app.mail.mailer import Mailer
from app.worker import Worker
from questionnaires.catalogue import Catalogue
from tests.fixtures.service import make_settings
from tests.integration.jobs.world import FileClock

EVERY_SECOND = "* * * * * *"


def die() -> None:
    """End as a machine that loses its power does."""
    os.kill(os.getpid(), signal.SIGKILL)


class DeadlyQueue(JobQueue):
    """Kills the process when it is asked for a job: a round is open, no mail is on its way."""

    def enqueue(self, jobs: Iterable[Job]) -> None:
        if list(jobs):
            die()


class DeadlyMailer:
    """Kills the process once the server has taken a mail, before anybody has written that down."""

    def __init__(self, mailer: Mailer) -> None:
        self._mailer = mailer

    def send(self, message: EmailMessage) -> None:
        self._mailer.send(message)
        die()


def main() -> None:
    """Work until the standard input closes."""
    told = json.loads(sys.argv[1])
    settings = make_settings(told["database_url"], Path(told["data_dir"])).model_copy(
        update={"smtp_url": SecretStr(told["smtp_url"]), "base_url": told["base_url"]}
    )
    jobs: JobQueue | None = None
    mailer = choose_mailer(settings)
    if told["dies"] == "after opening":
        jobs = DeadlyQueue(workflow_database_url(settings))
    if told["dies"] == "after sending":
        mailer = DeadlyMailer(mailer)
    services = build(
        settings,
        clock=FileClock(Path(told["clock"])),
        catalogue=Catalogue(Path(told["catalogue"])),
        mailer=mailer,
        jobs=jobs,
    )
    worker = Worker(services, worker_id=told["worker_id"], schedule=EVERY_SECOND)
    worker.start()
    print("ready", flush=True)  # noqa: T201 - the test waits for it
    sys.stdin.read()
    worker.stop()
    services.close()


if __name__ == "__main__":
    main()
