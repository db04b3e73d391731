"""A running service with an open round, and people who were sent a link."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from app.bootstrap import Services, build
from tests.e2e.respondent.answering import Respondent
from tests.fixtures.browser import OpenPage
from tests.fixtures.rounds import Asked, Person, open_a_round
from tests.fixtures.service import LiveServer
from tests.fixtures.shipped import SHIPPED

NOTICE = "This is a demonstration round. The institutions in it do not exist."


@pytest.fixture
def services(live_server: LiveServer) -> Iterator[Services]:
    """The parts of the running service, for a look at what it stored."""
    built = build(live_server.settings, catalogue=SHIPPED)
    yield built
    built.close()


@pytest.fixture
def asked(services: Services) -> Asked:
    """An institution in an open round."""
    (only,) = open_a_round(services, notice=NOTICE)
    return only


class Arrive:
    """Opens a page and starts a person's link in it."""

    def __init__(self, open_page: OpenPage, url: str) -> None:
        self.open_page = open_page
        self.url = url

    def __call__(self, person: Person, *, javascript: bool = True, width: int = 1280) -> Respondent:
        page: Page = self.open_page(javascript=javascript, width=width)
        page.goto(f"{self.url}/r/{person.token}")
        page.get_by_role("button", name="Start").or_(
            page.get_by_role("button", name="Continue")
        ).click()
        return Respondent(page, self.url)


@pytest.fixture
def arrive(open_page: OpenPage, live_server: LiveServer) -> Arrive:
    return Arrive(open_page, live_server.url)
