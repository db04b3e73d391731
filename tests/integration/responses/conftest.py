"""What tests of responses are given: the service's parts, a clock, a round that is open."""

from collections.abc import Iterator

import pytest

from app.bootstrap import Services, build
from app.responses.models import Response
from app.settings import Settings
from questionnaires.models import Definition
from tests.fixtures.rounds import Asked, SteppedClock, open_a_round, start


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def services(settings: Settings, clock: SteppedClock) -> Iterator[Services]:
    built = build(settings, clock=clock)
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
    return services.catalogue.newest("rcp-migration-development")
