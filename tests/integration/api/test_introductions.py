"""What a respondent's program is told on arrival, and the documents of a version."""

import pytest
from starlette.testclient import TestClient

from app.accounts.models import Role
from tests.integration.api.conftest import API, BALI, IGC, ByRole, Program

VERSIONS = f"{API}/questionnaires/rcp-migration-development/versions"


def test_respondent_is_told_who_asks_what_and_by_when(respondent: Program) -> None:
    told = respondent.get(f"{IGC}/introduction").json()

    assert told["organiser"]
    assert told["institution"].startswith("Intergovernmental Consultations")
    assert told["notice"].startswith("Demonstration")
    assert (told["questionnaire"], told["version"]) == ("rcp-migration-development", "2007")
    assert told["title"]
    assert told["round"]
    assert told["time_zone"] == "Europe/Brussels"
    assert told["due_at"] == respondent.get(IGC).json()["due_at"]
    assert (told["questions"], told["language"]) == (34, "en")
    assert respondent.get(told["definition"]).status_code == 200


def test_extended_deadline_is_told(program: ByRole) -> None:
    organiser = program(Role.ORGANISER)
    made = organiser.post(f"{BALI}/extensions", json={"last_day": "2027-07-31"}).json()

    told = organiser.get(f"{BALI}/introduction").json()

    assert told["due_at"] == made["due_at"]


@pytest.mark.parametrize(
    ("asked", "spoken"), [("", "en"), ("en-GB", "en"), ("fr", "en"), ("nonsense", "en")]
)
def test_introduction_is_in_a_language_that_there_is(
    respondent: Program, asked: str, spoken: str
) -> None:
    assert respondent.get(f"{IGC}/introduction?language={asked}").json()["language"] == spoken


def test_versions_lead_to_their_blank_forms_and_codebook(
    respondent: Program, client: TestClient
) -> None:
    shown = {one["version"]: one for one in respondent.all(VERSIONS)}["2026"]
    assert isinstance(shown["blank_forms"], list)

    addresses = [one["address"] for one in shown["blank_forms"]] + [shown["codebook"]]

    assert [one["language"] for one in shown["blank_forms"]] == shown["languages"]
    assert len(addresses) == 6
    assert [client.get(str(address)).status_code for address in addresses] == [200] * 6
