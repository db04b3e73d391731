"""Surveys by the API: their cadence, and the closing of a round."""

from app.accounts.models import Role
from app.sample.loaded import Loaded
from tests.integration.api.conftest import API, ByRole, assert_problem

SURVEY = f"{API}/surveys/rcp-demo"


def test_cadence_is_set_and_read_again(program: ByRole, loaded: Loaded) -> None:
    organiser = program(Role.ORGANISER)

    answer = organiser.call(
        "PUT", f"{SURVEY}/cadence", json={"cadence": "0 9 1 3 *", "time_zone": "Europe/Brussels"}
    )

    survey = organiser.call("GET", SURVEY).json()
    assert answer.status_code == 200
    assert answer.json()["next_round_at"].endswith("-03-01T08:00:00Z")
    assert survey["cadence"] == "0 9 1 3 *"
    assert survey["rounds"] == ["rcp-demo"]
    listed = organiser.call("GET", f"{API}/surveys").json()["items"]
    assert [one["slug"] for one in listed if one["cadence"]] == ["rcp-demo"]


def test_cadence_that_cannot_be_read_is_a_problem(program: ByRole, loaded: Loaded) -> None:
    answer = program(Role.ORGANISER).call(
        "PUT", f"{SURVEY}/cadence", json={"cadence": "0 9 31 2 *", "time_zone": "UTC"}
    )

    assert answer.status_code == 422
    assert_problem(answer)
    assert [one["code"] for one in answer.json()["problems"]] == ["cadence-never"]


def test_round_is_closed_once(program: ByRole, loaded: Loaded) -> None:
    organiser = program(Role.ORGANISER)

    first = organiser.call("POST", f"{API}/rounds/rcp-demo/closing")
    second = organiser.call("POST", f"{API}/rounds/rcp-demo/closing")

    closed_at = organiser.call("GET", f"{API}/rounds/rcp-demo").json()["closed_at"]
    assert first.status_code == 201
    assert first.json()["closed_at"] == closed_at
    assert second.status_code == 409
    assert_problem(second)


def test_next_round_is_opened_once(program: ByRole, loaded: Loaded) -> None:
    organiser = program(Role.ORGANISER)

    first = organiser.call("POST", f"{SURVEY}/rounds", json={"after": "rcp-demo"})
    second = organiser.call("POST", f"{SURVEY}/rounds", json={"after": "rcp-demo"})

    assert first.status_code == 201
    rounds = organiser.call("GET", SURVEY).json()["rounds"]
    assert rounds == [first.json()["slug"], "rcp-demo"]
    assert second.status_code == 409
    assert second.json()["code"] == "opened-meanwhile"
