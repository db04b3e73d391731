"""A round opened by hand is one the cadence would have opened, and two presses open one."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import col, select

from app.errors import Conflict
from app.rounds.models import MailState, Round, Survey
from app.rounds.service.open_now import OpenedLately, OpenedMeanwhile, foresee, open_now
from tests.integration.jobs.world import ADDRESSES, FIRST_CYCLE, World


def press(world: World, *, after: str = "by-hand", so_soon: bool = True) -> str:
    with world.services.database.write() as session:
        return open_now(
            session,
            survey_id=world.survey_id,
            after=after,
            so_soon=so_soon,
            actor="user:1",
            catalogue=world.services.catalogue,
            clock=world.clock,
            secret=world.services.secret,
            mail_domain="example.org",
        ).slug


def titles(world: World) -> list[str]:
    with world.services.database.read() as session:
        return list(session.exec(select(Round.title)))


def slugs(world: World) -> list[str]:
    with world.services.database.read() as session:
        return list(session.exec(select(Round.slug).order_by(col(Round.id))))


def test_round_by_hand_is_what_was_foreseen_and_writes_to_all(paper_world: World) -> None:
    with paper_world.services.database.read() as session:
        survey = session.get_one(Survey, paper_world.survey_id)
        prospect = foresee(
            session,
            survey=survey,
            catalogue=paper_world.services.catalogue,
            clock=paper_world.clock,
        )

    slug = press(paper_world)

    with paper_world.services.database.read() as session:
        opened = session.exec(select(Round).where(Round.slug == slug)).one()
        survey = session.get_one(Survey, paper_world.survey_id)
    assert (opened.title, opened.due_at) == (prospect.plan.title, prospect.plan.due_at)
    assert prospect.mails == len(ADDRESSES) == len(paper_world.mails(MailState.WAITING))
    assert [one.slug for one in prospect.still_open] == ["by-hand"]
    assert survey.next_round_at == FIRST_CYCLE


def test_two_presses_at_once_open_one_round(paper_world: World) -> None:
    barrier = Barrier(2)
    refused: list[OpenedMeanwhile] = []

    def run() -> None:
        barrier.wait()
        try:
            press(paper_world)
        except OpenedMeanwhile as error:
            refused.append(error)

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    known = slugs(paper_world)
    assert len(known) == 2
    assert [error.newest for error in refused] == [known[-1]]
    assert len(paper_world.mails()) == len(ADDRESSES)


def test_next_round_by_hand_follows_the_one_before_on_the_same_day(paper_world: World) -> None:
    first = press(paper_world)

    second = press(paper_world, after=first)

    assert slugs(paper_world) == ["by-hand", first, second]
    assert first != second
    assert len(set(titles(paper_world))) == 3


def test_round_is_opened_so_soon_after_another_only_for_who_is_sure(paper_world: World) -> None:
    first = press(paper_world)

    with pytest.raises(OpenedLately, match="so soon"):
        press(paper_world, after=first, so_soon=False)
    paper_world.clock.set(paper_world.clock.now() + timedelta(days=7))

    assert press(paper_world, after=first, so_soon=False) in slugs(paper_world)


def test_round_is_not_opened_after_one_that_never_was(paper_world: World) -> None:
    with pytest.raises(Conflict, match="so no other was opened"):
        press(paper_world, after="nothing")
