"""What tests of what must never happen are given: the service's parts, an open round, browsers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi import FastAPI

from app.accounts.models import Role
from app.accounts.rules import Scope
from app.accounts.service import add_user
from app.accounts.service.api_tokens import create_token
from app.accounts.service.sign_in import open_session
from app.bootstrap import Services, build
from app.main import create_app
from app.settings import Settings
from tests.fixtures.organiser import PASSWORD, email_of
from tests.fixtures.rounds import Asked, SteppedClock, open_a_round
from tests.fixtures.shipped import SHIPPED
from tests.integration.responses.browsing import Browser, browser_on

NewBrowser = Callable[[], Browser]
ByRole = Callable[[Role], Browser]


@pytest.fixture
def services(settings: Settings) -> Iterator[Services]:
    built = build(settings, clock=SteppedClock(), catalogue=SHIPPED)
    yield built
    built.close()


@pytest.fixture
def app(services: Services) -> FastAPI:
    return create_app(services=services)


@pytest.fixture
def asked(services: Services) -> Asked:
    """One invited institution in an open round."""
    (only,) = open_a_round(services)
    return only


@pytest.fixture
def new_browser(app: FastAPI) -> Iterator[NewBrowser]:
    """Browsers that share nothing but the service."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(browser_on(app))


@pytest.fixture
def browser(new_browser: NewBrowser) -> Browser:
    return new_browser()


def user_of(services: Services, role: Role) -> int:
    """The number of a new user with a role in every survey."""
    with services.database.write() as session:
        user = add_user(
            session,
            email=email_of(role),
            name=f"The {role.value}",
            password=PASSWORD,
            role=role,
            clock=services.clock,
        )
        return user.id or 0


@pytest.fixture
def signed_in(new_browser: NewBrowser, services: Services) -> ByRole:
    """A browser in which a user of a role has signed in (without the wait for the password)."""

    def sign_in(role: Role) -> Browser:
        user_id = user_of(services, role)
        with services.database.write() as session:
            token = open_session(
                session, user_id=user_id, password=PASSWORD, hours=1, clock=services.clock
            )
        assert token is not None
        browser = new_browser()
        browser.client.cookies.set("rapporteur_user", token)
        return browser

    return sign_in


@pytest.fixture
def program(new_browser: NewBrowser, services: Services) -> ByRole:
    """A client of the API with a token of a user of a role."""

    def make(role: Role) -> Browser:
        user_id = user_of(services, role)
        with services.database.write() as session:
            _, text = create_token(
                session,
                user_id=user_id,
                name="A test",
                scopes=tuple(Scope),
                days=30,
                clock=services.clock,
            )
        browser = new_browser()
        browser.client.headers["Authorization"] = f"Bearer {text}"
        return browser

    return make
