"""A running round moves to a patch: words are corrected, and no answer is read with others."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import pytest
from sqlmodel import Session, col, select

from app.bootstrap import Services
from app.errors import Conflict
from app.questionnaires.service.publish import publish_definition
from app.responses.models import Response
from app.rounds.definitions import definition_of
from app.rounds.models import Round
from app.rounds.service.move import move_to_patch
from app.synthesis.snapshot import build_snapshot
from exports.records import RoundSnapshot
from exports.registry import EXPORTERS
from tests.fixtures.questionnaires import CORRECTED, PATCH, SLUG, TYPO, definition, version
from tests.fixtures.rounds import SLUG as ROUND
from tests.fixtures.rounds import SteppedClock, open_a_round, start
from tests.integration.data.acting import Acting

SECOND = version("2007.2", (TYPO, "label: The short name"), corrects="2007.1")
SIBLING = version("2007.2", (TYPO, "label: The short name"), corrects="2007")
NOT_A_PATCH = version("2099")


@pytest.fixture
def acting(services: Services) -> Sequence[Acting]:
    """Two institutions of a round on 2007; the first has answered, the second opened the form."""
    found = [
        Acting(services, asked)
        for asked in open_a_round(
            services,
            keys=("north", "south", "west"),
            definition=services.catalogue.get(SLUG, "2007"),
        )
    ]
    found[0].answer(rcp_acronym="NP")
    found[1].start()
    return found


def publish(services: Services, text: str) -> None:
    with services.database.write() as session:
        publish_definition(
            session,
            definition=definition(text),
            notes="Corrected.",
            catalogue=services.catalogue,
            user_id=None,
            actor="command",
            clock=services.clock,
            storage=services.storage,
        )


def move(services: Services, number: str) -> int:
    with services.database.write() as session:
        return move_to_patch(
            session,
            round_=session.exec(select(Round).where(Round.slug == ROUND)).one(),
            version=number,
            catalogue=services.catalogue,
            actor="command",
            clock=services.clock,
        )


def label_of(session: Session, response: Response) -> str:
    found = definition_of(session, response.version_id)
    return found.words(found.by_name["rcp_acronym"].label)


def snapshot_at(services: Services, moment: datetime) -> RoundSnapshot:
    return build_snapshot(services.database, ROUND, as_of=moment)


def test_answer_keeps_the_label_it_was_given_to_and_who_has_not_begun_gets_the_new_one(
    services: Services, acting: Sequence[Acting]
) -> None:
    publish(services, PATCH)

    begun = move(services, "2007.1")

    start(services, acting[2].asked.focal_point)
    with services.database.read() as session:
        responses = session.exec(select(Response).order_by(col(Response.id))).all()
        labels = [label_of(session, response) for response in responses]
    old, new = TYPO.removeprefix("label: "), CORRECTED.removeprefix("label: ")
    assert begun == 1
    assert labels == [old, new, new]


def test_answers_are_untouched_and_read_with_their_version(
    services: Services, acting: Sequence[Acting], clock: SteppedClock
) -> None:
    publish(services, PATCH)
    (before,) = [one for one in snapshot_at(services, clock.now()).responses() if one.answers]

    move(services, "2007.1")

    (after,) = [one for one in snapshot_at(services, clock.now()).responses() if one.answers]
    assert after == before
    assert after.definition.version == "2007"
    assert {one.version for one in after.answers.values()} == {"2007"}


def test_snapshot_of_a_moment_before_the_move_stays_as_it_was(
    services: Services, acting: Sequence[Acting], clock: SteppedClock
) -> None:
    moment = clock.now()
    publish(services, PATCH)
    publish(services, SECOND)
    clock.move(hours=1)
    move(services, "2007.1")
    between = clock.now()
    clock.move(hours=1)

    move(services, "2007.2")

    versions = [
        snapshot_at(services, each).definition.version for each in (moment, between, clock.now())
    ]
    assert versions == ["2007", "2007.1", "2007.2"]


def workbook_at(services: Services, moment: datetime) -> bytes:
    stream = BytesIO()
    EXPORTERS["annex-b"].write(snapshot_at(services, moment), stream, progress=lambda _: None)
    return stream.getvalue()


def test_workbook_of_a_moment_before_the_move_stays_the_same_to_the_byte(
    services: Services, acting: Sequence[Acting], clock: SteppedClock
) -> None:
    moment = clock.now()
    before = workbook_at(services, moment)
    publish(services, PATCH)
    clock.move(hours=1)

    move(services, "2007.1")

    assert workbook_at(services, moment) == before


def test_round_may_jump_over_a_patch_to_a_patch_of_it(
    services: Services, acting: Sequence[Acting]
) -> None:
    publish(services, PATCH)
    publish(services, SECOND)

    move(services, "2007.2")

    with services.database.read() as session:
        round_ = session.exec(select(Round).where(Round.slug == ROUND)).one()
        assert definition_of(session, round_.version_id).version == "2007.2"


@pytest.mark.parametrize("number", ["2007", "2099", "2007.1"])
def test_round_moves_to_nothing_but_a_later_patch(
    services: Services, acting: Sequence[Acting], number: str
) -> None:
    publish(services, PATCH)
    publish(services, SECOND)
    publish(services, NOT_A_PATCH)
    move(services, "2007.2")

    with pytest.raises(Conflict, match=r"is no patch of version 2007\.2"):
        move(services, number)


def test_round_that_is_closed_stays_as_it_is(
    services: Services, acting: Sequence[Acting], clock: SteppedClock
) -> None:
    publish(services, PATCH)
    with services.database.write() as session:
        round_ = session.exec(select(Round).where(Round.slug == ROUND)).one()
        round_.closed_at = clock.now()
        session.add(round_)

    with pytest.raises(Conflict, match="is not running"):
        move(services, "2007.1")


def test_round_on_a_patch_may_move_to_a_later_patch_of_the_same_version(
    services: Services, acting: Sequence[Acting]
) -> None:
    publish(services, PATCH)
    publish(services, SIBLING)
    move(services, "2007.1")

    move(services, "2007.2")

    with services.database.read() as session:
        round_ = session.exec(select(Round).where(Round.slug == ROUND)).one()
        assert definition_of(session, round_.version_id).version == "2007.2"


def test_round_takes_no_patch_that_has_lost_a_language_of_its_own(
    services: Services, acting: Sequence[Acting]
) -> None:
    bilingual = ("languages: [en]", "languages: [en, fr]")
    publish(services, version("2007.1", bilingual, corrects="2007"))
    publish(services, SIBLING)
    move(services, "2007.1")

    with pytest.raises(Conflict, match="The language «fr» of the corrected version is gone"):
        move(services, "2007.2")
