"""Guidance is in reach of everybody: behind a line that opens without a script, on any screen."""

import pytest

from app.bootstrap import Services
from questionnaires.loading import load_definition
from tests.e2e.respondent.conftest import Arrive
from tests.fixtures.browser import assert_accessible, narrow
from tests.fixtures.rounds import Asked, open_a_round
from tests.unit.questionnaires.files import valid


@pytest.fixture
def asked(services: Services) -> Asked:
    (only,) = open_a_round(services, definition=load_definition(valid("explained")))
    return only


def test_guidance_opens_from_the_keyboard_without_a_script(arrive: Arrive, asked: Asked) -> None:
    page = arrive(asked.focal_point, javascript=False, width=360).section("a")
    words = page.get_by_text("Guidance to the height.")
    line = page.locator("#q-height summary")
    assert not words.is_visible()

    line.focus()
    page.keyboard.press("Enter")

    assert words.is_visible()


def test_pages_with_guidance_open_fit_and_are_accessible(arrive: Arrive, asked: Asked) -> None:
    one = arrive(asked.focal_point)
    one.page.goto(f"{one.url}/r/{asked.focal_point.token}")
    assert_accessible(one.page)
    narrow(one.page)

    for name in ("", "section_a", "submit"):
        page = one.open(name)
        page.set_viewport_size({"width": 1280, "height": 900})
        for line in page.locator("details.guidance summary").all():
            line.click()
        assert_accessible(page)
        narrow(page)
        assert_accessible(page)
