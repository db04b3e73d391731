"""Respondents, their names in their time, and their contacts."""

from datetime import date

import pytest
from sqlmodel import Session, select

from app.bootstrap import Services
from app.errors import Conflict, Invalid, NotFound
from app.registry.models import NameKind, Respondent, RespondentName
from app.registry.queries import (
    contacts_of,
    respondent_by_key,
    respondent_names,
    respondents,
)
from app.registry.service import add_contact, add_name, add_respondent
from exports.records import OtherName
from tests.integration.data.queries import QueryCounter

TODAY = date(2027, 3, 10)


def add(services: Services, session: Session, key: str = "north", **more: str) -> Respondent:
    return add_respondent(
        session,
        key=key,
        short_name=more.get("short_name", "NORTH"),
        official_name=more.get("official_name", "Northern Process"),
        other_names=[OtherName(text="Processus du Nord", language="fr", locator="L1")],
        clock=services.clock,
    )


def test_respondent_is_known_by_its_key_and_names(services: Services) -> None:
    with services.database.write() as session:
        added = add(services, session)

    with services.database.read() as session:
        found = respondent_by_key(session, "north")
        names = respondent_names(session, [found.id or 0], on=TODAY)[found.id or 0]

    assert found.id == added.id
    assert (names.short, names.official) == ("NORTH", "Northern Process")
    assert names.others == (OtherName(text="Processus du Nord", language="fr", locator="L1"),)


def test_name_holds_in_its_period(services: Services) -> None:
    with services.database.write() as session:
        north = add(services, session)
        old = session.exec(
            select(RespondentName)
            .where(RespondentName.respondent_id == north.id)
            .where(RespondentName.kind == NameKind.OFFICIAL)
        ).one()
        old.valid_until = date(2020, 12, 31)
        add_name(
            session,
            respondent=north,
            kind=NameKind.OFFICIAL,
            text="Process of the North",
            valid_from=date(2021, 1, 1),
        )

    with services.database.read() as session:
        before, after = (
            respondent_names(session, [north.id or 0], on=day)[north.id or 0]
            for day in (date(2020, 12, 31), date(2021, 1, 1))
        )

    assert (before.official, after.official) == ("Northern Process", "Process of the North")
    assert "Process of the North" not in {name.text for name in before.others}
    assert "Northern Process" in {name.text for name in after.others}


def test_names_of_many_take_as_many_queries_as_those_of_one(
    services: Services, queries: QueryCounter
) -> None:
    with services.database.write() as session:
        ids = [add(services, session, key=f"key-{number}").id or 0 for number in range(20)]
    counted = []

    for some in (ids[:1], ids):
        with services.database.read() as session:
            names = respondent_names(session, some, on=TODAY)
        counted.append(queries.reset())
        assert set(names) == set(some)

    assert counted[0] == counted[1]


def test_respondents_are_listed_by_short_name(services: Services) -> None:
    with services.database.write() as session:
        for key, short_name in (("one", "beta"), ("two", "Alpha"), ("three", "Gamma")):
            add(services, session, key=key, short_name=short_name)

    with services.database.read() as session:
        listed = respondents(session, on=TODAY)

    assert [one.key for one in listed] == ["two", "one", "three"]


@pytest.mark.parametrize("key", ["", "North", "with space", "-north", "n" * 65, "nörd"])
def test_key_that_is_none_is_refused(services: Services, key: str) -> None:
    with services.database.write() as session, pytest.raises(Invalid, match="cannot be the key"):
        add(services, session, key=key)


@pytest.mark.parametrize("name", ["", "   ", "two\nlines"])
def test_name_that_is_none_is_refused(services: Services, name: str) -> None:
    with services.database.write() as session, pytest.raises(Invalid, match="name is empty"):
        add(services, session, official_name=name)


def test_key_is_never_used_twice(services: Services) -> None:
    with services.database.write() as session:
        add(services, session)
        with pytest.raises(Conflict, match="«north»"):
            add(services, session)


def test_unknown_key_is_not_found(services: Services) -> None:
    with services.database.read() as session, pytest.raises(NotFound, match="«nowhere»"):
        respondent_by_key(session, "nowhere")


def test_contacts_come_in_the_order_they_were_added_without_the_erased(
    services: Services,
) -> None:
    with services.database.write() as session:
        north = add(services, session)
        people = [
            add_contact(
                session,
                respondent=north,
                name=name,
                email=f"{name.split()[0].lower()}@example.org",
                clock=services.clock,
            )
            for name in ("Focal point", "Alternate", "Former")
        ]
        people[-1].erased_at = services.clock.now()

    with services.database.read() as session:
        found = contacts_of(session, north.id or 0)

    assert [contact.name for contact in found] == ["Focal point", "Alternate"]


def test_address_is_entered_once_for_a_respondent(services: Services) -> None:
    with services.database.write() as session:
        north = add(services, session)
        enter_contact(services, session, north, "Focal point")

        with pytest.raises(Conflict, match="already a contact"):
            enter_contact(services, session, north, "Somebody else")


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "a@b.org\nbcc: c@d.org", "a b@c.org"])
def test_address_that_is_none_is_refused(services: Services, email: str) -> None:
    with services.database.write() as session:
        north = add(services, session)
        with pytest.raises(Invalid, match="is not an e-mail address"):
            add_contact(
                session, respondent=north, name="Focal point", email=email, clock=services.clock
            )


def enter_contact(services: Services, session: Session, respondent: Respondent, name: str) -> None:
    add_contact(
        session,
        respondent=respondent,
        name=name,
        email="office@example.org",
        clock=services.clock,
    )
