"""Asking for files of a round, seeing them built, and downloading them."""

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from app.accounts.models import Role
from app.bootstrap import Services, build
from app.downloads.jobs import BUILD_EXPORT
from app.downloads.models import Export, ExportState
from app.sample.loaded import Loaded
from app.worker import kinds
from tests.fixtures.rounds import SteppedClock
from tests.fixtures.sample import sample_settings
from tests.fixtures.shipped import SHIPPED
from tests.integration.jobs.world import PaperQueue
from tests.integration.organiser.conftest import SignIn
from tests.integration.organiser.test_board import words

PAGE = "/organiser/rounds/gfmd-2007/downloads"


@pytest.fixture
def queue() -> PaperQueue:
    return PaperQueue()


@pytest.fixture
def services(
    sample_url: str, tmp_path: Path, clock: SteppedClock, queue: PaperQueue
) -> Iterator[Services]:
    settings = sample_settings(sample_url, tmp_path / "data")
    built = build(settings, clock=clock, jobs=queue, catalogue=SHIPPED)
    yield built
    built.close()


def work(services: Services, queue: PaperQueue) -> None:
    """Do what a worker does with the jobs it is asked for."""
    (building,) = [kind for kind in kinds(services) if kind.name == BUILD_EXPORT]
    for job in queue.asked:
        building.record(job.row_id, job.attempt, building.act(job.row_id, job.attempt))
    queue.asked.clear()


def the_export(services: Services) -> Export:
    with services.database.read() as session:
        return session.exec(select(Export)).one()


def test_downloads_none_yet(signed_in: SignIn, loaded: Loaded) -> None:
    assert "No file has been asked for yet." in signed_in(Role.ANALYST).get(PAGE).text


def test_download_from_asking_to_the_file(
    signed_in: SignIn,
    loaded: Loaded,
    services: Services,
    queue: PaperQueue,
    users: dict[Role, int],
) -> None:
    analyst = signed_in(Role.ANALYST)

    asked = analyst.post(PAGE, exporter="annex-b", as_of="2007-07-09T12:00")

    assert asked.headers["location"] == f"{PAGE}?follow=1"
    assert [job.kind for job in queue.asked] == [BUILD_EXPORT]
    waiting = analyst.get(f"{PAGE}?follow=1")
    assert waiting.headers["refresh"] == "3"
    assert "Stop loading by itself" in waiting.text
    assert "refresh" not in analyst.get(PAGE).headers

    work(services, queue)

    page = analyst.get(f"{PAGE}?follow=1")
    assert "refresh" not in page.headers
    assert "● Ready" in words(page.text)
    assert "as of 9 July 2007, 12:00 (Europe/Brussels)" in words(page.text)
    assert "Asked for by The analyst" in words(page.text)
    link = re.search(rf'href="({PAGE}/[\w-]+)"', page.text)
    assert link is not None
    file = analyst.get(link[1])
    assert file.headers["content-disposition"].startswith(
        'attachment; filename="gfmd-2007-annex-b-2007-07-09.xlsx"'
    )
    assert file.headers["x-content-type-options"] == "nosniff"
    assert sha256(file.content).hexdigest() in page.text
    assert "Annex B" in load_workbook(BytesIO(file.content)).sheetnames
    export = the_export(services)
    assert export.requested_by_id == users[Role.ANALYST]
    assert len(file.content) == export.size


def test_download_before_it_is_built_says_so(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    analyst = signed_in(Role.ANALYST)
    analyst.post(PAGE, exporter="annex-b")

    answer = analyst.get(f"{PAGE}/{the_export(services).key}")

    assert answer.status_code == 409
    assert "still being built" in answer.text
    assert "<h1>Not ready yet</h1>" in answer.text


def test_download_after_its_time_is_gone(
    signed_in: SignIn,
    loaded: Loaded,
    services: Services,
    queue: PaperQueue,
    clock: SteppedClock,
) -> None:
    signed_in(Role.ANALYST).post(PAGE, exporter="annex-b")
    work(services, queue)
    clock.move(days=services.settings.export_retention_days)
    later = signed_in(Role.ANALYST)

    answer = later.get(f"{PAGE}/{the_export(services).key}")

    assert answer.status_code == 410
    assert "Deleted at the end of its time" in later.get(PAGE).text


def test_download_through_another_round_is_not_found(
    signed_in: SignIn, loaded: Loaded, services: Services, queue: PaperQueue
) -> None:
    analyst = signed_in(Role.ANALYST)
    analyst.post(PAGE, exporter="annex-b")
    work(services, queue)

    answer = analyst.get(f"/organiser/rounds/rcp-demo/downloads/{the_export(services).key}")

    assert answer.status_code == 404


def test_download_that_failed_says_why(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    analyst = signed_in(Role.ANALYST)
    analyst.post(PAGE, exporter="annex-b")
    with services.database.write() as session:
        export = session.exec(select(Export)).one()
        export.state = ExportState.FAILED
        export.error = "The disk is full."

    assert "The disk is full. Ask for it again" in analyst.get(PAGE).text


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"exporter": "annex-b", "as_of": "soon"}, 422, "«soon» is not a day with a time."),
        ({"exporter": "annex-b", "as_of": "0001-01-01T00:00"}, 422, "The year 0001 is outside"),
        ({"exporter": "annex-b", "as_of": "9999-12-31T23:59"}, 422, "The year 9999 is outside"),
        ({"exporter": "annex-b", "as_of": "2000-01-01T00:00"}, 422, "known of since 9 July 2007"),
        ({"exporter": "annex-b", "as_of": "2099-01-01T00:00"}, 422, "lies in the future"),
        ({"exporter": "annex-z"}, 404, "There is no export «annex-z»"),
    ],
)
def test_asking_for_what_cannot_be_is_refused(
    signed_in: SignIn, services: Services, fields: dict[str, str], status: int, said: str
) -> None:
    answer = signed_in(Role.ANALYST).post(PAGE, **fields)

    assert answer.status_code == status
    assert said in answer.text
    with services.database.read() as session:
        assert session.exec(select(Export)).all() == []
