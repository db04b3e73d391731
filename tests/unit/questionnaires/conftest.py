"""Definitions that several tests look at."""

import pytest
from hypothesis import settings

from questionnaires.loading import load_definition
from questionnaires.models import Definition
from tests.fixtures.shipped import SHIPPED
from tests.unit.questionnaires.files import valid

# The machine that runs the tests may be busy: what takes long is for tests that measure it.
settings.register_profile("rapporteur", deadline=None)
settings.load_profile("rapporteur")


@pytest.fixture(scope="session")
def rcp() -> Definition:
    """The questionnaire of 2007."""
    return SHIPPED.get("rcp-migration-development", "2007")


@pytest.fixture(scope="session")
def every_kind() -> Definition:
    """A question of each kind."""
    return load_definition(valid("every_kind"))


@pytest.fixture(scope="session")
def ways() -> Definition:
    """Layouts, suggestions, filters across pages, constraints that look at other answers."""
    return load_definition(valid("ways_of_asking"))


@pytest.fixture(scope="session")
def nested() -> Definition:
    """Groups within groups, with conditions; a matrix; required questions."""
    return load_definition(valid("nested_groups"))
