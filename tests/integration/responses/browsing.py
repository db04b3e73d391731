"""A browser without a screen: it keeps cookies, sends the proof that forms carry, reads pages."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from app.bootstrap import Services
from app.tables import metadata
from tests.fixtures.markup import assert_sound
from tests.fixtures.rounds import Person
from tests.fixtures.service import PUBLIC_URL

Fields = Mapping[str, str | Sequence[str]]
Answers = Callable[[], dict[str, tuple[object, int]]]
"""Reads what is stored: value or reason, and revision, by question."""


class Browser:
    """What one person has open."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.proof = ""

    def get(self, path: str) -> Response:
        """Open a page."""
        reply = self.client.get(path)
        found = re.search(r'<meta name="csrf" content="([0-9a-f]+)">', reply.text)
        self.proof = found[1] if found else self.proof
        return reply

    def post(self, path: str, fields: Fields | None = None) -> Response:
        """Send a form; redirects are not followed."""
        data = {"csrf": self.proof, **(fields or {})}
        return self.client.post(path, data=data, follow_redirects=False)

    def upload(self, path: str, fields: Fields, file: tuple[str, bytes]) -> Response:
        """Send a form with a file."""
        data = {"csrf": self.proof, **fields}
        return self.client.post(path, data=data, files={"file": file}, follow_redirects=False)

    def autosave(self, path: str, fields: Fields) -> Response:
        """Send fields as the script of the form does."""
        headers = {"accept": "application/json", "x-csrf-token": self.proof}
        return self.client.post(path, data=dict(fields), headers=headers)

    def start(self, person: Person) -> Response:
        """Open a personal link and press the button."""
        self.get(f"/r/{person.token}")
        reply = self.post(f"/r/{person.token}")
        self.get("/form")
        return reply


@contextmanager
def browser_on(app: FastAPI) -> Iterator[Browser]:
    """A new browser; unsound HTML fails the test."""
    with TestClient(app, base_url=PUBLIC_URL) as client:
        client.event_hooks = {"response": [assert_sound]}
        yield Browser(client)


def every_row(services: Services) -> dict[str, list[tuple[object, ...]]]:
    """The whole database."""
    with services.database.read() as session:
        return {
            name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }
