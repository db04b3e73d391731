"""Personal links as organisers see them, and taking one back."""

import re

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from app.accounts.models import Role
from app.audit.queries import list_entries
from app.bootstrap import Services
from app.main import create_app
from app.responses.models import StoredAnswer
from app.rounds.models import PersonalLink
from app.rounds.service.link import hash_of
from app.sample.loaded import Loaded
from tests.fixtures.rounds import SteppedClock
from tests.fixtures.service import strict_client
from tests.integration.organiser.conftest import HIDDEN, SignIn, Visitor
from tests.integration.organiser.test_board import words

IGC = "/organiser/rounds/rcp-demo/respondents/igc"
BALI = "/organiser/rounds/rcp-demo/respondents/bali"
NEW = re.compile(r"http://testserver(/r/[\w-]{43})")


def issue(organiser: Visitor, **fields: str) -> str:
    """Issue a link for IGC; its path."""
    found = NEW.search(organiser.post(f"{IGC}/link", contact="", **fields).text)
    assert found is not None
    return found[1]


def number_of(services: Services, path: str) -> int:
    with services.database.read() as session:
        link = session.exec(
            select(PersonalLink).where(PersonalLink.token_hash == hash_of(path.rpartition("/")[2]))
        ).one()
    return link.id or 0


def follow(services: Services, path: str) -> TestClient:
    """A browser in which a link was started."""
    client = strict_client(create_app(services=services))
    hidden = HIDDEN.search(client.get(path).text)
    assert hidden is not None
    assert client.post(path, data={"csrf": hidden[1]}).status_code == 200
    return client


def test_revoked_link_shuts_out_at_once_and_no_other(
    signed_in: SignIn, loaded: Loaded, services: Services, users: dict[Role, int]
) -> None:
    organiser = signed_in(Role.ORGANISER)
    lost, kept = issue(organiser), issue(organiser)
    stranger, colleague = follow(services, lost), follow(services, kept)
    assert stranger.get("/form").status_code == 200

    answer = organiser.post(f"{IGC}/links/{number_of(services, lost)}/revoke")

    assert answer.headers["location"] == f"{IGC}?done=revoked#links"
    assert stranger.get("/form").status_code == 401
    assert stranger.get(lost).status_code == 410
    assert colleague.get("/form").status_code == 200
    page = words(organiser.get(answer.headers["location"]).text)
    assert "The personal link was revoked." in page
    assert "Personal link revoked" in page
    with services.database.read() as session:
        noted = list_entries(session, limit=1)[0]
        assert session.exec(select(StoredAnswer)).all() == []
    assert (noted.action, noted.actor) == ("link.revoked", f"user:{users[Role.ORGANISER]}")
    assert noted.details == {"link": str(number_of(services, lost))}


def test_link_revoked_twice_is_revoked_once(
    signed_in: SignIn, loaded: Loaded, services: Services, clock: SteppedClock
) -> None:
    organiser = signed_in(Role.ORGANISER)
    number = number_of(services, issue(organiser))
    organiser.post(f"{IGC}/links/{number}/revoke")
    first = clock.now()
    clock.move(minutes=5)

    answer = organiser.post(f"{IGC}/links/{number}/revoke")

    assert answer.status_code == 303
    with services.database.read() as session:
        assert session.get_one(PersonalLink, number).revoked_at == first
        assert [one.action for one in list_entries(session)].count("link.revoked") == 1


def test_link_of_another_respondent_is_not_revoked(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    organiser = signed_in(Role.ORGANISER)
    number = number_of(services, issue(organiser))

    answer = organiser.post(f"{BALI}/links/{number}/revoke")

    assert answer.status_code == 404
    with services.database.read() as session:
        assert session.get_one(PersonalLink, number).revoked_at is None


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "x"])
def test_link_that_cannot_be_is_not_found(signed_in: SignIn, loaded: Loaded, number: str) -> None:
    answer = signed_in(Role.ORGANISER).post(f"{IGC}/links/{number}/revoke")

    assert answer.status_code == 404


def test_new_link_can_take_the_place_of_all_others(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    organiser = signed_in(Role.ORGANISER)
    lost = issue(organiser)

    found = issue(organiser, revoke_others="yes")

    follow(services, found)
    with services.database.read() as session:
        links = session.exec(
            select(PersonalLink).where(col(PersonalLink.revoked_at).is_(None))
        ).all()
        mine = session.get_one(PersonalLink, number_of(services, found))
        assert [one.id for one in links if one.invitation_id == mine.invitation_id] == [mine.id]
        assert session.get_one(PersonalLink, number_of(services, lost)).revoked_at is not None


def test_links_are_listed_with_whom_they_are_for_and_when_they_were_opened(
    signed_in: SignIn, loaded: Loaded, services: Services, clock: SteppedClock
) -> None:
    organiser = signed_in(Role.ORGANISER)
    path = issue(organiser)
    clock.move(days=2)
    follow(services, path)

    organiser = signed_in(Role.ORGANISER)
    page = words(organiser.get(IGC).text)

    assert "Nobody in particular Issued 10 March 2027, last opened 12 March 2027" in page
    assert "Focal point, IGC" in page
    assert path not in organiser.get(IGC).text
    assert "Personal links" not in words(signed_in(Role.ANALYST).get(IGC).text)


def test_links_of_a_closed_round_cannot_be_revoked_again(signed_in: SignIn, loaded: Loaded) -> None:
    organiser = signed_in(Role.ORGANISER)
    organiser.post("/organiser/rounds/rcp-demo/close", sure="yes")

    page = organiser.get(IGC).text

    assert "/revoke" not in page
    assert "its links" in page
