"""``rapporteur serve --prepare`` takes a person from nothing to a running service."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import psutil
import pytest
from sqlmodel import select

from app.accounts.service.sign_in import check_credentials
from app.database import Database
from app.rounds.models import Round
from app.rounds.service.link import follow_link

COMMAND = [sys.executable, "-m", "app.cli", "serve"]
LAST_LINE = "Stop it with Ctrl+C."
SECONDS = 50
EVERY_ADDRESS = str(ip_address(0))
QUICK_CPU_SECONDS = 2.5


@dataclass
class Served:
    """A service that is running, with what it printed."""

    process: subprocess.Popen[str]
    errors: Path
    """What it complained of."""
    lines: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        (address,) = re.findall(r"^Rapporteur is at (\S+)$", "\n".join(self.lines), re.MULTILINE)
        return str(address)

    def find(self, pattern: str) -> str:
        (found,) = re.findall(pattern, "\n".join(self.lines))
        return str(found)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(SECONDS)


@contextmanager
def served(database_url: str, folder: Path, *options: str, **settings: str) -> Iterator[Served]:
    """A service in a process of its own, on a port that the system picks."""
    environment = os.environ | {
        "RAPPORTEUR_DATABASE_URL": database_url,
        "RAPPORTEUR_DATA_DIR": str(folder),
        "RAPPORTEUR_PORT": "0",
        "PYTHONUNBUFFERED": "1",
        **{f"RAPPORTEUR_{name.upper()}": value for name, value in settings.items()},
    }
    folder.mkdir(parents=True, exist_ok=True)
    errors = folder / "stderr.txt"
    with (
        errors.open("w") as stderr,
        subprocess.Popen(
            [*COMMAND, *options],
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=environment,
            text=True,
        ) as process,
    ):
        try:
            service = Served(process, errors)
            assert process.stdout is not None
            for line in process.stdout:
                service.lines.append(line.rstrip("\n"))
                if line.rstrip("\n") == LAST_LINE:
                    break
            yield service
        finally:
            process.kill()


def status_of(address: str) -> int:
    with urllib.request.urlopen(address, timeout=SECONDS) as response:  # noqa: S310 - our own
        return int(response.status)


def test_first_run_prepares_everything(empty_database_url: str, tmp_path: Path) -> None:
    with served(empty_database_url, tmp_path, "--prepare") as service:
        status = status_of(service.address)
        token = service.find(r"/r/([\w-]{43})\b")
        link_status = status_of(f"{service.address}/r/{token}")
        code = service.stop()

    database = Database(empty_database_url)
    with database.read() as session:
        user = check_credentials(
            session,
            email="organiser@example.org",
            password=service.find(r"Password \(shown only now\): (\S+)"),
        )
        _, _, round_ = follow_link(session, token)
        rounds = session.exec(select(Round.slug)).all()
    database.dispose()
    assert (status, link_status, code) == (200, 200, 0)
    assert user is not None
    assert round_.slug == "rcp-demo"
    assert sorted(rounds) == ["gfmd-2007", "rcp-demo"]


def test_second_run_is_quick_and_loses_nothing(empty_database_url: str, tmp_path: Path) -> None:
    with served(empty_database_url, tmp_path, "--prepare") as first:
        token = first.find(r"/r/([\w-]{43})\b")
        first.stop()

    with served(empty_database_url, tmp_path, "--prepare") as second:
        spent = _cpu_seconds(second.process.pid)
        status = status_of(f"{second.address}/r/{token}")
        code = second.stop(signal.SIGINT)

    printed = "\n".join(second.lines)
    assert status == 200
    assert code == 0
    # Time on a processor: how long it takes on the clock depends on what else runs.
    assert spent < QUICK_CPU_SECONDS
    assert "shown only now" not in printed
    assert second.find(r"Answer as the respondent igc: \S+/r/([\w-]{43})\b") == token
    assert "user password --email organiser@example.org" in printed


def test_serve_without_prepare_leaves_an_empty_database_alone(
    database_url: str, tmp_path: Path
) -> None:
    with served(database_url, tmp_path, "--no-worker") as service:
        status = status_of(service.address)
        service.stop()

    database = Database(database_url)
    with database.read() as session:
        rounds = session.exec(select(Round.slug)).all()
    database.dispose()
    assert status == 200
    assert rounds == []
    assert service.lines == [f"Rapporteur is at {service.address}", LAST_LINE]


def test_serve_to_all_without_an_address_warns_and_gives_links_that_open_here(
    sqlite_url: str, tmp_path: Path
) -> None:
    with served(sqlite_url, tmp_path / "data", "--no-worker", host=EVERY_ADDRESS) as service:
        status = status_of(service.address)
        service.stop()

    assert status == 200
    assert service.address.startswith("http://127.0.0.1:")
    assert "Set RAPPORTEUR_BASE_URL to the address" in service.errors.read_text()


def test_serve_without_worker_runs_none(sqlite_url: str, tmp_path: Path) -> None:
    with served(sqlite_url, tmp_path / "with") as service:
        service.stop()
    with served(sqlite_url, tmp_path / "without", "--no-worker") as service:
        service.stop()

    assert (tmp_path / "with" / "workflows.sqlite3").exists()
    assert not (tmp_path / "without" / "workflows.sqlite3").exists()


def test_serve_with_a_worker_says_that_mails_are_printed(sqlite_url: str, tmp_path: Path) -> None:
    with served(sqlite_url, tmp_path / "printed") as service:
        service.stop()
    with served(sqlite_url, tmp_path / "sent", smtp_url="smtp://127.0.0.1:1") as sending:
        sending.stop()

    assert "Mails are printed to the console" in service.errors.read_text()
    assert "Mails are printed" not in sending.errors.read_text()


def test_start_that_fails_makes_no_password_that_nobody_sees(
    empty_database_url: str, tmp_path: Path
) -> None:
    environment = {"workflow_database_url": f"sqlite:///{tmp_path}/stderr.txt/workflows"}
    with served(empty_database_url, tmp_path, "--prepare", **environment) as failed:
        failed.process.wait(SECONDS)

    with served(empty_database_url, tmp_path, "--prepare") as service:
        service.stop()

    assert failed.process.returncode == 1
    assert "Password" not in "\n".join(failed.lines)
    assert service.find(r"Password \(shown only now\): (\S+)")
    assert service.find(r"Answer as the respondent igc: \S+/r/([\w-]{43})\b")


def test_host_that_is_nowhere_is_named(sqlite_url: str, tmp_path: Path) -> None:
    with served(sqlite_url, tmp_path, host="nohost.invalid") as service:
        service.process.wait(SECONDS)

    said = service.errors.read_text()
    assert said.startswith("nohost.invalid:0 cannot be listened at: ")
    assert "Unknown error" not in said


def test_port_that_is_taken_is_named(sqlite_url: str, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
        ran = subprocess.run(
            COMMAND,
            check=False,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env=os.environ
            | {
                "RAPPORTEUR_DATABASE_URL": sqlite_url,
                "RAPPORTEUR_DATA_DIR": str(tmp_path),
                "RAPPORTEUR_PORT": str(port),
            },
        )

    assert ran.returncode == 1
    assert ran.stderr == (
        f"127.0.0.1:{port} cannot be listened at: Address already in use."
        " Stop the program that uses it, or set RAPPORTEUR_HOST and RAPPORTEUR_PORT.\n"
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_stops_when_it_is_told_to(
    database_url: str, tmp_path: Path, number: signal.Signals
) -> None:
    environment = os.environ | {
        "RAPPORTEUR_DATABASE_URL": database_url,
        "RAPPORTEUR_DATA_DIR": str(tmp_path),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "app.cli", "worker", "--id", "worker-7"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        started = process.stdout.readline()
        process.send_signal(number)
        rest = process.stdout.read()
        code = process.wait(SECONDS)

    assert started == "The worker worker-7 is at work. Stop it with Ctrl+C.\n"
    assert rest == "The worker worker-7 finishes what it has begun.\n"
    assert code == 0


def _cpu_seconds(process_id: int) -> float:
    times = psutil.Process(process_id).cpu_times()
    return times.user + times.system
