"""What tests of the organisers' pages are given: the sample of 2007, a user for each role."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from httpx2 import Response
from sqlalchemy import event
from starlette.testclient import TestClient

from app.accounts.models import Role
from app.accounts.service.sign_in import open_session
from app.bootstrap import Services, build
from app.main import create_app
from app.sample.loaded import Loaded
from tests.fixtures.organiser import PASSWORD, Answering, answer_demo, email_of
from tests.fixtures.rounds import SteppedClock
from tests.fixtures.sample import Sample, sample_settings
from tests.fixtures.service import strict_client
from tests.fixtures.shipped import SHIPPED

HIDDEN = re.compile(r'name="csrf" (?:value|content)="([0-9a-f]+)"')

SignIn = Callable[[Role], "Visitor"]


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str) -> Response:
        """Open a page; redirects are shown, not followed."""
        return self.client.get(path, follow_redirects=False)

    def post(self, path: str, **fields: str) -> Response:
        """Send a form as a page of ours would."""
        return self.client.post(path, data={"csrf": self.csrf(), **fields}, follow_redirects=False)

    def csrf(self) -> str:
        """The proof that forms carry in this browser."""
        found = HIDDEN.search(self.client.get("/organiser/sign-in").text)
        assert found is not None
        return found[1]

    def sign_in(self, role: Role, *, password: str = PASSWORD, after: str = "") -> Response:
        """Send the sign-in form."""
        return self.post("/organiser/sign-in", email=email_of(role), password=password, next=after)


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def services(sample_url: str, tmp_path: Path, clock: SteppedClock) -> Iterator[Services]:
    settings = sample_settings(sample_url, tmp_path / "data")
    # Each try costs a password's worth of work.
    built = build(settings.model_copy(update={"sign_in_tries": 3}), clock=clock, catalogue=SHIPPED)
    yield built
    built.close()


@pytest.fixture
def loaded(sample: Sample) -> Loaded:
    """The round of 2007 and the open demonstration."""
    return sample.loaded


@pytest.fixture
def users(sample: Sample) -> dict[Role, int]:
    """A user for each role, in every survey."""
    return sample.users


@pytest.fixture
def answering(services: Services, loaded: Loaded) -> Answering:
    """The first respondent of the demonstration, with some answers."""
    return answer_demo(services, loaded)


@pytest.fixture
def new_visitor(services: Services) -> Iterator[Callable[[], Visitor]]:
    """Browsers that share nothing but the service."""
    app = create_app(services=services)
    clients: list[TestClient] = []

    def open_browser() -> Visitor:
        client = strict_client(app)
        client.__enter__()
        clients.append(client)
        return Visitor(client)

    yield open_browser
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def visitor(new_visitor: Callable[[], Visitor]) -> Visitor:
    """Somebody who has not signed in."""
    return new_visitor()


@pytest.fixture
def signed_in(
    new_visitor: Callable[[], Visitor], users: dict[Role, int], services: Services
) -> SignIn:
    """A browser in which a user of a role has signed in (without the wait for the password)."""

    def sign_in(role: Role) -> Visitor:
        visitor = new_visitor()
        with services.database.write() as session:
            token = open_session(
                session,
                user_id=users[role],
                password=PASSWORD,
                hours=services.settings.session_hours,
                clock=services.clock,
            )
        assert token is not None
        visitor.client.cookies.set("rapporteur_user", token)
        return visitor

    return sign_in


@contextmanager
def counted_queries(services: Services) -> Iterator[list[str]]:
    """The statements that are sent to the database inside the block."""
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    engines = (services.database.reader, services.database.writer)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
