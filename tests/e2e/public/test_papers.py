"""Blank forms and codebooks: on a narrow screen, from right to left, and on paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from app.bootstrap import Services, build
from questionnaires.loading import load_definition
from tests.fixtures.browser import assert_accessible, narrow
from tests.fixtures.rounds import FORM, open_a_round
from tests.fixtures.service import LiveServer
from tests.unit.questionnaires.files import valid

PAPERS = (
    f"{FORM}/2007/form/en",
    f"{FORM}/2007/codebook",
    "every-kind/1/form/en",
    "every-kind/1/form/ar",
)
SPLIT = """
() => [...document.querySelectorAll('.ask')]
  .filter(ask => !ask.querySelector(':scope > .ask ~ .ask'))
  .filter(ask => getComputedStyle(ask).breakInside !== 'avoid').length
"""
"""Questions that a page break may go through; one of several fields may be longer than a page."""
HEADS = """
() => [...document.querySelectorAll('thead')]
  .map(head => getComputedStyle(head).display)
"""


@pytest.fixture
def services(live_server: LiveServer) -> Iterator[Services]:
    built = build(live_server.settings)
    open_a_round(built, definition=load_definition(valid("every_kind")))
    yield built
    built.close()


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.usefixtures("services")
def test_papers_fit_every_screen_and_are_accessible(page: Page, live_server: LiveServer) -> None:
    for path in PAPERS:
        page.set_viewport_size({"width": 1280, "height": 900})

        page.goto(f"{live_server.url}/questionnaires/{path}")

        assert_accessible(page)
        narrow(page)


@pytest.mark.usefixtures("services")
def test_paper_breaks_between_questions_and_repeats_heads(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/questionnaires/{PAPERS[0]}")
    page.emulate_media(media="print")

    heads = page.evaluate(HEADS)

    assert page.locator(".ask").count() > 60
    assert page.evaluate(SPLIT) == 0
    assert len(heads) > 5
    assert set(heads) == {"table-header-group"}
    assert not page.locator(".masthead").is_visible()
    for size in ("A4", "Letter"):
        assert 8 < pages_of(page.pdf(format=size)) < 24
