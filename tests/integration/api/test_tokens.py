"""API tokens by the API: listed, made and revoked by a token that may manage them."""

import pytest

from app.accounts.models import Role
from app.accounts.rules import Scope
from app.audit.queries import list_entries
from app.bootstrap import Services
from tests.fixtures.rounds import SteppedClock
from tests.integration.api.conftest import API, ByRole, Program

TOKENS = f"{API}/tokens"


def test_token_is_made_used_and_revoked(program: ByRole) -> None:
    manager = program(Role.ANALYST)

    made = manager.post(TOKENS, json={"name": "Nightly statistics", "scope": "write", "days": 7})

    assert made.status_code == 201
    shown = made.json()
    other = Program(manager.client, shown.pop("token"))
    assert (shown["scopes"], shown["expires_at"]) == (["read", "write"], "2027-03-17T12:00:00Z")
    assert other.get(f"{API}/me").json()["name"] == "The analyst"
    newest, own = manager.all(f"{TOKENS}?limit=1")
    assert newest == shown
    assert (own["name"], own["valid"]) == ("A test", True)

    assert manager.delete(f"{TOKENS}/{shown['id']}").status_code == 204

    assert other.get(f"{API}/me").status_code == 401
    assert [one["valid"] for one in manager.all(TOKENS)] == [False, True]


@pytest.mark.parametrize("scopes", [(Scope.READ,), (Scope.READ, Scope.WRITE)])
def test_token_without_the_scope_neither_sees_nor_makes_nor_revokes_tokens(
    program: ByRole, scopes: tuple[Scope, ...]
) -> None:
    kept = program(Role.ADMINISTRATOR)
    (own,) = kept.all(TOKENS)
    caller = program(Role.ADMINISTRATOR, *scopes)

    answers = [
        caller.get(TOKENS),
        caller.post(TOKENS, json={"name": "Wider"}),
        caller.delete(f"{TOKENS}/{own['id']}"),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert [one["valid"] for one in kept.all(TOKENS)] == [True, True]


def test_token_makes_none_that_manages_tokens(program: ByRole) -> None:
    manager = program(Role.ADMINISTRATOR)

    assert manager.post(TOKENS, json={"name": "As wide", "scope": "tokens"}).status_code == 422
    made = manager.post(TOKENS, json={"name": "Narrower", "scope": "write"}).json()

    assert Program(manager.client, made["token"]).get(TOKENS).status_code == 403


def test_token_that_is_made_ends_with_its_maker(
    program: ByRole, services: Services, clock: SteppedClock
) -> None:
    manager = program(Role.ANALYST)
    clock.move(days=10)

    longer = manager.post(TOKENS, json={"name": "Longer", "days": 21})
    as_long = manager.post(TOKENS, json={"name": "As long"}).json()

    assert longer.status_code == 422
    assert longer.json()["problems"][0]["code"] == "outlasts-its-maker"
    assert as_long["expires_at"] == manager.all(TOKENS)[-1]["expires_at"]


@pytest.mark.parametrize(
    "asked",
    [{}, {"name": " "}, {"name": "A", "days": 0}, {"name": "A", "days": 366}, {"name": "a\nb"}],
)
def test_token_that_cannot_be_is_refused(program: ByRole, asked: dict[str, object]) -> None:
    manager = program(Role.ANALYST)

    assert manager.post(TOKENS, json=asked).status_code == 422
    assert len(manager.all(TOKENS)) == 1


def test_token_of_another_account_is_not_found(program: ByRole) -> None:
    organiser, analyst = program(Role.ORGANISER), program(Role.ANALYST)
    (own,) = organiser.all(TOKENS)

    assert [one["name"] for one in analyst.all(TOKENS)] == ["A test"]
    assert analyst.delete(f"{TOKENS}/{own['id']}").status_code == 404
    assert analyst.delete(f"{TOKENS}/{2**40}").status_code == 422
    assert organiser.all(TOKENS) == [own]


def test_log_names_the_token_that_made_another(program: ByRole, services: Services) -> None:
    manager = program(Role.ANALYST)
    (own,) = manager.all(TOKENS)

    made = manager.post(TOKENS, json={"name": "Nightly statistics"}).json()

    with services.database.read() as session:
        noted = list_entries(session)[0]
    assert (noted.action, noted.subject) == ("api_token.made", f"api_token:{made['id']}")
    assert noted.details == {"scopes": "read", "by": f"api_token:{own['id']}"}
