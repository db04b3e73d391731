"""``rapporteur serve``."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terminal import opened_services, say, warn_of_links, warn_of_mails
from app.cli.undisturbed import undisturbed

if TYPE_CHECKING:
    from types import FrameType

    from app.bootstrap import Services
    from app.settings import Settings


def serve(
    prepare: Annotated[
        bool,
        typer.Option(
            "--prepare",
            help="Migrate first; on an empty database load the sample and enter an organiser.",
        ),
    ] = False,
    worker: Annotated[
        bool | None,
        typer.Option("--worker/--no-worker", help="Also run the worker; without: as set."),
    ] = None,
) -> None:
    """Serve the web pages and the API until it is stopped."""
    from app.cli.first_run import load_where_empty, migrate_quietly, ways_in
    from app.cli.logs import set_up_logs
    from app.settings import read_settings

    settings = read_settings()
    set_up_logs(settings)
    with undisturbed() as settle, _listening(settings) as listener:
        port = listener.getsockname()[1]
        settings = settings.model_copy(update={"port": port})
        warn_of_links(settings)
        if prepare:
            migrate_quietly(settings)
        with opened_services(settings) as services:
            if prepare:
                load_where_empty(services)
            with_worker = settings.worker if worker is None else worker
            if with_worker:
                warn_of_mails(settings)

            def tell() -> None:
                settle()
                say(f"Rapporteur is at {settings.public_url}")
                # A password is made once the service is up: a start that fails loses none.
                say(*(ways_in(services) if prepare else []), "Stop it with Ctrl+C.")

            with _working(services) if with_worker else nullcontext():
                _run(services, listener, tell)


@contextmanager
def _listening(settings: "Settings") -> Iterator[socket.socket]:
    """The address of the settings, taken before anything else is done."""
    from app.errors import Conflict

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        # Python adds which address it tried to bind, which the sentence says already.
        reason = (error.strerror or str(error)).partition(" (while")[0]
        raise Conflict(
            f"{settings.host}:{settings.port} cannot be listened at: {reason}.",
            mend="Stop the program that uses it, or set RAPPORTEUR_HOST and RAPPORTEUR_PORT.",
        ) from error
    with listener:
        yield listener


@contextmanager
def _working(services: "Services") -> Iterator[None]:
    from app.worker import Worker

    worker = Worker(services)
    worker.start()
    try:
        yield
    finally:
        worker.stop()


def _run(services: "Services", listener: socket.socket, tell: Callable[[], None]) -> None:
    import uvicorn

    from app.main import create_app

    config = uvicorn.Config(
        create_app(services=services),
        log_config=None,
        # Addresses hold the tokens of personal links, which belong into no log.
        access_log=False,
        proxy_headers=bool(services.settings.trusted_proxies),
        forwarded_allow_ips=services.settings.trusted_proxies or None,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=10,
    )

    class Server(uvicorn.Server):
        """Tells people how to come in once it can be reached."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                tell()

        def handle_exit(self, sig: int, frame: "FrameType | None") -> None:
            # Uvicorn would send itself the signal again once it has stopped, and the worker and
            # the database would not be let go of.
            del frame
            self.force_exit = self.should_exit and sig == signal.SIGINT
            self.should_exit = True

    Server(config).run([listener])
