"""Signing in and out."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from sqlmodel import col, select

from app.accounts.models import Role, User, UserSession
from app.accounts.service import add_user, set_password
from app.accounts.tokens import hash_of
from app.audit.models import AuditEntry
from app.bootstrap import Services
from app.errors import Conflict
from tests.fixtures.organiser import PASSWORD, email_of
from tests.fixtures.rounds import SteppedClock
from tests.integration.organiser.conftest import SignIn, Visitor


def test_sign_in_right_password_opens_the_rounds(
    visitor: Visitor, users: dict[Role, int], services: Services
) -> None:
    answer = visitor.sign_in(Role.ORGANISER)

    assert (answer.status_code, answer.headers["location"]) == (303, "/organiser")
    assert "The organiser" in visitor.get("/organiser").text
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    with services.database.read() as session:
        kept = session.exec(select(UserSession)).one()
        noted = session.exec(select(AuditEntry).where(AuditEntry.action == "user.signed_in")).one()
    assert kept.token_hash == hash_of(visitor.client.cookies["rapporteur_user"])
    assert noted.actor == f"user:{users[Role.ORGANISER]}"


def test_sign_in_address_in_capitals_is_the_same(visitor: Visitor, users: dict[Role, int]) -> None:
    answer = visitor.post("/organiser/sign-in", email=" Organiser@Example.ORG ", password=PASSWORD)

    assert answer.status_code == 303


@pytest.mark.parametrize("email", [email_of(Role.ORGANISER), "nobody@example.org", ""])
def test_sign_in_wrong_is_refused_alike_whether_or_not_there_is_an_account(
    visitor: Visitor, users: dict[Role, int], email: str
) -> None:
    answer = visitor.post("/organiser/sign-in", email=email, password="wrong password")

    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert f'value="{email}"' in answer.text
    assert "rapporteur_user" not in visitor.client.cookies


def test_sign_in_disabled_account_is_refused(
    visitor: Visitor, users: dict[Role, int], services: Services
) -> None:
    with services.database.write() as session:
        session.get_one(User, users[Role.ANALYST]).disabled_at = services.clock.now()

    assert visitor.sign_in(Role.ANALYST).status_code == 401


def test_sign_in_account_disabled_later_is_signed_out(
    signed_in: SignIn, users: dict[Role, int], services: Services
) -> None:
    analyst = signed_in(Role.ANALYST)
    assert analyst.get("/organiser").status_code == 200

    with services.database.write() as session:
        session.get_one(User, users[Role.ANALYST]).disabled_at = services.clock.now()

    assert analyst.get("/organiser").status_code == 303


def test_sign_in_leads_back_to_the_page_that_was_asked_for(
    visitor: Visitor, users: dict[Role, int]
) -> None:
    asked = visitor.get("/organiser/rounds/gfmd-2007?show=completed")
    assert asked.status_code == 303
    assert asked.headers["location"] == (
        "/organiser/sign-in?next=%2Forganiser%2Frounds%2Fgfmd-2007%3Fshow%3Dcompleted"
    )

    answer = visitor.sign_in(Role.ORGANISER, after="/organiser/rounds/gfmd-2007?show=completed")

    assert answer.headers["location"] == "/organiser/rounds/gfmd-2007?show=completed"


def test_sign_in_never_leads_to_another_site(visitor: Visitor, users: dict[Role, int]) -> None:
    answer = visitor.sign_in(Role.ORGANISER, after="https://example.org/organiser")

    assert answer.headers["location"] == "/organiser"


def test_sign_in_too_many_tries_are_stopped_even_with_the_right_password(
    visitor: Visitor, users: dict[Role, int], services: Services
) -> None:
    for _ in range(services.settings.sign_in_tries):
        assert visitor.sign_in(Role.ORGANISER, password="wrong password").status_code == 401

    answer = visitor.sign_in(Role.ORGANISER)

    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.text
    assert 0 < int(answer.headers["retry-after"]) <= 15 * 60


def test_sign_in_form_from_elsewhere_is_refused(visitor: Visitor, users: dict[Role, int]) -> None:
    answer = visitor.client.post(
        "/organiser/sign-in", data={"email": email_of(Role.ORGANISER), "password": PASSWORD}
    )

    assert answer.status_code == 403
    assert "rapporteur_user" not in visitor.client.cookies


def test_sign_in_renews_a_weaker_hash(
    visitor: Visitor, users: dict[Role, int], services: Services
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with services.database.write() as session:
        session.get_one(User, users[Role.ORGANISER]).password_hash = weak

    assert visitor.sign_in(Role.ORGANISER).status_code == 303

    with services.database.read() as session:
        renewed = session.get_one(User, users[Role.ORGANISER]).password_hash
    assert renewed != weak
    assert visitor.sign_in(Role.ORGANISER).status_code == 303


def test_session_ends_after_its_hours(signed_in: SignIn, clock: SteppedClock) -> None:
    organiser = signed_in(Role.ORGANISER)

    clock.move(hours=11, minutes=59)
    assert organiser.get("/organiser").status_code == 200
    clock.move(minutes=1)
    assert organiser.get("/organiser").status_code == 303


def test_sign_out_ends_the_session_on_the_server_too(signed_in: SignIn) -> None:
    organiser = signed_in(Role.ORGANISER)
    token = organiser.client.cookies["rapporteur_user"]

    assert organiser.post("/organiser/sign-out").status_code == 303

    organiser.client.cookies.set("rapporteur_user", token)
    assert organiser.get("/organiser").status_code == 303


def test_sign_out_leaves_other_browsers_signed_in(signed_in: SignIn) -> None:
    one, other = signed_in(Role.ORGANISER), signed_in(Role.ORGANISER)

    one.post("/organiser/sign-out")

    assert other.get("/organiser").status_code == 200


def test_form_after_the_session_has_ended_says_that_nothing_was_done(
    signed_in: SignIn, clock: SteppedClock
) -> None:
    organiser = signed_in(Role.ORGANISER)
    clock.move(hours=13)

    answer = organiser.post("/organiser/tokens", name="Late")

    assert answer.status_code == 401
    assert "was not carried out" in answer.text


def test_add_user_second_account_of_an_address_is_refused(
    users: dict[Role, int], services: Services
) -> None:
    with services.database.write() as session, pytest.raises(Conflict):
        add_user(
            session,
            email="ORGANISER@example.org",
            name="Another",
            password=PASSWORD,
            role=Role.OBSERVER,
            clock=services.clock,
        )


def test_set_password_signs_every_browser_out(
    signed_in: SignIn, new_visitor: Callable[[], Visitor], services: Services
) -> None:
    organiser = signed_in(Role.ORGANISER)

    with services.database.write() as session:
        user = session.exec(select(User).where(col(User.email) == email_of(Role.ORGANISER))).one()
        set_password(session, user=user, password="four loud red robins")

    assert organiser.get("/organiser").status_code == 303
    answer = new_visitor().sign_in(Role.ORGANISER, password="four loud red robins")
    assert answer.status_code == 303


def test_sign_in_endless_form_is_refused_before_it_is_read(visitor: Visitor) -> None:
    answer = visitor.client.post("/organiser/sign-in", data={"email": "x" * 300_000})

    assert answer.status_code == 413
    assert "cannot be sent here at once" in answer.text


def test_sign_in_page_from_another_site_is_refused(
    visitor: Visitor, users: dict[Role, int]
) -> None:
    answer = visitor.client.post(
        "/organiser/sign-in",
        data={
            "csrf": visitor.csrf(),
            "email": email_of(Role.ORGANISER),
            "password": PASSWORD,
        },
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
