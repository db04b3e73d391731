"""Every type of question in a browser: filled, saved, shown again, with a script and without."""

import base64

import pytest
from playwright.sync_api import expect

from app.bootstrap import Services
from questionnaires.loading import load_definition
from tests.e2e.respondent.answering import Respondent
from tests.e2e.respondent.conftest import Arrive
from tests.fixtures.browser import assert_accessible, narrow
from tests.fixtures.rounds import Asked, open_a_round
from tests.unit.questionnaires.files import valid

FILLED = {
    "words": "Some words",
    "whole": "21",
    "fraction": "2.5",
    "day": "2026-03-01",
    "opens_at": "09:30",
    "meeting": "2026-07-15T10:00",
    "seat.latitude": "-1.2921",
    "seat.longitude": "36,8219",
    "places.0.town": "Lima",
    "places.0.since": "1996",
}
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one dot."""
SHOWN_AGAIN = FILLED | {"seat.longitude": "36.8219"}
SAID = (
    "Some words",
    "21",
    "2.5",
    "2026-03-01",
    "Blue",
    "Red; Green",
    "1. Green; 2. Red",
    "4.5",
    "09:30",
    "2026-07-15 10:00 (UTC+02:00)",
    "OK",
    "-1.2921, 36.8219",
)
"""What the review says of these answers."""

with_and_without_script = pytest.mark.parametrize(
    "javascript", [True, False], ids=["script", "no-script"]
)


def a_round(services: Services, name: str) -> Asked:
    (only,) = open_a_round(services, definition=load_definition(valid(name)))
    return only


def fill(one: Respondent) -> None:
    for name, text in FILLED.items():
        one.write(name, text)
    one.choose("one", "blue")
    one.choose("several", "red", "green")
    one.pick("ranked", "green", "red")
    one.choose("agreement", "4.5")
    one.choose("read_it", "OK")


@with_and_without_script
def test_every_kind_is_filled_saved_and_shown_again(
    arrive: Arrive, services: Services, javascript: bool
) -> None:
    asked = a_round(services, "every_kind")
    one = arrive(asked.focal_point, javascript=javascript)
    one.open("section_a")

    fill(one)
    one.send("Save")

    for name, text in SHOWN_AGAIN.items():
        expect(one.page.locator(f'[name="{name}"]')).to_have_value(text)
    for name, value in (("one", "blue"), ("agreement", "4.5"), ("read_it", "OK")):
        assert one.page.locator(f'[name="{name}"][value="{value}"]').is_checked()
    one.open("review")
    for words in SAID:
        expect(one.page.locator("main")).to_contain_text(words)


def test_every_kind_is_saved_by_itself_with_a_script(arrive: Arrive, services: Services) -> None:
    one = arrive(a_round(services, "every_kind").focal_point)
    one.open("section_a")

    fill(one)
    one.page.locator('[name="seat.longitude"]').blur()
    one.expect_saved()

    one.open("section_a")
    for name, text in SHOWN_AGAIN.items():
        expect(one.page.locator(f'[name="{name}"]')).to_have_value(text)


@with_and_without_script
def test_faults_of_each_kind_are_told_beside_the_field(
    arrive: Arrive, services: Services, javascript: bool
) -> None:
    one = arrive(a_round(services, "ways_of_asking").focal_point, javascript=javascript)
    one.open("section_a")
    one.write("share", "33")
    if javascript:
        one.page.locator('[name="share"]').blur()
    else:
        one.send("Save")

    expect(one.page.locator("#m-share")).to_contain_text(
        "Give a number from 0 to 100, in steps of 5."
    )


@with_and_without_script
def test_options_follow_an_answer_on_the_page_and_on_the_page_before(
    arrive: Arrive, services: Services, javascript: bool
) -> None:
    one = arrive(a_round(services, "ways_of_asking").focal_point, javascript=javascript)
    one.open("section_b")
    waits = one.page.locator("#q-port").get_by_role("link", name="A2 Which country?")
    expect(waits).to_have_attribute("href", "/form/section_a#q-country")
    one.open("section_a")
    expect(one.page.locator("#q-country")).to_contain_text("A1 Which region?")

    one.pick("region", "north")
    if not javascript:
        one.send("Save")
    expect(one.page.locator('[name="country"][value="boreas"]')).to_be_visible()
    expect(one.page.locator('[name="country"][value="cathay"]')).to_have_count(0)
    one.choose("country", "arcadia")
    one.press("Save and continue")

    expect(one.page.locator("#q-port legend").first).to_contain_text("Which port of Arcadia?")
    expect(one.page.locator("#q-port .choices .choice")).to_have_text(
        ["Arcadia East", "Arcadia West"]
    )
    one.choose("port", "arcadia_west")
    one.send("Save and continue")
    one.open("section_a")
    one.choose("country", "boreas")
    one.press("Save and continue")
    expect(one.page.locator("#m-port")).to_contain_text(
        "«Arcadia West» is not among the options that your other answers leave."
    )


@with_and_without_script
def test_suggestion_is_saved_with_the_page_and_not_before(
    arrive: Arrive, services: Services, javascript: bool
) -> None:
    one = arrive(a_round(services, "ways_of_asking").focal_point, javascript=javascript)
    page = one.open("section_b")
    expect(page.locator('[name="year"]')).to_have_value("2025")
    expect(page.locator("#q-year .suggestion")).to_contain_text("Suggested")
    expect(page.locator("#q-office_code")).to_contain_text("spring-")
    one.open("review")
    expect(page.locator("main")).not_to_contain_text("2025")

    one.open("section_b")
    one.write("contact_point", "")
    one.send("Save")

    expect(page.locator('[name="year"]')).to_have_value("2025")
    expect(page.locator("#q-office_code")).to_contain_text("spring-2025")
    # Neither what was taken nor what was emptied is suggested again.
    expect(page.locator(".suggestion")).to_have_count(0)
    expect(page.locator('[name="contact_point"]')).to_have_value("")


@with_and_without_script
def test_suggestion_comes_anew_when_its_trigger_is_answered_differently(
    arrive: Arrive, services: Services, javascript: bool
) -> None:
    one = arrive(a_round(services, "ways_of_asking").focal_point, javascript=javascript)
    page = one.open("section_b")
    one.write("contact_point", "The legation")
    one.send("Save")
    one.open("section_a")
    one.pick("region", "north")
    one.send("Save")
    one.choose("country", "arcadia")
    one.send("Save")

    one.open("section_b")
    expect(page.locator('[name="contact_point"]')).to_have_value("The office in arcadia")
    expect(page.locator("#q-contact_point .suggestion")).to_contain_text(
        "because the answer to «Which country?» was changed"
    )
    expect(page.locator("#q-contact_point .suggestion")).to_contain_text(
        "Saved at present: The legation."
    )
    one.write("contact_point", "The legation")
    one.send("Save")

    # Who has decided against it is not asked again.
    expect(page.locator('[name="contact_point"]')).to_have_value("The legation")
    expect(page.locator(".suggestion")).to_have_count(0)


@with_and_without_script
def test_total_that_does_not_add_up_is_told_where_it_is_typed(
    arrive: Arrive, services: Services, javascript: bool
) -> None:
    one = arrive(a_round(services, "ways_of_asking").focal_point, javascript=javascript)
    page = one.open("section_c")
    for name, number in (("staff_women", "4"), ("staff_men", "3"), ("staff_total", "7")):
        one.write(name, number).blur()
    if not javascript:
        one.send("Save")
    else:
        one.expect_saved()
    expect(page.locator("#m-staff_total")).to_be_empty()

    # The part is changed, and the total is where it no longer fits.
    one.write("staff_women", "5").blur()
    if not javascript:
        one.send("Save")

    expect(page.locator("#m-staff_total")).to_contain_text(
        "Women and men do not add up to this total."
    )


def test_picture_that_was_sent_is_seen(arrive: Arrive, services: Services) -> None:
    one = arrive(a_round(services, "every_kind").focal_point)
    one.open("section_a").get_by_role("link", name="Add a picture").click()
    one.page.locator("#f-file").set_input_files(
        {"name": "emblem.png", "mimeType": "image/png", "buffer": DOT}
    )
    one.send("Add")

    thumbnail = one.open("section_a").locator("#q-emblem img")

    expect(thumbnail).to_be_visible()
    assert thumbnail.evaluate("image => image.complete && image.naturalWidth") == 1


def test_table_begins_with_as_many_rows_as_are_asked_for(
    arrive: Arrive, services: Services
) -> None:
    one = arrive(a_round(services, "ways_of_asking").focal_point, javascript=False)
    page = one.open("section_b")
    expect(page.locator("#q-visits tbody tr")).to_have_count(2)

    one.write("visits.0.visit_at", "09:30")
    one.send("Save")

    expect(page.locator("#m-visits")).to_contain_text("at least 2 are asked for")


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("every_kind", ["section_a"]),
        ("ways_of_asking", ["section_a", "section_b", "section_c"]),
    ],
)
def test_pages_with_every_kind_fit_and_are_accessible(
    arrive: Arrive, services: Services, name: str, sections: list[str]
) -> None:
    one = arrive(a_round(services, name).focal_point)
    for section in sections:
        page = one.open(section)
        page.set_viewport_size({"width": 1280, "height": 900})
        assert_accessible(page)
        narrow(page)
        assert_accessible(page)
