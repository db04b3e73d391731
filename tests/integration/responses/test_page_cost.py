"""What a page costs: as many queries for a full form as for an empty one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.bootstrap import Services
from tests.integration.responses.browsing import Browser

PAGES = ["/form", "/form/section_b", "/form/review", "/form/materials"]


@contextmanager
def counted(services: Services) -> Iterator[list[str]]:
    """Every statement that is sent to the database for reading."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    event.listen(services.database.reader, "before_cursor_execute", note)
    yield sent
    event.remove(services.database.reader, "before_cursor_execute", note)


def fill(browser: Browser) -> None:
    """Thirty States, long texts, three materials."""
    states = {f"members.{at}.member_state": f"State {at}" for at in range(30)}
    browser.post(
        "/form/section_b",
        {
            "members:revision": "0",
            **states,
            "founding_event:revision": "0",
            "founding_event": "x" * 2_000,
            "themes:revision": "0",
            "themes": ["data", "health", "other"],
        },
    )
    for number in range(3):
        browser.post("/form/materials", {"note": f"Note {number}", "questions": "members"})


@pytest.mark.parametrize("path", PAGES)
def test_page_takes_as_many_queries_full_as_empty(
    services: Services, started: Browser, path: str
) -> None:
    started.get(path)
    with counted(services) as empty:
        started.get(path)
    fill(started)

    with counted(services) as full:
        started.get(path)

    assert full == empty
    assert len(full) <= 9
