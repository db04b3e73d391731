"""What tests of responses are given: the service's parts, a clock, a round that is open."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app.bootstrap import Services, build
from app.main import create_app
from app.responses.models import Response, StoredAnswer
from app.settings import Settings
from questionnaires.models import Definition
from tests.fixtures.rounds import Asked, SteppedClock, open_a_round, start
from tests.fixtures.shipped import SHIPPED
from tests.integration.responses.browsing import Answers, Browser, browser_on
from tests.integration.responses.returning import Return


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def services(settings: Settings, clock: SteppedClock) -> Iterator[Services]:
    built = build(settings, clock=clock, catalogue=SHIPPED)
    yield built
    built.close()


@pytest.fixture
def asked(services: Services) -> Asked:
    """One invited institution in an open round."""
    (only,) = open_a_round(services)
    return only


@pytest.fixture
def response(services: Services, asked: Asked) -> Response:
    """Its response, started by the focal point."""
    return start(services, asked.focal_point)


@pytest.fixture
def definition(services: Services) -> Definition:
    return services.catalogue.get("rcp-migration-development", "2007")


@pytest.fixture
def app(services: Services) -> FastAPI:
    return create_app(services=services)


@pytest.fixture
def browser(app: FastAPI) -> Iterator[Browser]:
    with browser_on(app) as browser:
        yield browser


@pytest.fixture
def other_browser(app: FastAPI) -> Iterator[Browser]:
    with browser_on(app) as browser:
        yield browser


@pytest.fixture
def started(browser: Browser, asked: Asked) -> Browser:
    """A browser in which the focal point has started."""
    browser.start(asked.focal_point)
    return browser


@pytest.fixture
def answers(services: Services) -> Answers:
    """Reads what is stored: value or reason, and revision, by question."""

    def read() -> dict[str, tuple[object, int]]:
        with services.database.read() as session:
            rows = session.exec(select(StoredAnswer))
            return {row.question: (row.missing or row.value, row.revision) for row in rows}

    return read


@pytest.fixture
def ours(services: Services, response: Response, definition: Definition) -> Return:
    return Return(services, response, definition)
