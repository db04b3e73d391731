"""Questions about names are filled with what the registry knows, to be confirmed or corrected."""

import re

import pytest
from sqlmodel import select

from app.bootstrap import Services
from app.responses.models import StoredAnswer
from questionnaires.loading import read_definition
from questionnaires.models import Definition
from tests.fixtures.rounds import open_a_round
from tests.integration.responses.browsing import Browser

FORM = """
settings: {form_id: names, version: "1", form_title: Names}
survey:
  - name: only
    label: Only section
    children:
      - {name: full, type: text, label: Full name, code: N1, concept: registry.official_name}
      - {name: short, type: text, label: Short name, code: N2, concept: registry.short_name}
      - {name: usual, type: text, label: In use, code: N3, concept: registry.names_in_use}
      - {name: other, type: text, label: Another, code: N4, concept: registry.respondents}
      - name: exchanges
        type: repeat
        label: Exchanges
        code: N5
        columns:
          - {name: partner, type: text, label: Partner, concept: registry.respondents}
"""
PAGE = "/form/only"


@pytest.fixture
def form() -> Definition:
    definition, problems = read_definition(FORM, source="names")
    assert definition is not None, problems
    return definition


@pytest.fixture
def north(browser: Browser, services: Services, form: Definition) -> Browser:
    asked, *_ = open_a_round(services, keys=("north", "south", "east"), definition=form)
    browser.start(asked.focal_point)
    return browser


def stored(services: Services) -> dict[str, object]:
    with services.database.read() as session:
        return {answer.question: answer.value for answer in session.exec(select(StoredAnswer))}


def field(page: str, name: str) -> str:
    found = re.search(f'<input type="text"[^>]* name="{re.escape(name)}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_names_are_suggested_and_kept_once_the_page_is_saved(
    north: Browser, services: Services
) -> None:
    page = north.get(PAGE).text

    assert field(page, "short") == "North Process"
    assert field(page, "full") == "Regional Consultative Process of the North"
    assert page.count("Suggested; it is saved with this page.") == 3
    assert stored(services) == {}

    north.post(
        PAGE,
        {
            "full": "Northern Process, renamed",
            "full:revision": "0",
            "short": "North Process",
            "short:revision": "0",
            "short:suggested": "1",
        },
    )

    assert stored(services) == {"full": "Northern Process, renamed", "short": "North Process"}
    assert field(north.get(PAGE).text, "full") == "Northern Process, renamed"


def test_names_of_the_others_are_offered_and_any_other_may_be_written(
    north: Browser, services: Services
) -> None:
    page = north.get(PAGE).text

    offered = re.findall(r'<datalist id="n-(\w+)">(.*?)</datalist>', page, re.DOTALL)
    names = {name: re.findall(r'value="([^"]*)"', options) for name, options in offered}
    assert names == {
        "other": ["South Process", "East Process"],
        "partner": ["South Process", "East Process"],
    }

    north.post(
        PAGE, {"exchanges": "", "exchanges:revision": "0", "exchanges.0.partner": "Elsewhere"}
    )

    assert stored(services) == {"exchanges": [{"partner": "Elsewhere"}]}


def test_form_for_regional_processes_asks_whether_the_names_are_right(
    browser: Browser, services: Services
) -> None:
    definition = services.catalogue.get("rcp-migration-development", "2007")
    asked, *_ = open_a_round(services, keys=("north", "south"), definition=definition)
    browser.start(asked.focal_point)

    identity = browser.get("/form/section_b").text
    exchanges = browser.get("/form/section_g").text

    assert field(identity, "rcp_official_name") == "Regional Consultative Process of the North"
    assert field(identity, "rcp_acronym") == "North Process"
    assert re.findall(r'<option value="([^"]+ Process)"></option>', exchanges) == ["South Process"]
