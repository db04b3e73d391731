"""Definitions that several tests look at."""

from pathlib import Path

import pytest

from questionnaires.catalogue import Catalogue
from questionnaires.loading import load_definition
from questionnaires.models import Definition

VALID = Path(__file__).parents[2] / "definitions" / "valid"


@pytest.fixture(scope="session")
def rcp() -> Definition:
    """The questionnaire of 2007."""
    return Catalogue().get("rcp-migration-development", "2007")


@pytest.fixture(scope="session")
def every_kind() -> Definition:
    """A question of each kind."""
    return load_definition(VALID / "every_kind.yaml")


@pytest.fixture(scope="session")
def nested() -> Definition:
    """Groups within groups, with conditions; a matrix; required questions."""
    return load_definition(VALID / "nested_groups.yaml")
