"""Markup that a respondent types is shown as text on every page that shows it."""

from pathlib import Path

import pytest

from app.accounts.models import Role
from app.bootstrap import Services
from app.settings import Settings
from questionnaires.models import Definition, QuestionType
from tests.fixtures.organiser import REQUIRED, save, start
from tests.fixtures.rounds import SLUG, Asked
from tests.fixtures.service import make_settings
from tests.integration.responses.browsing import Browser
from tests.integration.security.conftest import ByRole

MARKUP = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}"
FORM = [f"/form/section_{letter}" for letter in "abcdefgh"]
RESPONDENTS = [*FORM, "/form", "/form/review", "/form/submit", "/form/materials", "/form/decline"]


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """On one database: pages are made alike on both."""
    return make_settings(sqlite_url, tmp_path / "data")


def texts(definition: Definition) -> dict[str, object]:
    """Markup in every field that takes text, tables too."""
    found: dict[str, object] = {}
    for question in definition.fields:
        cells = {c.name: MARKUP for c in question.columns if c.type is QuestionType.TEXT}
        if question.type is QuestionType.TEXT:
            found[question.name] = MARKUP
        elif cells:
            found[question.name] = [cells]
    return found


def test_markup_that_was_typed_is_text_wherever_it_is_shown(
    services: Services, asked: Asked, browser: Browser, signed_in: ByRole
) -> None:
    browser.start(asked.focal_point)
    answering = start(services, asked.focal_point.token)
    written = texts(answering.definition)
    save(services, answering, {**written, **REQUIRED})
    save(services, answering, dict.fromkeys(written, None), based_on=1)
    save(services, answering, written, based_on=2)
    browser.post("/form/materials", {"note": MARKUP, "title": MARKUP})
    browser.upload("/form/materials", {"title": MARKUP}, (f"{MARKUP}.txt", b"text"))
    stale = {"founding_event": f"{MARKUP} mine", "founding_event:revision": "1"}
    organiser = signed_in(Role.ORGANISER)

    pages = {path: browser.get(path).text for path in RESPONDENTS}
    pages["refused"] = browser.post("/form/submit", {"clearance_name": MARKUP}).text
    pages["stale"] = browser.post("/form/section_b", stale).text
    pages["script"] = browser.autosave("/form/section_b", stale).json()["fields"]["founding_event"][
        "messages"
    ]
    browser.post("/form/decline", {"decline_reason": MARKUP, "clearance_name": MARKUP})
    pages["done"] = browser.get("/form/done").text
    read = organiser.get(f"/organiser/rounds/{SLUG}/respondents/{asked.key}").text
    board = organiser.get(f"/organiser/rounds/{SLUG}").text

    shown = {**pages, "read": read, "board": board}
    assert [place for place, html in shown.items() if "<img src=x" in html] == []
    assert [place for place, html in shown.items() if "<script>" in html] == []
    assert read.count("&lt;script&gt;") > len(written)
    assert "&lt;script&gt;" in pages["script"]
