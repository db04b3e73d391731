"""What tests of the API are given: the sample of 2007, and programs of users and respondents."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.accounts.models import Role
from app.accounts.rules import Scope
from app.accounts.service.api_tokens import create_token
from app.bootstrap import Services, build
from app.main import create_app
from app.sample.loaded import Loaded
from tests.fixtures.organiser import Answering, answer_demo
from tests.fixtures.rounds import SteppedClock
from tests.fixtures.sample import Sample, sample_settings
from tests.fixtures.service import PUBLIC_URL
from tests.fixtures.shipped import SHIPPED
from tests.integration.jobs.world import PaperQueue

API = "/api/v1"
DEMO = f"{API}/rounds/rcp-demo"
IGC = f"{DEMO}/invitations/igc"
BALI = f"{DEMO}/invitations/bali"
LINK = re.compile(r'<(.+)>; rel="next"')


class Program:
    """A program with a bearer token. Each refusal it gets must be a problem, in every detail."""

    def __init__(self, client: TestClient, token: str | None) -> None:
        self.client = client
        self.headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    def call(self, method: str, path: str, **given: object) -> Response:
        """Send a request; given headers are added to the token's."""
        headers = given.pop("headers", {})
        assert isinstance(headers, dict)
        answer = self.client.request(
            method,
            path,
            headers={**self.headers, **headers},
            follow_redirects=False,
            **given,  # type: ignore[arg-type]
        )
        if answer.status_code >= 400:
            assert_problem(answer)
        return answer

    def get(self, path: str, **given: object) -> Response:
        return self.call("GET", path, **given)

    def post(self, path: str, **given: object) -> Response:
        return self.call("POST", path, **given)

    def put(self, path: str, **given: object) -> Response:
        return self.call("PUT", path, **given)

    def delete(self, path: str, **given: object) -> Response:
        return self.call("DELETE", path, **given)

    def all(self, path: str) -> list[dict[str, object]]:
        """Every item of a list, page by page."""
        items: list[dict[str, object]] = []
        following: str | None = path
        while following is not None:
            answer = self.get(following)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            items += page["items"]
            following = page["next"]
            link = LINK.fullmatch(answer.headers.get("link", ""))
            assert (None if link is None else link[1]) == following
        return items


def assert_problem(answer: Response) -> None:
    """A refusal is of the problem type, knows its own status and says what happened."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"urn:rapporteur:problem:{problem['code']}"
    assert problem["title"]
    assert problem.get("detail")
    assert "Traceback" not in answer.text


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def queue() -> PaperQueue:
    return PaperQueue()


@pytest.fixture
def services(
    sample_url: str, tmp_path: Path, clock: SteppedClock, queue: PaperQueue
) -> Iterator[Services]:
    settings = sample_settings(sample_url, tmp_path / "data")
    built = build(settings, clock=clock, jobs=queue, catalogue=SHIPPED)
    yield built
    built.close()


@pytest.fixture
def loaded(sample: Sample) -> Loaded:
    return sample.loaded


@pytest.fixture
def users(sample: Sample) -> dict[Role, int]:
    return sample.users


@pytest.fixture
def answering(services: Services, loaded: Loaded) -> Answering:
    """The first respondent of the demonstration, with some answers."""
    return answer_demo(services, loaded)


@pytest.fixture
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(create_app(services=services), base_url=PUBLIC_URL) as client:
        yield client


ByRole = Callable[..., Program]


@pytest.fixture
def program(client: TestClient, services: Services, users: dict[Role, int]) -> ByRole:
    """A program of a user: ``program(Role.ANALYST)``, or with scopes."""

    def make(role: Role, *scopes: Scope) -> Program:
        with services.database.write() as session:
            _, text = create_token(
                session,
                user_id=users[role],
                name="A test",
                scopes=scopes or tuple(Scope),
                days=30,
                clock=services.clock,
            )
        return Program(client, text)

    return make


@pytest.fixture
def nobody(client: TestClient) -> Program:
    """A program without a token."""
    return Program(client, None)


@pytest.fixture
def respondent(client: TestClient, nobody: Program, loaded: Loaded) -> Program:
    """A program of the first respondent of the demonstration."""
    session = nobody.post(f"{API}/sessions", json={"token": loaded.token}).json()
    return Program(client, session["token"])


@pytest.fixture
def other_respondent(client: TestClient, nobody: Program, program: ByRole) -> Program:
    """A program of another respondent of the same round."""
    link = program(Role.ORGANISER).post(f"{BALI}/links", json={}).json()["url"]
    session = nobody.post(f"{API}/sessions", json={"token": link}).json()
    return Program(client, session["token"])
