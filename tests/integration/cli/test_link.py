"""``rapporteur link`` prints a way in for one respondent, and closes no other."""

import re

import pytest

from app.audit.queries import list_entries
from app.database import Database
from app.errors import Gone
from app.registry.models import Respondent
from app.rounds.service.link import follow_link
from tests.integration.cli.conftest import Ran, Run

LINK = ("link", "--round", "rcp-demo", "--respondent", "mtm")


def token_of(ran: Ran) -> str:
    (token,) = re.findall(r" at http://127\.0\.0\.1:8000/r/([\w-]{43})$", ran.out, re.MULTILINE)
    return str(token)


def led_to(database_url: str, token: str) -> tuple[str, str]:
    database = Database(database_url)
    try:
        with database.read() as session:
            _, invitation, round_ = follow_link(session, token)
            respondent = session.get_one(Respondent, invitation.respondent_id)
            return round_.slug, respondent.key
    finally:
        database.dispose()


def test_link_leads_into_the_invitation(rapporteur_2007: Run, database_url: str) -> None:
    ran = rapporteur_2007(*LINK)

    assert ran.code == 0
    assert ran.lines[0].startswith("mtm answers the round rcp-demo at ")
    assert led_to(database_url, token_of(ran)) == ("rcp-demo", "mtm")


def test_link_leaves_earlier_ones_valid(rapporteur_2007: Run, database_url: str) -> None:
    tokens = [token_of(rapporteur_2007(*LINK)) for _ in range(3)]

    assert len(set(tokens)) == 3
    assert {led_to(database_url, token) for token in tokens} == {("rcp-demo", "mtm")}


def test_link_in_the_place_of_earlier_ones(rapporteur_2007: Run, database_url: str) -> None:
    lost = token_of(rapporteur_2007(*LINK))

    ran = rapporteur_2007(*LINK, "--revoke-others")

    assert ran.code == 0
    assert re.search(r"^\d+ earlier links? (was|were) revoked\.$", ran.out, re.MULTILINE)
    assert led_to(database_url, token_of(ran)) == ("rcp-demo", "mtm")
    with pytest.raises(Gone):
        led_to(database_url, lost)


def test_link_uses_the_address_that_people_see(
    rapporteur_2007: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_BASE_URL", "https://survey.example.org/")

    ran = rapporteur_2007(*LINK)

    assert " at https://survey.example.org/r/" in ran.out


def test_link_that_only_this_machine_can_open_says_what_to_set(
    rapporteur_2007: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_HOST", "::")

    ran = rapporteur_2007(*LINK)

    assert " at http://127.0.0.1:8000/r/" in ran.out
    assert "Set RAPPORTEUR_BASE_URL" in ran.err


@pytest.mark.parametrize(
    ("round_slug", "respondent", "said"),
    [
        ("nowhere", "mtm", "There is no round «nowhere». The rounds are: gfmd-2007, rcp-demo."),
        ("rcp-demo", "nobody", "No respondent with the key «nobody» was invited"),
        ("gfmd-2007", "mtm", "The round «gfmd-2007» is closed; a link would open nothing."),
    ],
)
def test_link_to_what_is_not_there_is_refused(
    rapporteur_2007: Run, round_slug: str, respondent: str, said: str
) -> None:
    ran = rapporteur_2007("link", "--round", round_slug, "--respondent", respondent)

    assert ran.code == 1
    assert ran.err.startswith(said)
    assert ran.out == ""


def test_link_is_in_the_audit_log(rapporteur_2007: Run, database_url: str) -> None:
    token = token_of(rapporteur_2007(*LINK))

    database = Database(database_url)
    with database.read() as session:
        newest = list_entries(session, limit=1)[0]
        link, invitation, _ = follow_link(session, token)
    database.dispose()
    assert (newest.actor, newest.action) == ("command", "link.issued")
    assert newest.subject == f"invitation:{invitation.id}"
    assert newest.details == {"link": str(link.id)}
