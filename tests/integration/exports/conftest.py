"""Workbooks that many tests read and none changes."""

import pytest
from openpyxl.workbook import Workbook

from exports.records import Attribution, RoundSnapshot
from tests.integration.exports.workbooks import opened, opened_whole
from tests.unit.exports.rounds import invented_round, paper_round


@pytest.fixture(scope="session")
def paper() -> Workbook:
    """The workbook of the survey of 2007."""
    return opened_whole(paper_round())


@pytest.fixture(scope="session")
def invented() -> RoundSnapshot:
    """An invented second round of twelve, one of whom answered for background only."""
    return invented_round(
        previous=invented_round(4, seed=3, year=2028),
        attributions={"r005": Attribution.BACKGROUND},
    )


@pytest.fixture(scope="session")
def invented_workbook(invented: RoundSnapshot) -> Workbook:
    """The workbook of the invented second round, its values alone."""
    return opened(invented)
