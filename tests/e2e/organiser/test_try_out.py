"""A draft on trial looks as it will to those who are asked, from right to left too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from app.bootstrap import build
from tests.e2e.organiser.test_round import sign_in
from tests.fixtures.browser import assert_accessible, narrow
from tests.fixtures.languages import SPOKEN
from tests.fixtures.sample import Sample, copy_of, sample_settings
from tests.fixtures.service import LiveServer, serve

INTRODUCED = SPOKEN.replace(
    "  languages:",
    "  introduction: {en: Of ferries., ar: يتناول هذا الاستبيان العبّارات.}\n  languages:",
).replace("code: A1", "code: A1\n        core: true")
ACCENT = "getComputedStyle(document.querySelector('.item .code')).color"


@pytest.fixture
def server(sqlite_sample: Sample, tmp_path: Path) -> Iterator[LiveServer]:
    url = copy_of(sqlite_sample, tmp_path)
    build(sample_settings(url, tmp_path / "data")).close()
    with serve(url, tmp_path / "data") as server:
        yield server


@pytest.fixture
def on_trial(page: Page, server: LiveServer, tmp_path: Path) -> Page:
    """The overview of a draft on trial, shown in Arabic."""
    form = tmp_path / "ferries.yaml"
    form.write_text(INTRODUCED, encoding="utf-8")
    sign_in(page, server)
    page.goto(f"{server.url}/organiser/questionnaires/new")
    page.get_by_label("File").set_input_files(form)
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("link", name="Try it as respondents will see it").click()
    page.goto(f"{page.url.partition('?')[0]}?language=ar")
    return page


def test_introduction_in_arabic_begins_below_its_heading(on_trial: Page) -> None:
    edge = "e => e.getBoundingClientRect().right"

    heading = on_trial.locator("h1").evaluate(edge)
    introduction = on_trial.locator("p.lead").evaluate(edge)

    assert abs(heading - introduction) < 1
    assert_accessible(on_trial)
    narrow(on_trial)


def test_star_has_the_colour_that_respondents_see(on_trial: Page) -> None:
    on_trial.get_by_role("link", name="Begin", exact=True).click()

    star = on_trial.locator(".item .core").first.evaluate("e => getComputedStyle(e).color")

    assert star == on_trial.evaluate(ACCENT)
    assert_accessible(on_trial)
