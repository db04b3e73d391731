"""Every page of a respondent: on a narrow screen, in the dark, from right to left, on paper."""

import pytest
from playwright.sync_api import Page

from app.bootstrap import Services
from app.responses.drafts import Draft, Editor
from app.responses.service.save import save_answers
from tests.e2e.respondent.answering import Respondent
from tests.e2e.respondent.conftest import Arrive
from tests.fixtures.browser import OpenPage, assert_accessible, narrow
from tests.fixtures.rounds import FORM, Asked, start
from tests.fixtures.service import LiveServer

ANSWERS: dict[str, object] = {
    "resp_role": "other",
    "resp_role_other": "A former secretariat",
    "contributors": [{"contributor_entity": "Ministry of Labour"}],
    "year_founded": 1066,
    "members": [{"member_state": "Arcadia", "member_role": "member", "member_since": 1996}],
    "themes": ["trafficking", "health", "data"],
    "themes_top": ["health", "data"],
    "md_founding": "priority",
    "md_founding_ref": "Article 2: “… for development”",
    "md_treatment": "ad_hoc",
    "md_entry_on": "2004-05-31",
    "output_types": ["declaration", "study"],
    "outputs": [{"output_title": "Study of remittances", "output_kind": "study"}],
    "levels_senior": "two_yearly",
    "secretariat": "own",
    "sec_staff": 2.5,
    "ministries_interior": ["founding", "regular"],
    "coord_mech": ["other"],
    "global_links": ["gfmd_work_plan"],
}
PAGES = ["", *(f"section_{letter}" for letter in "abcdef"), "review", "submit", "decline"]
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


def fill(services: Services, asked: Asked) -> None:
    """Save answers that make every kind of question appear."""
    response = start(services, asked.focal_point)
    definition = services.catalogue.get(FORM, "2007")
    with services.database.write() as session:
        save_answers(
            session,
            response=response,
            definition=definition,
            drafts=[Draft(name, value=value) for name, value in ANSWERS.items()],
            editor=Editor("focal point"),
            clock=services.clock,
        )


def test_pages_of_a_filled_form_fit_and_are_accessible(
    one: Respondent, services: Services, asked: Asked
) -> None:
    fill(services, asked)

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
    one.send("Decline")
    look_at(one.page)
    for name in ("", "section_b", "review", "materials"):
        look_at(one.open(name))
    one.send("Leave and come back later")
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
    other.send("Save")

    # The script that looks for faults needs a page that runs scripts.
    one.page.set_content(other.page.content())
    one.page.wait_for_load_state()
    look_at(one.page)
    for name in ("submit", "decline", "materials"):
        one.open(name)
        # A form sent by script starts to load the next page only after the script has returned.
        with one.page.expect_navigation():
            one.page.locator("main form").last.evaluate("form => form.submit()")
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


def test_buttons_that_save_begin_where_the_questions_do(one: Respondent) -> None:
    page = one.section("b")
    button = page.locator(".save-buttons > *").first
    questions, bar = page.locator(".item").first, page.locator(".save-bar")

    for element, inside in ((bar, questions), (button, bar)):
        begins = "e => e.getBoundingClientRect().left"
        assert element.evaluate(begins) - inside.evaluate(begins) < 30


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
