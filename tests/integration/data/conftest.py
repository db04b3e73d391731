"""What tests of registry, standings, synthesis and samples are given."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.bootstrap import Services, build
from app.settings import Settings
from tests.fixtures.rounds import SteppedClock
from tests.fixtures.shipped import SHIPPED
from tests.integration.data.queries import QueryCounter


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(datetime(2027, 3, 10, 12, tzinfo=UTC))


@pytest.fixture
def services(settings: Settings, clock: SteppedClock) -> Iterator[Services]:
    built = build(settings, clock=clock, catalogue=SHIPPED)
    yield built
    built.close()


@pytest.fixture
def queries(services: Services) -> QueryCounter:
    """Counts the statements that readers send from now on."""
    return QueryCounter(services.database.reader)
