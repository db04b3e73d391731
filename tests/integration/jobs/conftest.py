"""A survey with a mail server, on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.mail import SmtpServer
from tests.integration.jobs.world import PaperQueue, World, make_world


@pytest.fixture
def world(database_url: str, tmp_path: Path, smtp_server: SmtpServer) -> Iterator[World]:
    """A survey whose next round is due on 1 March 2027; the clock stands before that."""
    with make_world(database_url, tmp_path, smtp_url=smtp_server.url) as world:
        yield world


@pytest.fixture
def paper_world(database_url: str, tmp_path: Path, smtp_server: SmtpServer) -> Iterator[World]:
    """The same, with a queue that does its jobs when the test says so."""
    queue = PaperQueue()
    with make_world(database_url, tmp_path, smtp_url=smtp_server.url, jobs=queue) as world:
        yield world
