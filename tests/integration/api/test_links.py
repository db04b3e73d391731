"""Personal links by the API: which there are, and taking one back."""

from app.accounts.models import Role
from app.sample.loaded import Loaded
from tests.integration.api.conftest import API, BALI, IGC, ByRole, Program, assert_problem


def test_revoked_link_ends_the_sessions_that_came_by_it(
    program: ByRole, nobody: Program, loaded: Loaded
) -> None:
    organiser = program(Role.ORGANISER)
    url = organiser.post(f"{IGC}/links", json={}).json()["url"]
    opened = nobody.post(f"{API}/sessions", json={"token": url}).json()
    respondent = Program(nobody.client, opened["token"])
    assert respondent.get(f"{API}/me").status_code == 200
    [link, *_] = organiser.all(f"{IGC}/links")

    answer = organiser.delete(f"{IGC}/links/{link['number']}")

    assert answer.status_code == 204
    assert respondent.get(f"{API}/me").status_code == 401
    assert nobody.post(f"{API}/sessions", json={"token": url}).status_code == 410
    [revoked, *others] = organiser.all(f"{IGC}/links")
    assert revoked["revoked_at"] is not None
    assert [one["revoked_at"] for one in others] == [None] * len(others)


def test_link_of_another_respondent_is_not_there(program: ByRole, loaded: Loaded) -> None:
    organiser = program(Role.ORGANISER)
    organiser.post(f"{IGC}/links", json={})
    [link, *_] = organiser.all(f"{IGC}/links")

    answer = organiser.delete(f"{BALI}/links/{link['number']}")

    assert answer.status_code == 404
    assert_problem(answer)
