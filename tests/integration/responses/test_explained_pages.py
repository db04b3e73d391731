"""What a questionnaire explains is shown to who fills it: introduction, hints, guidance."""

import re

import pytest

from app.bootstrap import Services
from app.registry.models import Contact
from questionnaires.loading import load_definition
from tests.fixtures.rounds import Asked, open_a_round
from tests.integration.responses.browsing import Browser
from tests.unit.questionnaires.files import valid

EXPLAINED = [
    "More about this : Read this first. Guidance to the note.",
    "How high is it? Guidance to the height.",
    "Which size is it? Guidance to the size.",
    "Its parts Guidance to the table. Part: Guidance to the column.",
    "Its rooms Kitchen: Guidance to the row.",
    "Street Guidance to the street.",
    "A plan of it Guidance to the file.",
]


def guidance(page: str) -> list[str]:
    """What is behind the lines that open it: what it is about, and its words."""
    found = re.findall(r'<details class="guidance">(.*?)</details>', page, re.DOTALL)
    texts = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]
    return [text.removeprefix("More about this question : ") for text in texts]


@pytest.fixture
def explained(services: Services) -> Asked:
    (only,) = open_a_round(services, definition=load_definition(valid("explained")))
    return only


def speak(services: Services, asked: Asked, language: str) -> None:
    with services.database.write() as session:
        session.get_one(Contact, asked.focal_point.contact_id).language = language


def test_introduction_is_on_the_start_page_and_the_overview(
    browser: Browser, explained: Asked
) -> None:
    start_page = browser.get(f"/r/{explained.focal_point.token}").text
    browser.start(explained.focal_point)
    overview = browser.get("/form").text

    for page in (start_page, overview):
        assert "We ask how large things are.\n\nIt takes five minutes." in page
    assert "5 numbered questions in 1 section; the 1 marked ★" in start_page


def test_start_page_speaks_the_language_of_the_contact(
    browser: Browser, services: Services, explained: Asked
) -> None:
    speak(services, explained, "fr")

    page = browser.get(f"/r/{explained.focal_point.token}").text

    assert "Nous demandons la taille des choses." in page
    assert "Un formulaire qui s&#39;explique" in page


def test_guidance_is_behind_a_line_under_each_question(browser: Browser, explained: Asked) -> None:
    browser.start(explained.focal_point)

    page = browser.get("/form/section_a").text

    assert guidance(page) == EXPLAINED
    assert page.index("In metres.") < page.index("Guidance to the height.")
    assert "With the pantry." in page


def test_guidance_is_in_the_language_of_the_contact(
    browser: Browser, services: Services, explained: Asked
) -> None:
    speak(services, explained, "fr")
    browser.start(explained.focal_point)

    page = browser.get("/form/section_a").text

    assert "Conseil sur la hauteur." in page
    assert "Guidance to" not in page


def test_guidance_of_the_panel_is_where_it_is_submitted(browser: Browser, explained: Asked) -> None:
    browser.start(explained.focal_point)

    assert guidance(browser.get("/form/submit").text) == ["Cleared by Guidance to the clearance."]
    assert guidance(browser.get("/form/decline").text) == []


def test_question_without_guidance_has_no_line_to_open(started: Browser) -> None:
    assert "More about this question" not in started.get("/form/section_b").text
