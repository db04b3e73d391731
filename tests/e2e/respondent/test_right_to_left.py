"""Arabic words of the form among English words of the pages: each in its order, in its place."""

import pytest
from playwright.sync_api import Page

from app.bootstrap import Services
from tests.e2e.respondent.answering import Respondent
from tests.fixtures.browser import NARROW, OpenPage, assert_accessible, narrow
from tests.fixtures.positions import lines_of, read_from_left, read_from_right, words_of
from tests.fixtures.rounds import FORM, open_a_round
from tests.fixtures.service import LiveServer

NEARBY = 20
"""Pixels between things that belong together."""


@pytest.fixture
def reader(services: Services, open_page: OpenPage, live_server: LiveServer) -> Respondent:
    """One who reads the form of 2026 in Arabic, on a telephone."""
    definition = services.catalogue.get(FORM, "2026")
    (asked,) = open_a_round(services, definition=definition)
    page = open_page(width=NARROW)
    page.goto(f"{live_server.url}/r/{asked.focal_point.token}?language=ar")
    page.get_by_role("button", name="Start").click()
    return Respondent(page, live_server.url)


def submitted_as_it_is(reader: Respondent, name: str) -> Page:
    page = reader.open(name)
    with page.expect_navigation():
        page.locator("main form.panel button[type=submit]").last.click()
    return page


def founded(reader: Respondent, year: str) -> Page:
    page = reader.section("b")
    page.locator("[name=year_founded]").fill(year)
    with page.expect_navigation():
        page.locator("#section-form button[value=save]").last.click()
    return page


def test_label_of_a_cell_begins_at_the_right_and_its_star_ends_it(reader: Respondent) -> None:
    page = reader.section("a")
    cell = page.locator("table.rows tbody tr").first.locator("td").first

    label = words_of(cell.locator(".cell-label"))
    edge = cell.evaluate("e => e.getBoundingClientRect().right")

    assert [word.text for word in label] == ["الكيان", "*"]
    assert edge - label[0].right < 1
    assert label[1].right <= label[0].left


def test_option_of_a_cell_stands_beside_its_button(reader: Respondent) -> None:
    page = reader.section("f")
    narrow(page)

    for choice in page.locator("table.matrix tbody tr").first.locator(".choice").all():
        button = choice.locator("input").bounding_box()
        assert button is not None
        for line in lines_of(choice):
            assert 0 < button["x"] - line[-1].right < NEARBY
    blank = page.locator("table.matrix tbody .no-answer").first
    (words, *_) = lines_of(blank.locator(".cell-label"))
    assert blank.evaluate("e => e.getBoundingClientRect().right") - words[-1].right < 1


def test_what_has_no_answer_says_so_after_its_sign(reader: Respondent) -> None:
    page = reader.open("review")

    assert read_from_right(page.locator(".unsaid").first) == (
        "○ بلا إجابة – الإجابة مطلوبة قبل الإرسال"
    )


@pytest.mark.parametrize("width", [NARROW, 1280])
@pytest.mark.parametrize("name", ["submit", "decline"])
def test_faults_in_english_are_read_from_left_to_right(
    reader: Respondent, name: str, width: int
) -> None:
    page = submitted_as_it_is(reader, name)
    page.set_viewport_size({"width": width, "height": 900})

    faults = page.locator("#faults .told").all()

    assert faults
    for fault in faults:
        assert read_from_left(fault) == " ".join(fault.inner_text().split())
        link = words_of(fault.locator("xpath=../a"))
        # Not beside the words of the form, in whose line its own would be turned.
        assert min(word.top for word in words_of(fault)) >= link[-1].bottom - 8
    assert_accessible(page)


def test_message_of_the_form_and_how_to_mend_it_stand_on_lines_of_their_own(
    reader: Respondent,
) -> None:
    page = founded(reader, "12")
    listed = page.locator("#to-correct .told")
    beside = page.locator("#m-year_founded .remark > p")

    for message, mend in ((listed.first, listed.last), (beside.first, beside.last)):
        text = read_from_right(message)
        assert text.endswith("يُرجى ذكر السنة بأربعة أرقام، من 1900 إلى السنة الجارية.")
        assert read_from_left(mend).startswith("Change the answer so that it fits.")
        assert words_of(mend)[0].top >= words_of(message)[-1].bottom - 8
    assert read_from_right(beside.first).startswith("▲ ")
    assert_accessible(page)
    review = reader.open("review")
    assert read_from_right(review.locator(".answers .remark > p").first).startswith("▲ ")
    assert read_from_left(review.locator("#blocking .told").last) == (
        "Change the answer so that it fits."
    )


def test_english_fault_beside_a_field_begins_with_its_sign(reader: Respondent) -> None:
    page = founded(reader, "in spring")

    error = page.locator("#m-year_founded .error")

    assert read_from_left(error) == error.inner_text()
    assert error.evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"


def test_address_is_written_from_left_to_right_and_the_file_button_from_the_right(
    reader: Respondent,
) -> None:
    page = reader.open("materials")
    button = "e => getComputedStyle(e, '::file-selector-button')"

    assert page.locator("#f-url").evaluate("e => getComputedStyle(e).direction") == "ltr"
    file = page.locator("#f-file")
    assert file.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert file.evaluate("e => getComputedStyle(e).unicodeBidi") != "plaintext"
    assert file.evaluate(f"{button}.marginInlineEnd") != "0px"
    assert_accessible(page)


def test_second_line_of_a_question_begins_below_its_words(reader: Respondent) -> None:
    page = reader.section("a")

    title = page.locator("#item-attribution .item-title, #item-resp_contact .item-title").first
    (first, second, *_) = lines_of(title)

    # The rightmost word of the first line is the number.
    assert abs(second[-1].right - first[-2].right) < 1
