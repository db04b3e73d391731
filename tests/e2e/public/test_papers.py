"""Blank forms and codebooks: on a narrow screen, from right to left, and on paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from app.bootstrap import Services, build
from questionnaires.loading import load_definition
from tests.fixtures.browser import assert_accessible, narrow
from tests.fixtures.positions import lines_of, words_of
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


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_belongs_to_a_question_stands_below_its_words(
    page: Page, live_server: LiveServer, language: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{live_server.url}/questionnaires/{FORM}/2026/form/{language}")

    heading = page.locator("#section-section_a ~ .ask h3").nth(1)
    options = page.locator("#section-section_a ~ .ask .options")
    first, second, *_ = lines_of(heading)
    boxes = [one.bounding_box() for one in options.all()]

    if language == "en":
        assert abs(second[0].left - first[1].left) < 1
        assert {round(box["x"] - second[0].left) for box in boxes if box} == {0}
    else:
        assert abs(second[-1].right - first[-2].right) < 1
        assert {round(box["x"] + box["width"] - second[-1].right) for box in boxes if box} == {0}
    assert len(boxes) > 1


@pytest.mark.usefixtures("services")
def test_table_that_goes_on_shows_that_it_does(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/questionnaires/{FORM}/2026/form/en")
    narrow(page)

    going_on = page.locator(".sheet").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth)"
        ".map(one => getComputedStyle(one).backgroundAttachment)"
    )

    # A shadow at the edge, under a cover that moves away with what is scrolled.
    assert going_on
    assert set(going_on) == {"local, local, scroll, scroll"}


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_texts_of_a_codebook_begin_beside_the_name_of_their_language(
    page: Page, live_server: LiveServer, language: str
) -> None:
    page.goto(f"{live_server.url}/questionnaires/{FORM}/2026/codebook/{language}")

    texts = page.locator("#resp_name .text").all()

    assert len(texts) == 5
    for text in texts:
        tongue, *words = words_of(text)
        if language == "en":
            assert 0 < min(word.left for word in words) - tongue.left < 60
        else:
            assert 0 < tongue.right - max(word.right for word in words) < 60


@pytest.mark.usefixtures("services")
def test_codebook_folds_the_other_languages_where_the_screen_is_narrow(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/questionnaires/{FORM}/2026/codebook/fr")
    english = page.locator("#resp_name .text [lang=en]")
    french = page.locator("#resp_name .text [lang=fr]")
    folded = page.locator("#resp_name summary")

    assert english.is_visible()
    assert not folded.is_visible()
    narrow(page)
    assert french.is_visible()
    assert not words_seen(page, "#resp_name .others")
    assert_accessible(page)
    folded.click()
    assert words_seen(page, "#resp_name .others")
    assert_accessible(page)
    folded.click()
    page.emulate_media(media="print")
    assert words_seen(page, "#resp_name .others")


def words_seen(page: Page, selector: str) -> bool:
    """Whether a folded part shows what it holds."""
    return bool(page.locator(f"{selector} .text").first.evaluate("e => e.checkVisibility()"))
