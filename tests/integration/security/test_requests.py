"""Requests that no page of ours sends: odd encodings, other hosts, large bodies of strangers."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from app.accounts.models import Role
from app.bootstrap import Services, build
from app.main import create_app
from app.settings import Settings
from tests.fixtures.markup import assert_sound
from tests.fixtures.rounds import Asked, open_a_round
from tests.fixtures.service import PUBLIC_URL, make_settings
from tests.integration.responses.browsing import Browser, every_row
from tests.integration.security.conftest import ByRole

SECTION = "/form/section_b"
PART = b'--b\r\nContent-Disposition: form-data; name="founding_event"\r\n\r\na\\ud800b\r\n--b--\r\n'
HTTPS = "https://survey.example.org"


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """On one database: what is refused here does not reach it."""
    return make_settings(sqlite_url, tmp_path / "data")


@pytest.mark.parametrize("charset", ["unicode_escape", "idna", "punycode", "undefined", "utf-16"])
@pytest.mark.parametrize("path", [SECTION, "/form/materials", "/organiser/tokens"])
def test_form_in_an_encoding_that_no_browser_sends_is_refused(
    services: Services, asked: Asked, signed_in: ByRole, charset: str, path: str
) -> None:
    browser = signed_in(Role.ORGANISER)
    browser.start(asked.focal_point)
    before = every_row(services)

    answer = browser.client.post(
        path,
        content=PART,
        headers={
            "content-type": f"multipart/form-data; boundary=b; charset={charset}",
            "x-csrf-token": browser.proof,
        },
    )

    assert answer.status_code == 415
    assert "UTF-8" in answer.text
    assert every_row(services) == before


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; charset="UTF-8"', "; charset=utf8"])
def test_form_in_utf8_is_taken(asked: Asked, browser: Browser, charset: str) -> None:
    browser.start(asked.focal_point)

    answer = browser.client.post(
        SECTION,
        content=PART.replace(rb"\ud800", "é".encode()),
        headers={
            "content-type": f"multipart/form-data; boundary=b{charset}",
            "x-csrf-token": browser.proof,
        },
        follow_redirects=False,
    )

    assert answer.status_code == 303


@pytest.mark.parametrize(
    "path", ["/form/section_b", "/form/submit", "/form/materials", "/form/leave"]
)
def test_large_form_of_a_stranger_is_refused_unread(
    app: FastAPI, asked: Asked, browser: Browser, path: str
) -> None:
    stranger = asyncio.run(send_unread(app, path, length=5_000_000, cookie="x" * 43))
    browser.start(asked.focal_point)
    known = browser.client.cookies["rapporteur_respondent"]
    respondent = asyncio.run(send_unread(app, path, length=5_000_000, cookie=known))

    assert (stranger.status, stranger.was_read) == (401, False)
    assert respondent.was_read


def test_connection_that_is_lost_is_no_error_of_ours(
    app: FastAPI, asked: Asked, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    browser.start(asked.focal_point)
    known = browser.client.cookies["rapporteur_respondent"]

    with caplog.at_level(logging.WARNING):
        asyncio.run(send_unread(app, SECTION, length=1000, cookie=known))
        asyncio.run(send_unread(app, f"/r/{asked.alternate.token}", length=1000, cookie=known))

    assert caplog.records == []


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/organiser/", "/organiser"),
        ("/form/review/?x=1", "/form/review?x=1"),
        ("/api/v1/rounds/", "/api/v1/rounds"),
        ("//evil.example/", "/evil.example"),
        ("/%5Cevil.example/", "/%5Cevil.example"),
    ],
)
def test_slash_too_many_leads_on_within_this_site(app: FastAPI, path: str, right: str) -> None:
    client = TestClient(app, base_url="http://evil.example")

    answer = client.get(f"http://evil.example{path}", follow_redirects=False)

    assert answer.status_code == 307
    assert answer.headers["location"] == right


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/form/materials/%00"),
        ("POST", "/form/materials/a%00b/remove"),
        ("GET", "/form/%00"),
        ("GET", "/organiser/rounds/%00"),
        ("GET", "/%00"),
    ],
)
def test_address_with_a_zero_byte_is_not_found(
    asked: Asked, signed_in: ByRole, method: str, path: str
) -> None:
    browser = signed_in(Role.ORGANISER)
    browser.start(asked.focal_point)

    answer = browser.get(path) if method == "GET" else browser.post(path)

    assert answer.status_code == 404
    assert "Not found" in answer.text


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (b"\xff\xfe\xfd", "unreadable-body", "It is not in UTF-8."),
        (b"[" * 200_000, "unreadable-body", "It is nested too deeply."),
        (b'{"token": ', "json-invalid", "Expecting value at character 10."),
    ],
    ids=["bytes", "depth", "cut"],
)
def test_json_that_cannot_be_read_is_answered_with_what_to_send(
    browser: Browser, body: bytes, code: str, said: str
) -> None:
    answer = browser.client.post(
        "/api/v1/sessions", content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "address" not in answer.text
    (problem,) = answer.json()["problems"]
    assert (problem["code"], problem["place"]) == (code, "body")
    assert said in problem["message"]
    assert "UTF-8" in problem["mend"]


def test_form_that_cannot_be_read_is_answered_with_what_to_send(
    asked: Asked, browser: Browser
) -> None:
    browser.start(asked.focal_point)

    answer = browser.client.post(
        SECTION,
        content=b"no part at all",
        headers={"content-type": "multipart/form-data; boundary=b"},
    )

    assert answer.status_code == 422
    assert "The request cannot be read" in answer.text
    assert "forms as a browser sends them" in answer.text


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/", "GET, HEAD"),
        ("OPTIONS", "/healthz", "GET, HEAD"),
        ("POST", "/static/site.css", "GET, HEAD"),
        ("DELETE", "/organiser/tokens", "GET, HEAD, POST"),
        ("GET", "/organiser/sign-out", "POST"),
        ("HEAD", "/organiser/sign-out", "POST"),
        ("PATCH", "/api/v1/rounds/rcp-demo/exports", "GET, HEAD, POST"),
        ("PATCH", "/api/v1/questionnaire-drafts/none", "DELETE, GET, HEAD"),
        ("DELETE", "/api/v1/openapi.json", "GET, HEAD"),
    ],
)
def test_method_that_an_address_does_not_take_is_answered_with_those_it_takes(
    app: FastAPI, method: str, path: str, allowed: str
) -> None:
    answer = TestClient(app, base_url=PUBLIC_URL).request(method, path)

    assert answer.status_code == 405
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    ("path", "content_type", "limit"),
    [
        ("/organiser/tokens", "application/x-www-form-urlencoded", "More than 256 kB"),
        ("/form/section_b", "application/x-www-form-urlencoded", "More than 12 MB"),
        ("/api/v1/sessions", "application/json", "More than 12 MB"),
        ("/api/v1/sessions", "multipart/form-data; boundary=b", "A file can have at most 25 MB"),
    ],
)
def test_body_that_is_too_large_is_refused_with_the_limit(
    app: FastAPI, path: str, content_type: str, limit: str
) -> None:
    headers = {"content-type": content_type, "content-length": str(10**9)}

    answer = TestClient(app, base_url=PUBLIC_URL).post(path, content=b"", headers=headers)

    assert answer.status_code == 413
    assert limit in answer.text


@pytest.fixture
def by_https(settings: Settings) -> Iterator[tuple[Services, TestClient]]:
    """The service as people reach it by HTTPS."""
    services = build(settings.model_copy(update={"base_url": HTTPS}))
    with TestClient(create_app(services=services), base_url=HTTPS) as client:
        client.event_hooks = {"response": [assert_sound]}
        yield services, client
    services.close()


def test_cookies_by_https_are_bound_to_this_host(by_https: tuple[Services, TestClient]) -> None:
    services, client = by_https
    (asked,) = open_a_round(services)
    browser = Browser(client)

    landing = browser.get(f"/r/{asked.focal_point.token}")
    started = browser.post(f"/r/{asked.focal_point.token}")

    cookies = {**cookies_of(landing), **cookies_of(started)}
    assert set(cookies) == {"__Host-rapporteur_visit", "__Host-rapporteur_respondent"}
    for flags in cookies.values():
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= flags
        assert not any(flag.startswith("Domain") for flag in flags)
    assert landing.headers["strict-transport-security"]


def test_proof_of_another_hosts_cookie_is_none(by_https: tuple[Services, TestClient]) -> None:
    services, client = by_https
    (asked,) = open_a_round(services)
    attacker = Browser(client)
    attacker.get(f"/r/{asked.focal_point.token}")
    visit = client.cookies["__Host-rapporteur_visit"]
    client.cookies.clear()

    # Another host of the same domain can set a cookie for all of it, but not one with this prefix.
    answer = client.post(
        f"/r/{asked.focal_point.token}",
        data={"csrf": attacker.proof},
        headers={"cookie": f"rapporteur_visit={visit}"},
    )

    assert answer.status_code == 403


def cookies_of(answer: Response) -> dict[str, set[str]]:
    found = {}
    for line in answer.headers.get_list("set-cookie"):
        pair, *flags = line.split("; ")
        found[pair.partition("=")[0]] = set(flags)
    return found


class Sent:
    """A request whose sender went away before its body was whole."""

    def __init__(self) -> None:
        self.status = 0
        self.was_read = False

    async def receive(self) -> Message:
        if self.was_read:
            return {"type": "http.disconnect"}
        self.was_read = True
        return {"type": "http.request", "body": b"a=", "more_body": True}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]


async def send_unread(app: FastAPI, path: str, *, length: int, cookie: str) -> Sent:
    """Announce a body, send its beginning if somebody reads it, and go away."""
    sent = Sent()
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (b"host", b"testserver"),
            (b"cookie", f"rapporteur_respondent={cookie}".encode()),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", str(length).encode()),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }
    await app(scope, sent.receive, sent.send)
    return sent
