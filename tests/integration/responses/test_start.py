"""Following a personal link."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.bootstrap import Services
from app.responses.models import Response
from app.responses.service.start import end_session, start_session
from app.rounds.models import EventKind, InvitationEvent, PersonalLink, RespondentSession
from app.rounds.service.link import LinkEnded, UnknownLink
from tests.fixtures.rounds import Asked, SteppedClock, close_the_round


def test_start_session_first_time_makes_response_and_event(
    services: Services, asked: Asked, clock: SteppedClock
) -> None:
    with services.database.write() as session:
        started = start_session(session, token=asked.focal_point.token, clock=clock)

    with services.database.read() as session:
        response = session.exec(select(Response)).one()
        event = session.exec(select(InvitationEvent)).one()
        stored = session.exec(select(RespondentSession)).one()
    assert (response.invitation_id, response.number, response.official) == (
        asked.invitation_id,
        1,
        True,
    )
    assert event.kind is EventKind.LINK_OPENED
    assert started.expires_at == clock.now() + timedelta(days=14)
    assert started.token not in stored.token_hash


def test_start_session_by_second_person_shares_response(
    services: Services, asked: Asked, clock: SteppedClock
) -> None:
    for person in (asked.focal_point, asked.alternate, asked.focal_point):
        with services.database.write() as session:
            start_session(session, token=person.token, clock=clock)

    with services.database.read() as session:
        assert len(session.exec(select(Response)).all()) == 1
        assert len(session.exec(select(InvitationEvent)).all()) == 1
        assert len(session.exec(select(RespondentSession)).all()) == 3


def test_start_session_by_a_link_that_was_never_issued_is_unknown(
    services: Services, asked: Asked, clock: SteppedClock
) -> None:
    with services.database.write() as session, pytest.raises(UnknownLink) as forged:
        start_session(session, token="x" * 43, clock=clock)

    assert forged.value.message == "This link is not one of ours, or it was not copied whole."


def test_start_session_by_a_link_that_has_ended_says_why(
    services: Services, asked: Asked, clock: SteppedClock
) -> None:
    with services.database.write() as session:
        link = session.get_one(PersonalLink, asked.alternate.link_id)
        link.revoked_at = clock.now()
    with services.database.write() as session, pytest.raises(LinkEnded) as revoked:
        start_session(session, token=asked.alternate.token, clock=clock)
    close_the_round(services)
    clock.move(days=3)
    with services.database.write() as session, pytest.raises(LinkEnded) as closed:
        start_session(session, token=asked.focal_point.token, clock=clock)

    assert revoked.value.message == "This personal link was withdrawn on 10 March 2027."
    assert closed.value.message == (
        "«Survey of Regional Consultative Processes, 2027» was closed on 10 March 2027, and its "
        "personal links ended with it."
    )


def test_end_session_twice_is_harmless(
    services: Services, asked: Asked, clock: SteppedClock
) -> None:
    with services.database.write() as session:
        started = start_session(session, token=asked.focal_point.token, clock=clock)

    for _ in range(2):
        with services.database.write() as session:
            end_session(session, token=started.token)

    with services.database.read() as session:
        assert session.exec(select(RespondentSession)).all() == []
