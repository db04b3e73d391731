"""The whole way of a respondent, with a script and without."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app.bootstrap import Services
from app.responses.models import Submission
from tests.e2e.respondent.answering import SAID, Filling
from tests.e2e.respondent.conftest import Arrive
from tests.fixtures.rounds import Asked


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_fill_leave_come_back_review_and_submit(
    arrive: Arrive, asked: Asked, services: Services, javascript: bool
) -> None:
    first = arrive(asked.focal_point, javascript=javascript)
    Filling(first.page, first.url, javascript).fill_everything()
    first.press("Leave and come back later")
    expect(first.page.get_by_role("heading", level=1)).to_have_text(
        "You have left the questionnaire"
    )

    one = arrive(asked.focal_point, javascript=javascript)
    one.page.get_by_role("link", name="Review and submit").first.click()
    for words in SAID:
        expect(one.page.locator("main")).to_contain_text(words)
    expect(one.page.locator(".message.good").first).to_contain_text(
        "Nothing stands in the way of submitting."
    )
    one.page.get_by_role("link", name="Go on to submit").first.click()
    one.press("Submit")
    expect(one.page.locator("#faults")).to_contain_text("3 things stand in the way")
    one.write("clearance_name", "The Executive Secretary")
    one.write("clearance_title", "Head of the secretariat")
    one.page.get_by_label("I confirm that this return has been cleared").check()
    one.write("minutes_spent", "120")
    one.press("Submit")

    expect(one.page.get_by_role("heading", level=1)).to_have_text(
        "Thank you: the questionnaire is submitted"
    )
    with services.database.read() as session:
        submission = session.exec(select(Submission)).one()
    expect(one.page.locator(".receipt-code")).to_have_text(submission.receipt)
    assert (submission.clearance_name, submission.minutes_spent) == ("The Executive Secretary", 120)
    one.page.get_by_role("link", name="Read and print a copy").click()
    expect(one.page.locator("main")).to_contain_text(f"Receipt {submission.receipt}")


def test_materials_alone_without_script(arrive: Arrive, asked: Asked) -> None:
    one = arrive(asked.focal_point, javascript=False)
    one.page.get_by_role("link", name="Files, links and notes").first.click()
    one.page.locator("#f-file").set_input_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    )
    one.page.locator(".tags summary").click()
    one.page.get_by_label("D2 Please list these outputs").check()
    one.press("Add")
    expect(one.page.locator(".material-list")).to_contain_text("report.pdf")
    with one.page.expect_download() as download:
        one.page.get_by_role("link", name="report.pdf").click()
    assert download.value.suggested_filename == "report.pdf"
    one.write("clearance_name", "The Chair")
    one.press("Send the materials alone")

    expect(one.page.get_by_role("heading", level=1)).to_have_text(
        "Thank you: the materials are sent"
    )
    expect(one.page.locator("main")).to_contain_text("1 document, without a questionnaire")


def test_decline_with_a_reason(arrive: Arrive, asked: Asked) -> None:
    one = arrive(asked.focal_point)
    one.page.get_by_role("link", name="Decline").click()
    one.press("Decline")
    expect(one.page.locator("#faults")).to_contain_text("A reason is missing.")
    one.write("decline_reason", "The secretariat is being moved.")
    one.press("Decline")

    expect(one.page.get_by_role("heading", level=1)).to_have_text(
        "Your reply is recorded: you do not take part in this round"
    )
    expect(one.page.locator("main")).to_contain_text("The secretariat is being moved.")
