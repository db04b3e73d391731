"""Makes unit tests what they are called: no network, no database, no other program."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from psycopg._connection_base import BaseConnection

FORBIDDEN = {
    "socket.connect": "the network",
    "socket.getaddrinfo": "the network",
    "sqlite3.connect": "a database",
    "subprocess.Popen": "another program",
}


@dataclass
class _Guard:
    """An audit hook cannot be taken off, only told to look away."""

    watching: bool = False

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.watching and event in FORBIDDEN:
            _refuse(FORBIDDEN[event], event, arguments)


def _refuse(what: str, *details: object) -> None:
    pytest.fail(
        f"A unit test reached for {what} {details!r}. "
        "Test the rule by itself, or move the test to tests/integration."
    )


_guard = _Guard()
sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def _stay_inside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # PostgreSQL's library is not Python's and tells the audit nothing.
    monkeypatch.setattr(BaseConnection, "_connect_gen", lambda *_, **__: _refuse("a database"))
    _guard.watching = True
    yield
    _guard.watching = False
