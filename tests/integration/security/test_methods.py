"""What every address answers to HEAD, and to methods that it does not take."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx2 import Response
from starlette.testclient import TestClient

from app.accounts.models import Role
from app.accounts.rules import Scope
from app.accounts.service.api_tokens import create_token
from app.accounts.service.sign_in import open_session
from app.bootstrap import Services, build
from app.main import create_app
from app.questionnaires.service.keep import keep_draft
from app.questionnaires.uploads import read_upload
from tests.fixtures.organiser import PASSWORD, answer_demo
from tests.fixtures.rounds import SteppedClock
from tests.fixtures.sample import Sample, sample_settings
from tests.fixtures.service import PUBLIC_URL
from tests.fixtures.shipped import SHIPPED
from tests.integration.responses.browsing import every_row

NAMES = {
    "questionnaire": "rcp-migration-development",
    "version": "2007",
    "key": "igc",
    "language": "en",
    "section": "section_a",
    "name": "good_practice",
}

Caller = Callable[[str, str], Response]


@pytest.fixture
def services(sample_url: str, tmp_path: Path) -> Iterator[Services]:
    built = build(
        sample_settings(sample_url, tmp_path / "data"), clock=SteppedClock(), catalogue=SHIPPED
    )
    yield built
    built.close()


@pytest.fixture
def app(services: Services) -> FastAPI:
    return create_app(services=services)


@pytest.fixture
def draft(services: Services, sample: Sample) -> str:
    """The key of a draft that somebody has uploaded."""
    with services.database.write() as session:
        kept = keep_draft(
            session,
            uploaded=read_upload(
                "form.md", b"| survey | | |\n| | type | name |\n| | text | one |\n"
            ),
            user_id=sample.users[Role.ADMINISTRATOR],
            actor="user:1",
            clock=services.clock,
        )
        return kept.key


def client_of(app: FastAPI) -> TestClient:
    client = TestClient(app, base_url=PUBLIC_URL, follow_redirects=False)
    # The first page gives a browser its name.
    client.get("/")
    return client


@pytest.fixture
def callers(app: FastAPI, services: Services, sample: Sample) -> dict[str, TestClient]:
    """Somebody unknown, somebody in whose browser two sessions are open, and a program."""
    started = answer_demo(services, sample.loaded).started
    administrator = sample.users[Role.ADMINISTRATOR]
    with services.database.write() as session:
        signed_in = open_session(
            session, user_id=administrator, password=PASSWORD, hours=1, clock=services.clock
        )
        _, text = create_token(
            session,
            user_id=administrator,
            name="A test",
            scopes=tuple(Scope),
            days=1,
            clock=services.clock,
        )
    browser = client_of(app)
    browser.cookies.set("rapporteur_user", signed_in or "")
    browser.cookies.set("rapporteur_respondent", started.token)
    program = client_of(app)
    program.headers["Authorization"] = f"Bearer {text}"
    return {"nobody": client_of(app), "browser": browser, "program": program}


def addresses(app: FastAPI, *, token: str, draft: str) -> Iterator[str]:
    """An address for every route that answers GET."""
    for context in iter_route_contexts(app.routes):
        path = context.path or ""
        if "GET" in (context.methods or ()):
            values = {**NAMES, "token": token, "draft": draft, "draft_key": draft}
            values["slug"] = (
                NAMES["questionnaire"] if "questionnaires/{slug}" in path else "rcp-demo"
            )
            if "surveys/" in path:
                values["slug"] = "gfmd-rcp-survey"
            yield filled(path, values)
    yield from ("/static/site.css", "/static/none.css", "/nothing")


def filled(path: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], "none"), path)


def headers_of(answer: Response) -> dict[str, str]:
    return {name: text for name, text in answer.headers.items() if name != "date"}


def test_head_is_get_without_the_body_and_changes_nothing(
    app: FastAPI,
    callers: dict[str, TestClient],
    draft: str,
    services: Services,
    sample: Sample,
) -> None:
    asked = list(addresses(app, token=sample.loaded.token or "", draft=draft))
    assert len(asked) > 80
    before = every_row(services)
    seen: dict[str, int] = {}

    for who, client in callers.items():
        for path in asked:
            got, told = client.get(path), client.head(path)
            assert told.status_code == got.status_code, (who, path)
            assert headers_of(told) == headers_of(got), (who, path)
            assert told.content == b"", (who, path)
            seen[path] = min(got.status_code, seen.get(path, 999))

    assert every_row(services) == before
    assert list(seen.values()).count(200) > 50
    assert 405 not in seen.values()
