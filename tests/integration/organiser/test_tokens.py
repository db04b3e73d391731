"""API tokens: made once, kept as a hash, revoked."""

import re

import pytest
from sqlmodel import select

from app.accounts.models import ApiToken, Role
from app.accounts.queries import identity_of_api_token
from app.accounts.rules import Scope
from app.accounts.tokens import hash_of
from app.bootstrap import Services
from tests.fixtures.rounds import SteppedClock
from tests.integration.organiser.conftest import SignIn, Visitor

PAGE = "/organiser/tokens"


def make(visitor: Visitor, **fields: str) -> str:
    """A new token's text, as its maker sees it."""
    html = visitor.post(PAGE, **({"name": "Nightly statistics"} | fields)).text
    found = re.search(r"rap_[\w-]{43}", html)
    assert found is not None
    return found[0]


def belongs_to(services: Services, text: str) -> int | None:
    with services.database.read() as session:
        found = identity_of_api_token(session, text, now=services.clock.now())
    return None if found is None else found[0].user_id


def test_token_is_shown_once_and_kept_as_a_hash(
    signed_in: SignIn, services: Services, users: dict[Role, int]
) -> None:
    organiser = signed_in(Role.ORGANISER)

    text = make(organiser)

    page = organiser.get(PAGE).text
    assert text not in page
    assert "Nightly statistics" in page
    with services.database.read() as session:
        kept = session.exec(select(ApiToken)).one()
    assert kept.token_hash == hash_of(text)
    assert belongs_to(services, text) == users[Role.ORGANISER]


@pytest.mark.parametrize(
    ("scope", "scopes"),
    [
        ("read", {Scope.READ}),
        ("write", {Scope.READ, Scope.WRITE}),
        ("tokens", {Scope.READ, Scope.WRITE, Scope.TOKENS}),
    ],
)
def test_token_has_the_scopes_it_was_made_with(
    signed_in: SignIn, services: Services, scope: str, scopes: set[Scope]
) -> None:
    organiser = signed_in(Role.ORGANISER)

    text = make(organiser, scope=scope)

    assert ("all that you may, tokens too" in organiser.get(PAGE).text) is (scope == "tokens")
    with services.database.read() as session:
        found = identity_of_api_token(session, text, now=services.clock.now())
    assert found is not None
    assert found[1] == scopes


def test_token_ends_after_its_days(
    signed_in: SignIn, services: Services, clock: SteppedClock
) -> None:
    text = make(signed_in(Role.ORGANISER), days="30")

    clock.move(days=29, hours=23)
    assert belongs_to(services, text) is not None
    clock.move(hours=1)
    assert belongs_to(services, text) is None


def test_token_without_days_lasts(
    signed_in: SignIn, services: Services, clock: SteppedClock
) -> None:
    text = make(signed_in(Role.ORGANISER), days="0")

    clock.move(days=3650)

    assert belongs_to(services, text) is not None


def test_token_revoked_is_useless(signed_in: SignIn, services: Services) -> None:
    organiser = signed_in(Role.ORGANISER)
    text = make(organiser)
    number = re.search(r"/tokens/(\d+)/revoke", organiser.get(PAGE).text)
    assert number is not None

    assert organiser.post(f"{PAGE}/{number[1]}/revoke").status_code == 303

    assert belongs_to(services, text) is None
    assert "Revoked" in organiser.get(PAGE).text


def test_token_of_another_can_neither_be_seen_nor_revoked(
    signed_in: SignIn, services: Services
) -> None:
    organiser, analyst = signed_in(Role.ORGANISER), signed_in(Role.ANALYST)
    text = make(organiser)
    number = re.search(r"/tokens/(\d+)/revoke", organiser.get(PAGE).text)
    assert number is not None

    assert "Nightly statistics" not in analyst.get(PAGE).text
    assert analyst.post(f"{PAGE}/{number[1]}/revoke").status_code == 404
    assert belongs_to(services, text) is not None


def test_token_without_a_name_is_refused(signed_in: SignIn, services: Services) -> None:
    answer = signed_in(Role.ORGANISER).post(PAGE, name=" ")

    assert answer.status_code == 422
    assert "A token needs a name" in answer.text
    with services.database.read() as session:
        assert session.exec(select(ApiToken)).all() == []
