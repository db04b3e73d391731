"""Every page of a respondent: on a narrow screen, in the dark, from right to left, on paper."""

import pytest
from playwright.sync_api import Page

from tests.e2e.respondent.answering import Filling, Respondent
from tests.e2e.respondent.conftest import Arrive
from tests.fixtures.browser import OpenPage, assert_accessible, narrow
from tests.fixtures.rounds import Asked
from tests.fixtures.service import LiveServer

PAGES = ["", *(f"section_{letter}" for letter in "abcdefgh"), "review", "submit", "decline"]
PAGES += ["materials"]


def look_at(page: Page) -> None:
    """Look at a page wide, narrow and from right to left; it must fit and be accessible."""
    page.set_viewport_size({"width": 1280, "height": 900})
    assert_accessible(page)
    narrow(page)
    page.evaluate("document.documentElement.dir = 'rtl'")
    narrow(page)
    page.evaluate("document.documentElement.dir = 'ltr'")


@pytest.fixture
def one(arrive: Arrive, asked: Asked) -> Respondent:
    return arrive(asked.focal_point)


def test_pages_of_a_filled_form_fit_and_are_accessible(one: Respondent) -> None:
    Filling(one.page, one.url, javascript=True).fill_everything()

    for name in PAGES:
        look_at(one.open(name))


def test_pages_before_and_after_fit_and_are_accessible(
    one: Respondent, asked: Asked, live_server: LiveServer
) -> None:
    one.page.goto(f"{live_server.url}/r/{asked.alternate.token}")
    look_at(one.page)
    one.page.goto(f"{live_server.url}/r/{'A' * 43}")
    look_at(one.page)
    one.open("decline")
    one.write("decline_reason", "The secretariat is being moved.")
    one.press("Decline")
    look_at(one.page)
    for name in ("", "section_b", "review", "materials"):
        look_at(one.open(name))
    one.press("Leave and come back later")
    look_at(one.page)
    one.page.goto(f"{live_server.url}/form")
    look_at(one.page)


def test_pages_with_faults_fit_and_are_accessible(
    arrive: Arrive, one: Respondent, asked: Asked
) -> None:
    other = arrive(asked.alternate, javascript=False)
    other.section("b")
    one.section("b")
    one.write("founding_event", "The meeting in the north").blur()
    one.expect_saved()
    other.write("founding_event", "The meeting in the south")
    other.write("year_founded", "in spring")
    other.write("rcp_acronym", "x" * 400)
    other.press("Save")

    # The script that looks for faults needs a page that runs scripts.
    one.page.set_content(other.page.content())
    one.page.wait_for_load_state()
    look_at(one.page)
    for name in ("submit", "decline", "materials"):
        one.open(name)
        one.page.locator("main form").last.evaluate("form => form.submit()")
        one.page.wait_for_load_state()
        look_at(one.page)


def test_pages_in_the_dark_are_accessible(
    open_page: OpenPage, asked: Asked, live_server: LiveServer
) -> None:
    page = open_page(colours="dark")
    page.goto(f"{live_server.url}/r/{asked.focal_point.token}")
    assert_accessible(page)
    page.get_by_role("button", name="Start").click()
    for name in ("", "section_b", "section_f", "review", "submit", "materials"):
        page.goto(f"{live_server.url}/form/{name}".rstrip("/"))
        assert_accessible(page)


def test_narrow_pages_are_accessible(one: Respondent) -> None:
    for name in ("", "section_b", "section_e", "materials"):
        narrow(one.open(name))
        assert_accessible(one.page)


def test_review_on_paper_shows_answers_and_no_buttons(one: Respondent) -> None:
    one.section("b")
    one.write("founding_event", "The meeting in the north").blur()
    one.expect_saved()
    one.open("review")

    one.page.emulate_media(media="print")

    assert one.page.get_by_text("The meeting in the north").is_visible()
    assert one.page.get_by_text("Draft, not submitted.").is_visible()
    hidden = [".form-side", ".masthead", ".actions", ".change"]
    assert [name for name in hidden if one.page.locator(name).first.is_visible()] == []
