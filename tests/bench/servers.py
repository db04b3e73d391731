"""The service and the bare limit, each as a process of its own on a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

HOST = "127.0.0.1"
START_SECONDS = 20.0
STOP_SECONDS = 15.0


@contextmanager
def service_server(database_url: str, data_dir: Path) -> Iterator[int]:
    """The service without its worker; gives the port."""
    port = _free_port()
    environment = {
        **os.environ,
        "RAPPORTEUR_DATABASE_URL": database_url,
        "RAPPORTEUR_DATA_DIR": str(data_dir),
        "RAPPORTEUR_HOST": HOST,
        "RAPPORTEUR_PORT": str(port),
        "RAPPORTEUR_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "app.cli", "serve", "--no-worker"]
    with _process(command, environment, port, "/healthz"):
        yield port


@contextmanager
def bare_server(database_url: str) -> Iterator[int]:
    """The bare route that the service is held against; gives the port."""
    port = _free_port()
    command = [sys.executable, "-m", "tests.bench.bare", database_url, str(port)]
    with _process(command, os.environ, port, "/note"):
        yield port


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def _process(
    command: list[str], environment: Mapping[str, str], port: int, path: str
) -> Iterator[None]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, path, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while True:
        connection = HTTPConnection(HOST, port, timeout=2)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
        if process.poll() is not None or time.monotonic() > give_up_at:
            message = f"The server on port {port} did not start."
            raise RuntimeError(message)
