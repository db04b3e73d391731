"""The worker: opens rounds, sends mails and builds files, one sweep a minute and on demand."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from app.downloads.jobs import Workshop
from app.jobs.job import Kind
from app.rounds.jobs import MailRoom, Opener
from app.rounds.service.letter import Letterhead
from app.rounds.service.schedule import Opened
from app.services import Services
from exports.registry import EXPORTERS

if TYPE_CHECKING:
    from app.jobs.runner import Runner

EVERY_MINUTE = "* * * * *"


@dataclass(frozen=True)
class Swept:
    """What one sweep found to do."""

    opened: tuple[Opened, ...]
    mails_asked_for: int
    exports_asked_for: int
    exports_expired: int


def sweep(services: Services) -> Swept:
    """Open the rounds that are due, ask for what waits, delete what has expired.

    Everything is read from the rows and the service's clock, so that a sweep that comes late, or
    twice, or in two workers at once does no harm.
    """
    head = letterhead(services)
    opener = Opener(services.database, services.catalogue, services.clock, head)
    workshop = _workshop(services)
    opened = tuple(opener.open_due_rounds())
    swept = Swept(
        opened=opened,
        mails_asked_for=_mail_room(services).enqueue_waiting(services.jobs),
        exports_asked_for=workshop.enqueue_waiting(services.jobs),
        exports_expired=workshop.delete_expired(),
    )
    services.jobs.prune()
    return swept


def letterhead(services: Services) -> Letterhead:
    """What every letter of this service has in common."""
    settings = services.settings
    return Letterhead(
        sender=settings.mail_from,
        service_name=settings.service_name,
        support_email=settings.support_email,
        public_url=settings.public_url,
        secret=services.secret,
    )


class Worker:
    """Works in this process from ``start`` to ``stop``; a process has one at a time."""

    def __init__(
        self, services: Services, *, worker_id: str = "", schedule: str = EVERY_MINUTE
    ) -> None:
        self._services = services
        self._worker_id = worker_id or services.settings.worker_id
        self._schedule = schedule
        self._runner: Runner | None = None

    def start(self) -> None:
        """Take up what was left behind under this name, sweep, and sweep on each tick.

        Raises ``WorkerRefused`` when a worker of this name is running.
        """
        # Loading DBOS takes half a second, which commands that don't work need not wait for.
        from app.jobs.identity import identity_of  # noqa: PLC0415
        from app.jobs.runner import Runner  # noqa: PLC0415

        services = self._services
        runner = Runner(
            url=services.jobs.url,
            worker_id=self._worker_id,
            identity=identity_of(
                self._worker_id,
                workflow_url=services.jobs.url,
                folder=services.settings.data_dir / "workers",
            ),
            kinds=kinds(services),
            tick=self._sweep,
            schedule=self._schedule,
        )
        runner.start()
        self._runner = runner

    def stop(self) -> None:
        """Begin nothing more, wait some seconds for what runs, and let go."""
        if self._runner is not None:
            self._runner.stop()
            self._runner = None

    def _sweep(self) -> None:
        sweep(self._services)


def kinds(services: Services) -> tuple[Kind, ...]:
    """The kinds of job that a worker does."""
    return (_mail_room(services).kind(), _workshop(services).kind())


def _mail_room(services: Services) -> MailRoom:
    return MailRoom(services.database, services.mailer, services.clock, letterhead(services))


def _workshop(services: Services) -> Workshop:
    settings = services.settings
    return Workshop(
        database=services.database,
        clock=services.clock,
        data_dir=settings.data_dir,
        retention=timedelta(days=settings.export_retention_days),
        exporters=EXPORTERS,
    )
