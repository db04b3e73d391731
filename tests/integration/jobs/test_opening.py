"""The next round opens when its moment has come: once, late if need be, for the right people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.errors import Conflict, Invalid, NotFound
from app.registry.models import Contact, Respondent
from app.registry.service import add_respondent
from app.rounds.definitions import definition_of
from app.rounds.models import EventKind, Invitation, Round, Survey
from app.rounds.service.close import close_round
from app.rounds.service.open import open_round
from app.rounds.service.schedule import Opened, open_due_round, set_cadence
from app.worker import sweep
from questionnaires.catalogue import Catalogue
from tests.integration.jobs.world import (
    ADDRESSES,
    FIRST_CYCLE,
    FORM,
    SECOND_CYCLE,
    SMALLEST,
    PaperQueue,
    World,
    make_world,
)


def invited(world: World) -> list[tuple[str, bool]]:
    """Keys of those in the newest round, in order, and whether they were asked."""
    with world.services.database.read() as session:
        rows = session.exec(
            select(Respondent.key, Invitation.invited_at)
            .where(Invitation.respondent_id == Respondent.id)
            .where(Invitation.round_id == world.rounds()[-1].id)
            .order_by(col(Invitation.position))
        )
        return [(key, invited_at is not None) for key, invited_at in rows]


def audited(world: World, action: str) -> list[AuditEntry]:
    with world.services.database.read() as session:
        rows = session.exec(
            select(AuditEntry).where(AuditEntry.action == action).order_by(col(AuditEntry.id))
        )
        return list(rows)


def survey_of(world: World) -> Survey:
    with world.services.database.read() as session:
        return session.get_one(Survey, world.survey_id)


def respondent(session: Session, key: str) -> Respondent:
    return session.exec(select(Respondent).where(Respondent.key == key)).one()


def test_round_does_not_open_before_its_moment(paper_world: World) -> None:
    paper_world.clock.set(FIRST_CYCLE - timedelta(seconds=1))

    sweep(paper_world.services)

    assert paper_world.rounds() == []


def test_round_opens_at_its_moment_and_the_survey_waits_for_the_next(paper_world: World) -> None:
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)
    sweep(paper_world.services)

    [round_] = paper_world.rounds()
    assert round_.slug == "processes-2027-03-01"
    assert round_.title == "Survey of processes, 1 March 2027"
    assert (round_.scheduled_for, round_.opened_at) == (FIRST_CYCLE, FIRST_CYCLE)
    assert survey_of(paper_world).next_round_at == SECOND_CYCLE


def test_deadline_is_the_end_of_the_last_day_in_the_zone_of_the_survey(paper_world: World) -> None:
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)

    # Thirty days from 1 March, by when the clocks in Brussels have been put forward.
    [round_] = paper_world.rounds()
    assert round_.due_at == datetime(2027, 3, 31, 22, 0, tzinfo=UTC)


def test_round_follows_the_one_before(paper_world: World) -> None:
    for moment in (FIRST_CYCLE, SECOND_CYCLE):
        paper_world.clock.set(moment)
        sweep(paper_world.services)

    first, second = paper_world.rounds()
    with paper_world.services.database.read() as session:
        by_hand = session.exec(select(Round).where(Round.slug == "by-hand")).one()
    assert (first.previous_id, second.previous_id) == (by_hand.id, first.id)


@pytest.mark.parametrize("rest", ["", "\nsurvey: [half of a thought"], ids=["sound", "unfinished"])
def test_round_opens_on_the_newest_published_version(paper_world: World, rest: str) -> None:
    paper_world.publish("2")
    draft = paper_world.catalogue / FORM / "3.yaml"
    draft.write_text(SMALLEST.read_text().replace('version: "1"', 'version: "3"') + rest)
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)

    [round_] = paper_world.rounds()
    with paper_world.services.database.read() as session:
        assert definition_of(session, round_.version_id).version == "2"


def test_round_invites_the_same_in_the_same_order(paper_world: World) -> None:
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)

    assert invited(paper_world) == [("north", True), ("south", True), ("west", True)]
    assert len(paper_world.mails()) == len(ADDRESSES)


def test_successor_is_invited_in_the_place_of_what_it_succeeded(paper_world: World) -> None:
    with paper_world.services.database.write() as session:
        heir = add_respondent(
            session,
            key="heir",
            short_name="Heir",
            official_name="Process of the Heirs",
            clock=paper_world.clock,
        )
        north = respondent(session, "north")
        north.successor_id, north.dormant_since = heir.id, date(2027, 1, 1)
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)

    assert invited(paper_world) == [("heir", True), ("south", True), ("west", True)]


def test_two_that_merged_are_invited_once(paper_world: World) -> None:
    with paper_world.services.database.write() as session:
        respondent(session, "west").successor_id = respondent(session, "north").id
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)

    assert invited(paper_world) == [("north", True), ("south", True)]


def test_dormant_respondent_stays_in_the_list_and_is_not_asked(paper_world: World) -> None:
    with paper_world.services.database.write() as session:
        respondent(session, "south").dormant_since = date(2027, 1, 1)
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)

    assert invited(paper_world) == [("north", True), ("south", False), ("west", True)]
    [event] = paper_world.events(EventKind.INELIGIBLE)
    assert event.note == "Dormant since 1 January 2027, and no successor is known."
    assert len(paper_world.mails()) == len(ADDRESSES) - 1


def test_respondent_that_falls_dormant_later_is_asked(paper_world: World) -> None:
    with paper_world.services.database.write() as session:
        respondent(session, "south").dormant_since = date(2027, 3, 2)
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)

    assert ("south", True) in invited(paper_world)


def test_respondent_without_contact_is_noted(paper_world: World) -> None:
    erased = update(Contact).where(col(Contact.email).like("%south%"))
    paper_world.change(erased.values(erased_at=FIRST_CYCLE))
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)

    [event] = paper_world.events(EventKind.NOTE)
    assert event.note == "No contact is known at this respondent, so nobody was written to."
    assert len(paper_world.mails()) == len(ADDRESSES) - 1


def test_missed_moments_open_one_round_late_and_are_all_accounted_for(paper_world: World) -> None:
    monday = datetime(2029, 6, 4, 7, tzinfo=UTC)
    paper_world.clock.set(monday)

    sweep(paper_world.services)
    sweep(paper_world.services)

    [round_] = paper_world.rounds()
    assert round_.scheduled_for == datetime(2029, 3, 1, 8, tzinfo=UTC)
    assert round_.opened_at == monday
    # The days for answering are counted from when people hear of it.
    assert round_.due_at == datetime(2029, 7, 4, 22, tzinfo=UTC)
    missed = [entry.details["scheduled_for"] for entry in audited(paper_world, "round.missed")]
    assert missed == [FIRST_CYCLE.isoformat(), SECOND_CYCLE.isoformat()]
    assert survey_of(paper_world).next_round_at == datetime(2030, 3, 1, 8, tzinfo=UTC)
    assert len(paper_world.mails()) == len(ADDRESSES)


def test_opening_is_audited(paper_world: World) -> None:
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)

    entry = audited(paper_world, "round.opened")[-1]
    assert (entry.actor, entry.subject) == ("worker", "round:processes-2027-03-01")
    assert entry.details == {"version": "1", "invited": "3", "mails": "4"}


def test_survey_without_a_round_yet_opens_none_and_says_so(paper_world: World) -> None:
    with paper_world.services.database.write() as session:
        survey = Survey(
            slug="new",
            title="New",
            questionnaire=FORM,
            cadence="0 9 1 3 *",
            next_round_at=FIRST_CYCLE,
            created_at=paper_world.clock.now(),
        )
        session.add(survey)
    paper_world.clock.set(FIRST_CYCLE)

    sweep(paper_world.services)

    assert len(paper_world.rounds()) == 1
    [entry] = audited(paper_world, "round.missed")
    assert entry.subject == "survey:new"
    assert "no earlier round" in entry.details["reason"]


def test_survey_that_cannot_open_stops_no_other_and_opens_once_mended(paper_world: World) -> None:
    other = update(Survey).values(questionnaire="nowhere")
    with paper_world.services.database.write() as session:
        second = Survey(
            slug="second",
            title="Second",
            questionnaire=FORM,
            created_at=paper_world.clock.now(),
        )
        session.add(second)
        session.flush()
        open_round(
            session,
            survey=second,
            definition=paper_world.services.catalogue.newest_published(FORM),
            slug="second-by-hand",
            title="Second by hand",
            due_at=None,
            invited=[respondent(session, "north").id or 0],
            write_to_contacts=False,
            actor="command",
            clock=paper_world.clock,
            secret=paper_world.services.secret,
            mail_domain="example.org",
        )
        set_cadence(
            session,
            survey=second,
            cadence="0 9 1 3 *",
            time_zone="UTC",
            actor="command",
            clock=paper_world.clock,
        )
    paper_world.change(other.where(col(Survey.id) == paper_world.survey_id))
    paper_world.clock.set(FIRST_CYCLE + timedelta(hours=1))

    sweep(paper_world.services)
    assert [round_.slug for round_ in paper_world.rounds()] == ["second-2027-03-01"]
    paper_world.change(other.values(questionnaire=FORM))
    sweep(paper_world.services)

    slugs = {round_.slug for round_ in paper_world.rounds()}
    assert slugs == {"second-2027-03-01", "processes-2027-03-01"}


def test_version_whose_file_was_changed_after_use_opens_as_it_was(paper_world: World) -> None:
    changed = paper_world.catalogue / FORM / "1.yaml"
    changed.write_text(SMALLEST.read_text().replace("How large is it?", "How small is it?"))
    services = replace(paper_world.services, catalogue=Catalogue(paper_world.catalogue))
    paper_world.clock.set(FIRST_CYCLE)

    sweep(services)

    (round_,) = paper_world.rounds()
    with services.database.read() as session:
        opened = definition_of(session, round_.version_id)
    assert [one.label["en"] for one in opened.questions] == ["How large is it?"]


@pytest.mark.parametrize(
    ("now", "opens_at"),
    [
        (datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (datetime(2027, 10, 30, 12, tzinfo=UTC), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_moment_at_the_change_of_the_clock_opens_one_round(
    database_url: str, tmp_path: Path, now: datetime, opens_at: datetime
) -> None:
    with make_world(
        database_url, tmp_path, cadence="30 2 * * 0", now=now, jobs=PaperQueue()
    ) as world:
        opened: list[Opened] = []
        for minutes in range(0, 24 * 60, 10):
            world.clock.set(now + timedelta(minutes=minutes))
            opened += sweep(world.services).opened

        assert [opening.round.opened_at for opening in opened] == [opens_at]


def test_cadence_keeps_to_the_clock_of_its_zone(database_url: str, tmp_path: Path) -> None:
    winter = datetime(2027, 2, 1, tzinfo=UTC)
    with make_world(
        database_url, tmp_path, cadence="0 9 1 * *", now=winter, jobs=PaperQueue()
    ) as world:
        for month in (3, 4):
            world.clock.set(datetime(2027, month, 1, 12, tzinfo=UTC))
            sweep(world.services)

        assert [round_.scheduled_for for round_ in world.rounds()] == [
            datetime(2027, 3, 1, 8, tzinfo=UTC),
            datetime(2027, 4, 1, 7, tzinfo=UTC),
        ]


def test_two_that_sweep_at_once_open_one_round(paper_world: World) -> None:
    paper_world.clock.set(FIRST_CYCLE)
    ready = Barrier(2)
    opened: list[object] = []

    def open_it() -> None:
        ready.wait()
        with paper_world.services.database.write() as session:
            opened.append(
                open_due_round(
                    session,
                    survey_id=paper_world.survey_id,
                    catalogue=paper_world.services.catalogue,
                    clock=paper_world.clock,
                    secret=paper_world.services.secret,
                    mail_domain="example.org",
                )
            )

    threads = [Thread(target=open_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(each is not None for each in opened) == 1
    assert len(opened) == 2
    assert len(paper_world.rounds()) == 1


@pytest.mark.parametrize(
    ("cadence", "zone", "codes"),
    [
        ("0 9 1 3", "Europe/Brussels", ["cadence-unreadable"]),
        ("* * * * *", "Europe/Brussels", ["cadence-too-close"]),
        ("0 9 1 3 *", "Europe/Nowhere", ["zone-unknown"]),
        ("0 9 1 3 *", "localtime", ["zone-unknown"]),
        ("0 9 31 2 *", "Mars", ["cadence-never", "zone-unknown"]),
    ],
)
def test_cadence_that_makes_no_sense_is_refused(
    paper_world: World, cadence: str, zone: str, codes: Sequence[str]
) -> None:
    survey = survey_of(paper_world)

    with pytest.raises(Invalid) as refusal, paper_world.services.database.write() as session:
        set_cadence(
            session,
            survey=survey,
            cadence=cadence,
            time_zone=zone,
            actor="command",
            clock=paper_world.clock,
        )

    assert [problem.code for problem in refusal.value.problems] == codes


def test_survey_opened_by_hand_has_no_moment(paper_world: World) -> None:
    with paper_world.services.database.write() as session:
        survey = session.get_one(Survey, paper_world.survey_id)
        set_cadence(
            session,
            survey=survey,
            cadence=None,
            time_zone="UTC",
            actor="command",
            clock=paper_world.clock,
        )
    paper_world.clock.set(SECOND_CYCLE)

    sweep(paper_world.services)

    assert paper_world.rounds() == []


def attempt_to_open(world: World, slug: str, keys: Sequence[str]) -> None:
    with world.services.database.write() as session:
        ids = [respondent(session, key).id or 0 for key in keys]
        open_round(
            session,
            survey=session.get_one(Survey, world.survey_id),
            definition=world.services.catalogue.newest_published(FORM),
            slug=slug,
            title="Another",
            due_at=None,
            invited=ids,
            actor="user:1",
            clock=world.clock,
            secret=world.services.secret,
            mail_domain="example.org",
        )


def test_round_for_nobody_is_refused(paper_world: World) -> None:
    with pytest.raises(Invalid, match="list of invited respondents is empty"):
        attempt_to_open(paper_world, "another", [])


def test_round_with_a_respondent_named_twice_is_refused(paper_world: World) -> None:
    with pytest.raises(Invalid, match="twice"):
        attempt_to_open(paper_world, "another", ["north", "north"])


def test_round_with_a_name_in_use_is_refused(paper_world: World) -> None:
    with pytest.raises(Conflict, match="already a round «by-hand»"):
        attempt_to_open(paper_world, "by-hand", ["north"])


def test_round_for_a_respondent_that_is_not_there_is_refused(paper_world: World) -> None:
    with pytest.raises(NotFound), paper_world.services.database.write() as session:
        open_round(
            session,
            survey=session.get_one(Survey, paper_world.survey_id),
            definition=paper_world.services.catalogue.newest_published(FORM),
            slug="another",
            title="Another",
            due_at=None,
            invited=[4711],
            actor="user:1",
            clock=paper_world.clock,
            secret=paper_world.services.secret,
            mail_domain="example.org",
        )


def test_closed_round_is_not_closed_again(paper_world: World) -> None:
    with paper_world.services.database.write() as session:
        round_ = session.exec(select(Round).where(Round.slug == "by-hand")).one()
        close_round(session, round_=round_, actor="user:1", clock=paper_world.clock)

        with pytest.raises(Conflict, match="closed already"):
            close_round(session, round_=round_, actor="user:1", clock=paper_world.clock)

    assert len(audited(paper_world, "round.closed")) == 1
