"""Opening a personal link in a browser, and leaving."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.bootstrap import Services, build
from app.main import create_app
from tests.fixtures.rounds import Asked, SteppedClock, close_the_round, open_a_round
from tests.fixtures.service import make_settings
from tests.fixtures.shipped import SHIPPED
from tests.integration.responses.browsing import Browser, every_row


def test_landing_says_who_asks_what_and_by_when(browser: Browser, asked: Asked) -> None:
    page = browser.get(f"/r/{asked.focal_point.token}")

    assert page.status_code == 200
    for words in (
        "Secretariat of the Working Group",
        "Regional Consultative Process of the North",
        "Regional Consultative Processes, migration and development",
        "9 April 2027, 14:00 (Europe/Brussels)",
        "34 numbered questions in 8 sections, 29 of them at first and the others depending on",
        "the 17 marked ★ are the core",
        "Those who run the survey can see how far you are and read your draft",
        "In question A4 you decide",
        "The synthesis does not reflect the views of any government.",
        ">Start</button>",
    ):
        assert words in page.text


def test_landing_says_a_notice_once(services: Services, browser: Browser) -> None:
    notice = "The synthesis does not reflect the views of any government."
    (asked,) = open_a_round(services, notice=notice)

    assert browser.get(f"/r/{asked.focal_point.token}").text.count(notice) == 1


def test_landing_opened_by_a_scanner_changes_nothing(
    services: Services, browser: Browser, asked: Asked
) -> None:
    before = every_row(services)

    browser.get(f"/r/{asked.focal_point.token}")
    browser.client.head(f"/r/{asked.focal_point.token}")

    assert every_row(services) == before


def test_start_leads_to_form_without_token_in_address(browser: Browser, asked: Asked) -> None:
    reply = browser.start(asked.focal_point)

    assert (reply.status_code, reply.headers["location"]) == (303, "/form")
    cookie = next(
        value
        for value in reply.headers.get_list("set-cookie")
        if value.startswith("rapporteur_respondent=")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=1209600" in cookie
    assert asked.focal_point.token not in cookie


def test_start_over_https_binds_cookie_to_host(sqlite_url: str, tmp_path: Path) -> None:
    settings = make_settings(sqlite_url, tmp_path, base_url="https://survey.example.org")
    services = build(settings, clock=SteppedClock(), catalogue=SHIPPED)
    (asked,) = open_a_round(services)
    with TestClient(create_app(services=services), base_url=settings.public_url) as client:
        browser = Browser(client)

        reply = browser.start(asked.focal_point)
        page = browser.get("/form")

    services.close()
    cookie = next(
        value
        for value in reply.headers.get_list("set-cookie")
        if value.startswith("__Host-rapporteur_respondent=")
    )
    assert "Secure" in cookie
    assert page.status_code == 200


def test_landing_after_start_says_continue(browser: Browser, asked: Asked) -> None:
    browser.start(asked.focal_point)

    assert ">Continue</button>" in browser.get(f"/r/{asked.alternate.token}").text


def test_landing_of_forged_link_is_gone(browser: Browser, asked: Asked) -> None:
    page = browser.get("/r/" + "A" * 43)

    assert page.status_code == 410
    assert "<h1>This link is not known</h1>" in page.text
    assert "This link is not one of ours, or it was not copied whole." in page.text


def test_links_guessed_from_one_address_are_stopped(browser: Browser, asked: Asked) -> None:
    statuses = [browser.get(f"/r/guess-{number}").status_code for number in range(21)]

    assert statuses == [410] * 20 + [429]
    stopped = browser.post("/r/guess-21")
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["retry-after"]) <= 15 * 60


def test_right_link_opens_whatever_else_was_tried_from_its_address(
    browser: Browser, asked: Asked
) -> None:
    for number in range(25):
        browser.get(f"/r/guess-{number}")

    assert browser.get(f"/r/{asked.focal_point.token}").status_code == 200
    assert browser.start(asked.focal_point).headers["location"] == "/form"


def test_links_of_a_closed_round_say_so_and_are_no_guesses(
    services: Services, browser: Browser, asked: Asked
) -> None:
    close_the_round(services)

    pages = [browser.get(f"/r/{asked.focal_point.token}") for _ in range(25)]

    assert {page.status_code for page in pages} == {410}
    assert "<h1>No longer valid</h1>" in pages[-1].text
    assert "2027» was closed on 10 March 2027" in pages[-1].text
    assert "What was saved or sent by then is kept." in pages[-1].text
    assert "new link" not in pages[-1].text
    assert browser.get("/r/guess").status_code == 410


def test_right_links_from_one_address_are_never_stopped(browser: Browser, asked: Asked) -> None:
    statuses = {browser.get(f"/r/{asked.focal_point.token}").status_code for _ in range(25)}

    assert statuses == {200}


def test_form_without_session_says_what_to_do(browser: Browser, asked: Asked) -> None:
    page = browser.get("/form")

    assert page.status_code == 401
    assert "Open the personal link in the mail you received" in page.text


@pytest.mark.parametrize("days", [13, 14])
def test_session_lasts_fourteen_days(started: Browser, clock: SteppedClock, days: int) -> None:
    clock.move(days=days)

    assert started.get("/form").status_code == (200 if days < 14 else 401)


def test_form_after_closing_says_so(
    services: Services, started: Browser, clock: SteppedClock
) -> None:
    close_the_round(services)

    page = started.get("/form")

    assert page.status_code == 409
    assert "The round was closed on 10 March 2027" in page.text


def test_leave_ends_the_session_and_keeps_answers(started: Browser, asked: Asked) -> None:
    started.post("/form/section_b", {"rcp_acronym:revision": "0", "rcp_acronym": "NP"})

    reply = started.post("/form/leave")

    assert reply.headers["location"] == "/left"
    assert "You have left the questionnaire" in started.get("/left").text
    assert started.get("/form").status_code == 401
    started.start(asked.focal_point)
    assert 'value="NP"' in started.get("/form/section_b").text


def test_deadline_passed_is_said_and_answers_are_still_taken(
    browser: Browser, asked: Asked, clock: SteppedClock
) -> None:
    clock.move(days=31)
    browser.start(asked.focal_point)

    assert "you can still submit until the round is closed" in browser.get("/form").text
    reply = browser.post("/form/section_b", {"rcp_acronym:revision": "0", "rcp_acronym": "NP"})
    assert reply.status_code == 303
