"""An answer written without a lock, by one statement that sees whether it may; on PostgreSQL."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from sqlmodel import Session

from app.bootstrap import Services
from app.responses.desk import Desk, desk_of
from app.responses.drafts import Draft, Result, Saved
from app.responses.service.save import save_held
from app.responses.service.settle import Unsettled
from app.responses.service.start import start_session
from app.responses.service.submit import submit_questionnaire
from app.settings import Settings
from tests.fixtures.rounds import Asked
from tests.fixtures.service import make_settings
from tests.integration.responses.returning import CLEARED, Return

QUESTION = "founding_event"
WAIT = 20.0


@pytest.fixture
def settings(postgresql_url: str, tmp_path: Path) -> Settings:
    return make_settings(postgresql_url, tmp_path / "data")


@pytest.fixture
def token(services: Services, asked: Asked) -> str:
    with services.database.write() as session:
        return start_session(session, token=asked.focal_point.token, clock=services.clock).token


def saving(
    ours: Return,
    token: str,
    text: str,
    *,
    based_on: int = 0,
    between: Callable[[], object] = lambda: None,
) -> Result:
    """Read without a lock, let something happen, and write."""

    def work(session: Session) -> Result:
        desk: Desk = desk_of(
            session, token, names=[QUESTION], clock=ours.services.clock, lock=False
        )
        between()
        (result,) = save_held(
            session,
            held=desk.held,
            response_id=desk.response.id,
            definition=ours.definition,
            kept=desk.kept,
            drafts=[Draft(QUESTION, value=text, based_on=based_on)],
            editor=desk.editor,
        )
        return result

    return asyncio.run(ours.services.database.submit_statement(work))


def kept(ours: Return, token: str) -> tuple[object, int]:
    with ours.services.database.write() as session:
        desk = desk_of(session, token, names=[QUESTION], clock=ours.services.clock)
    return desk.kept[QUESTION].content.value, desk.kept[QUESTION].revision


def test_first_answer_and_the_next_are_written(ours: Return, token: str) -> None:
    first = saving(ours, token, "A conference")
    second = saving(ours, token, "A meeting", based_on=1)

    assert isinstance(first, Saved)
    assert isinstance(second, Saved)
    assert (first.revision, second.revision) == (1, 2)
    assert second.previous.value == "A conference"
    assert kept(ours, token) == ("A meeting", 2)


def test_answer_that_was_stale_before_is_left_to_who_holds_it(ours: Return, token: str) -> None:
    ours.fill({QUESTION: "Theirs"})

    with pytest.raises(Unsettled):
        saving(ours, token, "Ours", based_on=0)

    assert kept(ours, token) == ("Theirs", 1)


@pytest.mark.parametrize("based_on", [0, 1])
def test_answer_that_moves_on_in_between_is_not_overwritten(
    ours: Return, token: str, based_on: int
) -> None:
    if based_on:
        ours.fill({QUESTION: "Before"})

    with pytest.raises(Unsettled):
        saving(
            ours,
            token,
            "Ours",
            based_on=based_on,
            between=lambda: ours.fill({QUESTION: "Theirs"}, based_on=based_on),
        )

    assert kept(ours, token) == ("Theirs", based_on + 1)


@pytest.mark.parametrize("based_on", [0, 1])
def test_answer_of_an_invitation_that_is_returned_in_between_is_not_written(
    ours: Return, token: str, based_on: int
) -> None:
    ours.fill()
    if based_on:
        ours.fill({QUESTION: "Before"})

    with pytest.raises(Unsettled):
        saving(ours, token, "Too late", based_on=based_on, between=ours.submit)

    ours.reopen()
    if based_on:
        assert kept(ours, token) == ("Before", 1)
    else:
        with pytest.raises(KeyError):
            kept(ours, token)


def test_answer_that_waits_for_a_return_is_not_written(ours: Return, token: str) -> None:
    """The statement has begun before the return is committed, and must not decide as of then."""
    ours.fill()
    writing = Event()

    with ThreadPoolExecutor(1) as people:
        with ours.services.database.write() as session:
            submit_questionnaire(
                session,
                response=ours.response,
                definition=ours.definition,
                clearance=CLEARED,
                minutes_spent=None,
                clock=ours.services.clock,
            )
            waiting = people.submit(saving, ours, token, "Too late", between=writing.set)
            assert writing.wait(WAIT)
            with suppress(TimeoutError):
                waiting.result(0.3)
            assert not waiting.done()
        with pytest.raises(Unsettled):
            waiting.result(WAIT)


def test_two_who_save_at_once_lose_nothing(ours: Return, token: str) -> None:
    def save(text: str) -> Result | None:
        try:
            return saving(ours, token, text)
        except Unsettled:
            return None

    with ThreadPoolExecutor(8) as people:
        results = list(people.map(save, [f"Text {number}" for number in range(8)]))

    (won,) = [result for result in results if result is not None]
    assert isinstance(won, Saved)
    assert kept(ours, token) == (won.content.value, 1)
