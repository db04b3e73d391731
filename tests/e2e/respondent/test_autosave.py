"""The script of the form: saving by itself, and losing nothing when it cannot."""

import pytest
from playwright.sync_api import Dialog, Page, Route, expect
from sqlmodel import select

from app.bootstrap import Services
from app.responses.models import StoredAnswer
from tests.e2e.respondent.answering import Respondent
from tests.e2e.respondent.conftest import Arrive
from tests.fixtures.rounds import Asked


@pytest.fixture
def one(arrive: Arrive, asked: Asked) -> Respondent:
    return arrive(asked.focal_point)


def stored(services: Services, question: str) -> object:
    with services.database.read() as session:
        row = session.exec(select(StoredAnswer).where(StoredAnswer.question == question)).first()
        return None if row is None else (row.missing or row.value)


def test_text_is_saved_while_typing(one: Respondent, services: Services) -> None:
    one.section("b")

    one.page.locator("#f-rcp_other_names").press_sequentially("NP")

    one.expect_saved()
    assert stored(services, "rcp_other_names") == "NP"
    expect(one.page.locator('[data-progress="section_b"]')).to_have_text("1 of 5 answered")


def test_what_is_answered_before_the_script_has_come_is_saved_when_it_comes(
    one: Respondent, services: Services
) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    one.page.route("**/form.js*", hold)
    one.page.goto(f"{one.url}/form/section_b", wait_until="commit")
    one.choose("composition", "mixed")
    one.page.locator("#f-rcp_other_names").fill("NP")
    assert stored(services, "composition") is None

    waiting[0].continue_()

    one.expect_saved()
    assert stored(services, "composition") == "mixed"
    assert stored(services, "rcp_other_names") == "NP"
    assert stored(services, "rcp_official_name") is None


def test_questions_appear_and_disappear_beside_what_is_being_typed(one: Respondent) -> None:
    one.section("c")
    one.choose("md_founding", "priority")
    passage = one.page.locator("#f-md_founding_ref")
    expect(passage).to_be_visible()

    one.choose("md_treatment", "ad_hoc")
    passage.fill("Half a sent")
    expect(one.page.locator("#item-md_entry")).to_be_visible()

    expect(passage).to_have_value("Half a sent")
    expect(passage).to_be_focused()
    one.choose("md_treatment", "not_addressed")
    expect(one.page.locator("#item-md_entry")).to_have_count(0)
    expect(one.page.locator("#item-md_not_group")).to_be_visible()
    expect(passage).to_have_value("Half a sent")


def test_answer_that_must_be_corrected_is_shown_before_going_on(one: Respondent) -> None:
    one.section("b")
    one.write("year_founded", "1066")

    one.send("Save and continue")

    notice = one.page.locator("#to-correct")
    expect(notice).to_contain_text("1 answer must be corrected before you submit")
    expect(notice).to_be_focused()
    one.send("Save and continue")
    expect(one.page).to_have_url(f"{one.url}/form/section_c")


def test_refused_answer_is_said_beside_the_field_and_stays(one: Respondent) -> None:
    one.section("b")
    year = one.write("year_founded", "in spring")
    year.blur()

    expect(one.page.locator("#m-year_founded .error")).to_contain_text("«in spring» is not a whole")
    expect(one.page.locator("#save-status")).to_contain_text("Not everything is saved")
    expect(year).to_have_value("in spring")
    expect(year).to_have_attribute("aria-invalid", "true")

    year.fill("1996")
    year.blur()
    one.expect_saved()
    expect(one.page.locator("#m-year_founded")).to_be_empty()


def test_exclusive_option_and_others_exclude_each_other(one: Respondent) -> None:
    one.section("f")
    one.choose("dev_actors", "ngo", "agency")

    one.choose("dev_actors", "none")
    expect(one.page.locator('input[name="dev_actors"][value="ngo"]')).not_to_be_checked()
    one.choose("dev_actors", "ngo")
    expect(one.page.locator('input[name="dev_actors"][value="none"]')).not_to_be_checked()

    one.expect_saved()


def test_reason_for_no_answer_gives_way_to_an_answer(one: Respondent, services: Services) -> None:
    one.section("h")
    one.page.locator("#q-good_practice summary").click()
    one.page.locator('input[name="good_practice:missing"][value="dk"]').check()
    one.expect_saved()
    assert stored(services, "good_practice") == "dk"

    one.write("good_practice", "A joint fund").blur()

    one.expect_saved()
    assert stored(services, "good_practice") == "A joint fund"


def test_rows_are_added_and_removed(one: Respondent, services: Services) -> None:
    one.section("b")
    for row, state in enumerate(("Arcadia", "Utopia", "Erewhon")):
        if row:
            one.press("Add a row")
        one.write(f"members.{row}.member_state", state)
    one.press("Remove row 2")

    one.expect_saved()
    assert stored(services, "members") == [
        {"member_state": "Arcadia"},
        {"member_state": "Erewhon"},
    ]


def test_two_people_at_one_answer_choose_which_to_keep(
    one: Respondent, arrive: Arrive, asked: Asked, services: Services
) -> None:
    other = arrive(asked.alternate)
    one.section("b")
    other.section("b")
    one.write("founding_event", "The meeting in the north").blur()
    one.expect_saved()

    mine = other.write("founding_event", "The meeting in the south")
    mine.blur()
    box = other.page.locator("#m-founding_event")
    expect(box).to_contain_text("The focal point changed this answer")
    expect(box).to_contain_text("The meeting in the north")
    expect(mine).to_have_value("The meeting in the south")
    assert stored(services, "founding_event") == "The meeting in the north"

    mine.fill("The meetings in the north and the south")
    mine.blur()
    expect(box).to_contain_text("The meetings in the north and the south")
    box.get_by_label("Keep mine").check()

    other.expect_saved()
    expect(box).to_be_empty()
    assert stored(services, "founding_event") == "The meetings in the north and the south"


def test_ended_session_loses_nothing_and_goes_on_after_a_new_start(
    one: Respondent, asked: Asked, services: Services
) -> None:
    one.section("b")
    one.page.context.clear_cookies()
    name = one.write("rcp_acronym", "NP")
    name.blur()
    expect(one.page.locator("#save-status")).to_contain_text("your session has ended")
    expect(name).to_have_value("NP")

    tab = one.page.context.new_page()
    tab.goto(f"{one.url}/r/{asked.focal_point.token}")
    tab.get_by_role("button", name="Continue").click()
    # The tab stays: Chromium was seen to hang when one was closed while its page still loaded.
    tab.wait_for_url("**/form")
    tab.wait_for_load_state()
    one.page.bring_to_front()
    one.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    one.expect_saved()
    assert stored(services, "rcp_acronym") == "NP"


def test_lost_connection_is_tried_again(one: Respondent, services: Services) -> None:
    one.section("b")
    one.page.context.set_offline(True)
    one.write("rcp_acronym", "NP").blur()
    expect(one.page.locator("#save-status")).to_contain_text("no connection")

    one.page.context.set_offline(False)

    one.expect_saved()
    assert stored(services, "rcp_acronym") == "NP"


def test_leaving_asks_only_while_something_is_unsaved(one: Respondent) -> None:
    page: Page = one.section("b")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    one.write("rcp_acronym", "NP").blur()
    one.expect_saved()
    page.reload()
    assert asked == []

    one.write("year_founded", "soon").blur()
    expect(page.locator("#m-year_founded .error")).to_be_visible()
    page.reload()

    assert asked == ["beforeunload"]
