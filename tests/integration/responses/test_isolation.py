"""What no respondent may do: look elsewhere, change by looking, be made to send a form."""

import re

import pytest
from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from sqlmodel import select

from app.bootstrap import Services
from app.responses.access import OWN_INVITATION
from app.responses.models import Material, Response
from app.web.access import permissions_of
from tests.fixtures.rounds import Asked, open_a_round
from tests.integration.responses.browsing import Browser, every_row

SECRET = "Known to the first institution alone"
PAGES = [
    "/form",
    *(f"/form/section_{letter}" for letter in "abcdefgh"),
    "/form/review",
    "/form/submit",
    "/form/decline",
    "/form/materials",
    "/form/done",
]


@pytest.fixture
def two(services: Services) -> list[Asked]:
    return open_a_round(services, keys=("first", "second"))


@pytest.fixture
def first(browser: Browser, two: list[Asked]) -> Browser:
    """The first institution, which has written something everywhere."""
    browser.start(two[0].focal_point)
    browser.post(
        "/form/section_b",
        {
            "founding_event:revision": "0",
            "founding_event": SECRET,
            "founding_event:comment": SECRET,
            "members:revision": "0",
            "members.0.member_state": SECRET,
        },
    )
    browser.post("/form/materials", {"note": SECRET, "title": SECRET})
    browser.upload("/form/materials", {"title": SECRET}, ("a.txt", SECRET.encode()))
    return browser


@pytest.fixture
def second(other_browser: Browser, two: list[Asked]) -> Browser:
    other_browser.start(two[1].focal_point)
    return other_browser


def respondents_routes(app: FastAPI) -> list[tuple[str, RouteContext]]:
    """The routes that ask for a respondent, with their paths."""
    return [
        (path, context)
        for context in iter_route_contexts(app.routes)
        if hasattr(context, "dependant")
        and OWN_INVITATION in set(permissions_of(context.dependant))
        and (path := context.path or "").startswith("/form")
    ]


def paths(services: Services, app: FastAPI, method: str) -> list[str]:
    """Every address of these routes, with every id of every institution filled in."""
    with services.database.read() as session:
        keys = [row.key for row in session.exec(select(Material))]
        responses = [str(row.id) for row in session.exec(select(Response))]
    names = [f"section_{letter}" for letter in "abcdefgh"]
    found: list[str] = []
    for path, route in respondents_routes(app):
        if method not in (route.methods or ()):
            continue
        wanted = {"{key}": keys, "{name}": [*names, *keys, *responses]}
        parameter = re.search(r"{\w+}", path)
        values = wanted[parameter[0]] if parameter else [""]
        found += [path.replace(parameter[0] if parameter else "", each) for each in values]
    return found


def test_every_page_is_among_the_routes_that_are_walked(
    services: Services, app: FastAPI, first: Browser
) -> None:
    assert set(PAGES) <= set(paths(services, app, "GET"))


def test_second_institution_reads_nothing_of_the_first(
    services: Services, app: FastAPI, first: Browser, second: Browser
) -> None:
    read = [(path, second.get(path)) for path in paths(services, app, "GET")]

    assert [path for path, page in read if SECRET in page.text] == []
    assert SECRET in first.get("/form/section_b").text


def test_second_institution_changes_nothing_of_the_first(
    services: Services, app: FastAPI, first: Browser, second: Browser
) -> None:
    before = first.get("/form/review").text, first.get("/form/materials").text

    for path in paths(services, app, "POST"):
        fields = {
            "founding_event:revision": "1",
            "founding_event": "Overwritten",
            "founding_event:keep": "mine@1",
            "decline_reason": "For the other",
            "response_id": "1",
            "invitation_id": "1",
        }
        second.post(path, fields)

    assert (first.get("/form/review").text, first.get("/form/materials").text) == before


def test_pages_change_nothing_by_being_read(
    services: Services, app: FastAPI, first: Browser, two: list[Asked]
) -> None:
    before = every_row(services)

    statuses = {path: first.get(path).status_code for path in paths(services, app, "GET")}
    for path in statuses:
        first.client.head(path)
    first.get(f"/r/{two[0].alternate.token}")

    assert every_row(services) == before
    assert {path: status for path, status in statuses.items() if path in PAGES} == {
        path: 404 if path == "/form/done" else 200 for path in PAGES
    }


def test_forms_without_proof_change_nothing(
    services: Services, app: FastAPI, first: Browser, two: list[Asked]
) -> None:
    before = every_row(services)
    addresses = [*paths(services, app, "POST"), "/form/leave", f"/r/{two[1].focal_point.token}"]
    fields = {"founding_event:revision": "1", "founding_event": "Forged", "decline_reason": "No"}

    statuses = set()
    for path in addresses:
        for proof in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
            statuses.add(first.client.post(path, data={**fields, **proof}).status_code)
        headers = {"sec-fetch-site": "cross-site", "x-csrf-token": first.proof}
        statuses.add(first.client.post(path, data=fields, headers=headers).status_code)

    assert statuses == {403}
    assert every_row(services) == before


def test_forms_without_session_change_nothing(
    services: Services, app: FastAPI, first: Browser, other_browser: Browser, two: list[Asked]
) -> None:
    before = every_row(services)
    other_browser.get(f"/r/{two[0].alternate.token}")

    statuses = {other_browser.post(path).status_code for path in paths(services, app, "POST")}
    other_browser.client.cookies.set("rapporteur_respondent", "x" * 43)
    statuses |= {
        other_browser.upload(path, {}, ("a.txt", b"text")).status_code
        for path in paths(services, app, "POST")
    }

    assert statuses == {401}
    assert every_row(services) == before


def test_tokens_are_not_stored(services: Services, first: Browser, two: list[Asked]) -> None:
    cookie = first.client.cookies["rapporteur_respondent"]
    everything = repr(every_row(services))

    assert two[0].focal_point.token not in everything
    assert cookie not in everything
