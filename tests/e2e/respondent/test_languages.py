"""A form from right to left, and in a language that not all of it is translated into."""

import pytest

from app.bootstrap import Services
from tests.e2e.respondent.answering import Respondent
from tests.fixtures.browser import HEIGHT, WIDE, OpenPage, assert_accessible, narrow
from tests.fixtures.languages import ferries_in_three_languages
from tests.fixtures.rounds import Asked, open_a_round
from tests.fixtures.service import LiveServer

PAGES = ("", "section_a", "materials", "review", "submit", "decline")


@pytest.fixture
def ferries(services: Services) -> Asked:
    (only,) = open_a_round(services, definition=ferries_in_three_languages())
    return only


@pytest.fixture
def arrived(open_page: OpenPage, live_server: LiveServer, ferries: Asked) -> Respondent:
    """One who has chosen Arabic on the start page."""
    page = open_page()
    page.goto(f"{live_server.url}/r/{ferries.focal_point.token}")
    page.get_by_role("link", name="العربية").click()
    assert_accessible(page)
    narrow(page)
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    page.get_by_role("button", name="Start").click()
    return Respondent(page, live_server.url)


def test_every_page_from_right_to_left_fits_and_is_accessible(arrived: Respondent) -> None:
    for name in PAGES:
        page = arrived.open(name)
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert_accessible(page)
        narrow(page)


def test_page_from_right_to_left_is_mirrored(arrived: Respondent) -> None:
    page = arrived.open("section_a")
    side = page.get_by_role("navigation", name="Sections of the form").bounding_box()
    form = page.locator("#section-form").bounding_box()
    button = page.get_by_role("radio").first.bounding_box()
    words = page.get_by_text("سيارات").first.bounding_box()

    assert side
    assert form
    assert button
    assert words
    assert side["x"] > form["x"] + form["width"]
    assert button["x"] > words["x"] + words["width"]


def test_words_in_another_direction_keep_their_order_and_begin_at_the_right(
    arrived: Respondent,
) -> None:
    page = arrived.open("")

    lead = page.locator("p.lead")
    saved = page.get_by_text("Nothing is saved yet")

    for one in (lead, saved.last):
        assert one.evaluate("e => getComputedStyle(e).textAlign") == "right"
        assert one.evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"


def test_language_changes_by_a_button_and_leads_back_to_the_same_page(
    arrived: Respondent,
) -> None:
    page = arrived.open("section_a")

    page.get_by_role("button", name="français").click()

    assert page.url.endswith("/form/section_a")
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert page.get_by_role("heading", name="A. Trafic", exact=True).is_visible()
    assert page.get_by_role("button", name="français").get_attribute("aria-current") == "true"
