"""A worker that only builds files, in a process of its own; it may die in the middle of one."""

import json
import sys
from pathlib import Path

from app.bootstrap import build
from app.downloads.jobs import Workshop
from app.jobs.identity import identity_of
from app.jobs.runner import Runner
from app.services import Services
from questionnaires.catalogue import Catalogue
from tests.fixtures.service import make_settings
from tests.integration.jobs.builders import Writing, die, workshop
from tests.integration.jobs.world import FileClock


def sweep(room: Workshop, services: Services) -> None:
    """Ask for the files that wait."""
    room.enqueue_waiting(services.jobs)


def main() -> None:
    """Work until the standard input closes."""
    told = json.loads(sys.argv[1])
    services = build(
        make_settings(told["database_url"], Path(told["data_dir"])),
        clock=FileClock(Path(told["clock"])),
        catalogue=Catalogue(Path(told["catalogue"])),
    )
    exporter = Writing(die) if told["dies"] else Writing()
    room = workshop(services, exporter)
    runner = Runner(
        url=services.jobs.url,
        worker_id=told["worker_id"],
        identity=identity_of(
            told["worker_id"],
            workflow_url=services.jobs.url,
            folder=services.settings.data_dir / "workers",
        ),
        kinds=[room.kind()],
        tick=lambda: sweep(room, services),
        schedule="* * * * * *",
    )
    runner.start()
    print("ready", flush=True)  # noqa: T201 - the test waits for it
    sys.stdin.read()
    runner.stop()
    services.close()


if __name__ == "__main__":
    main()
