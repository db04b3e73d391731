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
from tests.fixtures.shipped import SHIPPED
from tests.unit.questionnaires.files import valid

PAPERS = (
    f"{FORM}/2007/form/en",
    f"{FORM}/2007/codebook",
    f"{FORM}/2026/form/fr",
    f"{FORM}/2026/form/ar",
    f"{FORM}/2026/codebook/ar",
    "every-kind/1/form/en",
    "every-kind/1/form/ar",
)
SPLIT = """
() => [...document.querySelectorAll('.ask')]
  .filter(ask => !ask.classList.contains('group'))
  .filter(ask => getComputedStyle(ask).breakInside !== 'avoid').length
"""
"""Fields that a page break may go through; a question of several breaks between them."""
ENTRIES_SPLIT = """
() => [...document.querySelectorAll('article.entry')]
  .filter(entry => !entry.querySelector('.columns'))
  .filter(entry => getComputedStyle(entry).breakInside !== 'avoid').length
"""
HEADS = """
() => [...document.querySelectorAll('thead')]
  .map(head => getComputedStyle(head).display)
"""


@pytest.fixture
def services(live_server: LiveServer) -> Iterator[Services]:
    built = build(live_server.settings, catalogue=SHIPPED)
    open_a_round(built, definition=load_definition(valid("every_kind")))
    yield built
    built.close()


SLANTED = """
() => [...document.querySelectorAll('.routing, .routing *')]
  .filter(part => getComputedStyle(part).fontStyle !== 'normal').length
"""


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


@pytest.mark.usefixtures("services")
def test_routing_is_slanted_only_in_scripts_that_have_italics(
    page: Page, live_server: LiveServer
) -> None:
    slanted = {}

    for language in ("fr", "ar"):
        page.goto(f"{live_server.url}/questionnaires/{FORM}/2026/form/{language}")
        slanted[language] = page.evaluate(SLANTED) > 0

    assert slanted == {"fr": True, "ar": False}


@pytest.mark.usefixtures("services")
def test_codebook_keeps_entries_whole(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/questionnaires/{FORM}/2026/codebook/fr")
    page.emulate_media(media="print")

    split = page.evaluate(ENTRIES_SPLIT)

    assert page.locator("article.entry").count() > 60
    assert split == 0
