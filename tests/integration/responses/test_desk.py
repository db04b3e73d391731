"""What a save is given in one query: who saves, the invitation held open, the present answers."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest

from app.bootstrap import Services
from app.responses.access import LinkNeeded, identity_of
from app.responses.desk import Desk, desk_of
from app.responses.fields import questions_in
from app.responses.queries import kept_answers
from app.responses.service.hold import AlreadyReturned, RoundClosed, hold_open
from app.responses.service.start import start_session
from app.responses.service.submit import submit_questionnaire
from tests.fixtures.rounds import Asked, SteppedClock, close_the_round
from tests.integration.responses.returning import CLEARED, REQUIRED, Return

WAIT = 20.0


@pytest.fixture
def token(services: Services, asked: Asked) -> str:
    """The token of a browser's session."""
    with services.database.write() as session:
        return start_session(session, token=asked.focal_point.token, clock=services.clock).token


def desk(services: Services, token: str, *names: str) -> Desk:
    with services.database.write() as session:
        return desk_of(session, token, names=names, clock=services.clock)


def test_desk_has_what_the_separate_questions_give(
    services: Services, token: str, ours: Return
) -> None:
    ours.fill()

    found = desk(services, token, *REQUIRED, "year_founded")

    with services.database.write() as session:
        identity = identity_of(session, token, clock=services.clock)
        held = hold_open(session, invitation_id=identity.invitation_id, clock=services.clock)
        assert found.kept == kept_answers(session, identity.response.id)
    assert (found.editor, found.response) == (identity.editor, identity.response)
    assert (found.version_sha256, found.held) == (identity.version_sha256, held)


def test_desk_has_the_answers_asked_for_alone(services: Services, token: str, ours: Return) -> None:
    ours.fill()

    assert set(desk(services, token, "resp_role", "nowhere").kept) == {"resp_role"}
    assert desk(services, token).kept == {}


def test_desk_of_a_returned_invitation_is_refused_until_it_is_reopened(
    services: Services, token: str, ours: Return
) -> None:
    ours.fill()
    receipt = ours.submit().receipt

    with pytest.raises(AlreadyReturned) as refused:
        desk(services, token)
    ours.reopen()

    assert refused.value.receipt == receipt
    assert desk(services, token).response.id == ours.response.id


def test_desk_of_a_closed_round_or_an_ended_session_is_refused(
    services: Services, token: str, clock: SteppedClock
) -> None:
    with pytest.raises(LinkNeeded):
        desk(services, "another")
    close_the_round(services)

    with pytest.raises(RoundClosed):
        desk(services, token)
    clock.move(days=365)
    with pytest.raises(LinkNeeded):
        desk(services, token)


def test_desk_that_waited_for_a_return_sees_it(
    services: Services, token: str, ours: Return
) -> None:
    """The query has begun before the return is committed, and must not answer as of then."""
    ours.fill()
    asking = Event()

    def ask() -> Desk:
        with services.database.write() as session:
            asking.set()
            return desk_of(session, token, names=(), clock=services.clock)

    with ThreadPoolExecutor(1) as people:
        with services.database.write() as session:
            submit_questionnaire(
                session,
                response=ours.response,
                definition=ours.definition,
                clearance=CLEARED,
                minutes_spent=None,
                clock=services.clock,
            )
            waiting = people.submit(ask)
            if not services.database.is_sqlite:
                assert asking.wait(WAIT)
            # Long enough that its query waits for the row; on SQLite it waits for its turn.
            with suppress(TimeoutError):
                waiting.result(0.3)
            assert not waiting.done()
        with pytest.raises(AlreadyReturned):
            waiting.result(WAIT)


def test_questions_in_a_form_are_those_whose_revision_it_holds() -> None:
    fields = ["year:revision", "year", "other", "members.0.state", "\x00:revision", "A b:revision"]

    assert questions_in(fields) == ["year"]
