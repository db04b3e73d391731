"""A page that refuses leads on: to the form, to the page one came from, or to the start."""

import re

import pytest

from app.bootstrap import Services
from tests.fixtures.rounds import Asked, close_the_round
from tests.integration.responses.browsing import Browser

OVERVIEW = ("/form", "To the overview of the questionnaire")
START = ("/", "To the start page")


def ways_on(page: str) -> list[tuple[str, str]]:
    found = re.search(
        r'<nav class="actions" aria-label="Where to go on">(.*?)</nav>', page, re.DOTALL
    )
    assert found, page
    return re.findall(r'href="([^"]+)">([^<]+)</a>', found[1])


@pytest.mark.parametrize("path", ["/form/done", "/form/section_z", "/form/materials/none", "/none"])
def test_refusal_leads_one_who_has_started_to_the_overview(started: Browser, path: str) -> None:
    page = started.get(path)

    assert page.status_code == 404
    assert ways_on(page.text) == [OVERVIEW]


def test_refusal_leads_anybody_else_to_the_start_page(browser: Browser, asked: Asked) -> None:
    for path in ("/none", "/form", "/r/none"):
        assert ways_on(browser.get(path).text) == [START]


def test_refusal_of_a_form_leads_back_to_the_page_it_was_sent_from(started: Browser) -> None:
    headers = {"referer": f"{started.client.base_url}/form/decline"}

    page = started.client.post("/form/decline", data={"csrf": "too old"}, headers=headers)

    assert page.status_code == 403
    assert ways_on(page.text) == [("/form/decline", "Back to the page you came from"), OVERVIEW]


def test_refusal_never_leads_to_another_site(started: Browser) -> None:
    headers = {"referer": "https://elsewhere.example/form/decline"}

    page = started.client.post("/form/decline", data={"csrf": "too old"}, headers=headers)

    assert ways_on(page.text) == [OVERVIEW]


def test_closed_round_leads_out_of_the_form(services: Services, started: Browser) -> None:
    close_the_round(services)

    page = started.get("/form/section_b")

    assert page.status_code == 409
    assert ways_on(page.text) == [START]


def test_start_page_leads_back_into_the_form(browser: Browser, asked: Asked) -> None:
    before = browser.get("/").text

    browser.start(asked.focal_point)

    assert 'href="/form"' not in before
    assert '<a href="/form">to the overview of the questionnaire</a>' in browser.get("/").text


def test_file_over_the_limit_names_the_limit_of_the_form(started: Browser) -> None:
    headers = {"referer": f"{started.client.base_url}/form/materials"}
    promised = started.get("/form/materials").text

    page = started.client.post(
        "/form/materials",
        files={"file": ("large.pdf", b"%PDF-1.7" + b"x" * 27 * 1024 * 1024)},
        headers=headers,
    )

    assert page.status_code == 413
    assert "At most 25 MB." in promised
    assert "A file can have at most 25 MB" in page.text
    assert "26" not in page.text.split("<main", 1)[1]
    assert ways_on(page.text)[0] == ("/form/materials", "Back to the page you came from")
