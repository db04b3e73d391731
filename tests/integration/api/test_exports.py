"""Exports: asked for, built, downloaded."""

from hashlib import sha256
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.accounts.models import Role
from app.bootstrap import Services
from app.downloads.jobs import BUILD_EXPORT
from app.worker import kinds
from tests.fixtures.rounds import SteppedClock
from tests.integration.api.conftest import API, ByRole
from tests.integration.jobs.world import PaperQueue

EXPORTS = f"{API}/rounds/gfmd-2007/exports"


def work(services: Services, queue: PaperQueue) -> None:
    """Do what a worker does with the jobs it is asked for."""
    (building,) = [kind for kind in kinds(services) if kind.name == BUILD_EXPORT]
    for job in queue.asked:
        building.record(job.row_id, job.attempt, building.act(job.row_id, job.attempt))
    queue.asked.clear()


def test_export_from_asking_to_the_file(
    program: ByRole, services: Services, queue: PaperQueue
) -> None:
    analyst = program(Role.ANALYST)

    asked = analyst.post(
        EXPORTS, json={"exporter": "annex-b", "as_of": "2007-07-08T20:00:00-04:00"}
    )

    assert asked.status_code == 202
    place = asked.headers["location"]
    waiting = analyst.get(place).json()
    assert (waiting["state"], waiting["file"]) == ("waiting", None)
    assert waiting["as_of"] == "2007-07-09T00:00:00Z"
    assert waiting["file_name"] == "gfmd-2007-annex-b-2007-07-09.xlsx"
    early = analyst.get(f"{place}/file")
    assert (early.status_code, early.json()["code"]) == (409, "not-ready")

    work(services, queue)

    ready = analyst.get(place).json()
    assert ready["state"] == "ready", ready["error"]
    file = analyst.get(ready["file"])
    assert sha256(file.content).hexdigest() == ready["sha256"]
    assert len(file.content) == ready["size"]
    assert "Annex B" in load_workbook(BytesIO(file.content)).sheetnames
    assert analyst.all(EXPORTS) == [ready]


def test_export_after_its_time_is_gone(
    program: ByRole, services: Services, queue: PaperQueue, clock: SteppedClock
) -> None:
    place = program(Role.ANALYST).post(EXPORTS, json={"exporter": "annex-b"}).headers["location"]
    work(services, queue)

    clock.move(days=services.settings.export_retention_days)

    assert program(Role.ANALYST).get(f"{place}/file").status_code == 410


def test_export_through_another_round_is_not_found(program: ByRole) -> None:
    analyst = program(Role.ANALYST)
    key = analyst.post(EXPORTS, json={"exporter": "annex-b"}).json()["key"]

    for path in (key, f"{key}/file"):
        assert analyst.get(f"{API}/rounds/rcp-demo/exports/{path}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"exporter": "annex-z"}, 404),
        ({"exporter": "annex-b", "as_of": "2099-01-01T00:00:00Z"}, 422),
        ({"exporter": "annex-b", "as_of": "2007-07-09T00:00:00"}, 422),
        ({"exporter": "annex-b", "as_of": "2007-07-08T23:59:59Z"}, 422),
        ({"exporter": "annex-b", "as_of": "0001-01-01T00:00:00Z"}, 422),
        ({"exporter": "annex-b", "as_of": "0001-01-01T00:00:00+14:00"}, 422),
        ({"exporter": "annex-b", "as_of": "9999-12-31T23:59:59-14:00"}, 422),
        ({}, 422),
    ],
)
def test_export_that_cannot_be_is_refused(
    program: ByRole, queue: PaperQueue, asked: dict[str, str], status: int
) -> None:
    answer = program(Role.ANALYST).post(EXPORTS, json=asked)

    assert answer.status_code == status
    assert program(Role.ANALYST).all(EXPORTS) == []
    assert queue.asked == []


def test_exports_are_listed_the_newest_first(program: ByRole) -> None:
    analyst = program(Role.ANALYST)
    keys = [analyst.post(EXPORTS, json={"exporter": "annex-b"}).json()["key"] for _ in range(3)]

    assert [one["key"] for one in analyst.all(f"{EXPORTS}?limit=2")] == keys[::-1]
