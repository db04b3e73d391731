"""A snapshot is what was known at a moment: the same each time, and nothing later."""

import gc
import tracemalloc
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app.bootstrap import Services
from app.errors import Invalid, NotFound
from app.responses.models import AnswerRevision, Response, StoredAnswer
from app.responses.service.save import save_answer
from app.rounds.models import Invitation, Round
from app.sample.illustrative.insertion import insert_rows
from app.synthesis.service import code_respondent, write_statement
from app.synthesis.snapshot import build_snapshot
from exports.records import Attribution, Basis, Channel, ResponseRecord, RoundSnapshot
from questionnaires.answers import Answer
from questionnaires.models import MissingCode
from questionnaires.outcomes import Outcome, Progress
from tests.fixtures.rounds import SLUG, SteppedClock, close_the_round, open_a_round
from tests.integration.data.acting import REQUIRED, Acting


@pytest.fixture
def acting(services: Services) -> Acting:
    """One invited institution in an open round."""
    (only,) = open_a_round(services)
    return Acting(services, only)


def snapshot_now(services: Services, slug: str = SLUG) -> RoundSnapshot:
    return build_snapshot(services.database, slug, as_of=services.clock.now())


def dump(snapshot: RoundSnapshot) -> tuple[object, ...]:
    """All that a snapshot holds, its answers too."""
    fixed = snapshot.model_dump(exclude={"responses", "previous"})
    responses = [
        (one.respondent, one.submitted, one.definition.version, dict(one.answers))
        for one in snapshot.responses()
    ]
    return fixed, responses, dump(snapshot.previous) if snapshot.previous else None


def test_unknown_round_names_those_that_there_are(services: Services) -> None:
    open_a_round(services, slug="first-round")

    with pytest.raises(NotFound) as caught:
        snapshot_now(services, "frist-round")

    assert "«frist-round»" in caught.value.message
    assert "first-round" in caught.value.mend


def test_moment_before_the_opening_is_refused(acting: Acting, clock: SteppedClock) -> None:
    with pytest.raises(Invalid, match="opened on 10 March 2027"):
        build_snapshot(acting.services.database, SLUG, as_of=clock.now() - timedelta(seconds=1))


def test_row_of_the_silent_is_there_too(services: Services) -> None:
    open_a_round(services, keys=("north", "south"))

    snapshot = snapshot_now(services)

    assert [one.key for one in snapshot.invited] == ["north", "south"]
    assert {one.progress for one in snapshot.invited} == {Progress.INVITED}
    assert list(snapshot.responses()) == []


def test_answers_come_with_who_and_when(acting: Acting, clock: SteppedClock) -> None:
    acting.answer(year_founded=1995)
    clock.move(hours=1)
    acting.answer(year_founded=1996, composition=MissingCode.DECLINED)

    (response,) = snapshot_now(acting.services).responses()
    year = response.answers["year_founded"]

    assert response.respondent == "north"
    assert not response.submitted
    assert (year.answer.value, year.revision, year.edited_at) == (1996, 2, clock.now())
    assert (year.version, year.editor, year.channel) == ("2007", "focal point", Channel.WEB)
    assert response.answers["composition"].answer == Answer(missing=MissingCode.DECLINED)


def test_answers_come_in_the_order_of_the_form(acting: Acting) -> None:
    acting.answer(link_mode="informal", composition="mixed", resp_role="secretariat")

    (response,) = snapshot_now(acting.services).responses()

    assert list(response.answers) == ["resp_role", "composition", "link_mode"]


def test_snapshot_of_a_past_moment_stays_as_it_was(acting: Acting, clock: SteppedClock) -> None:
    acting.answer(**REQUIRED, year_founded=1996)
    acting.send_link()
    before = snapshot_now(acting.services)
    kept = dump(before)
    clock.move(days=3)
    acting.answer(year_founded=2001, md_treatment="ad_hoc", composition="mixed")
    acting.send_link()
    acting.submit()
    close_the_round(acting.services)
    with acting.services.database.write() as session:
        write_statement(
            session,
            invitation_id=acting.asked.invitation_id,
            dimension="B6",
            text="Issues recommendations",
            basis=Basis.LITERATURE,
            author="analyst",
            clock=clock,
        )
        code_respondent(
            session,
            invitation_id=acting.asked.invitation_id,
            category="none",
            rationale="Documents",
            coder="analyst",
            clock=clock,
        )

    again = build_snapshot(acting.services.database, SLUG, as_of=before.as_of)
    now = snapshot_now(acting.services)

    assert dump(again) == kept
    assert dump(before) == kept
    assert now.invited[0].outcome is Outcome.COMPLETED
    assert len(now.sources) == 2
    assert [one.text for one in now.statements] == ["Issues recommendations"]
    assert [(one.category, one.suggested, one.override) for one in now.codings] == [
        ("none", "ad_hoc", True)
    ]
    (response,) = now.responses()
    assert response.answers["year_founded"].answer.value == 2001


def test_save_that_is_entered_while_it_streams_is_not_seen(acting: Acting) -> None:
    acting.answer(year_founded=1996)
    snapshot = snapshot_now(acting.services)
    first = dump(snapshot)

    acting.answer(year_founded=2001, composition="mixed")

    assert dump(snapshot) == first


def test_save_committed_after_a_later_one_is_not_seen_by_who_reads_again(acting: Acting) -> None:
    acting.answer(year_founded=1996)
    database = acting.services.database
    with database.write() as slow:
        answer_in(slow, acting, composition="mixed")
        if not database.is_sqlite:
            # Numbered later and committed earlier. On SQLite nobody can write meanwhile.
            with database.write() as quick:
                answer_in(quick, acting, rcp_acronym="NP")
        snapshot = snapshot_now(acting.services)
        first = dump(snapshot)

    assert dump(snapshot) == first
    assert "composition" in next(snapshot_now(acting.services).responses()).answers


def answer_in(session: Session, acting: Acting, **values: object) -> None:
    """Save first answers in a transaction that stays open."""
    response = session.exec(select(Response)).one()
    for question, value in values.items():
        save_answer(
            session,
            response=response,
            definition=acting.definition,
            question=question,
            value=value,
            missing=None,
            based_on=0,
            editor="alternate",
            clock=acting.services.clock,
        )


def test_refused_save_is_never_in_it(acting: Acting) -> None:
    acting.answer(year_founded=1996)
    with acting.services.database.write() as session:
        session.add(
            AnswerRevision(
                response_id=session.exec(select(Response.id)).one() or 0,
                question="year_founded",
                revision=7,
                accepted=False,
                value=1900,
                editor="alternate",
                at=acting.services.clock.now(),
            )
        )

    (response,) = snapshot_now(acting.services).responses()

    assert response.answers["year_founded"].answer.value == 1996


def test_personal_data_stays_out(acting: Acting) -> None:
    acting.answer(resp_name="Somebody", resp_email="somebody@example.org", resp_role="government")

    snapshot = snapshot_now(acting.services)
    (response,) = snapshot.responses()

    assert list(response.answers) == ["resp_role"]
    assert "omebody" not in str(dump(snapshot))
    assert snapshot.invited[0].answered_items == 2


@pytest.mark.parametrize(
    ("chosen", "attribution"),
    [
        ("publish", Attribution.PUBLISH),
        ("not_attributed", Attribution.NOT_ATTRIBUTED),
        ("background", Attribution.BACKGROUND),
    ],
)
def test_attribution_is_what_the_respondent_chose(
    acting: Acting, chosen: str, attribution: Attribution
) -> None:
    acting.answer(attribution=chosen)

    assert snapshot_now(acting.services).invited[0].attribution is attribution


def test_sources_are_documents_first_then_materials_in_order(services: Services) -> None:
    north, south = (
        Acting(services, one) for one in open_a_round(services, keys=("north", "south"))
    )
    sent = south.send_link()
    found = north.send_link(by_analyst=True)
    with services.database.write() as session:
        for acting, basis, document, material_id in (
            (south, Basis.LITERATURE, "Yearbook", None),
            (south, Basis.MATERIALS, "", sent.id),
            (north, Basis.PRIMARY_DOCUMENTS, "", found.id),
            (north, Basis.COMMUNICATIONS, "Telephone call", None),
        ):
            write_statement(
                session,
                invitation_id=acting.asked.invitation_id,
                dimension="B6",
                text="Issues recommendations",
                basis=basis,
                document=document,
                material_id=material_id,
                author="analyst",
                clock=services.clock,
            )

    snapshot = snapshot_now(services)

    assert [(one.number, one.title, one.basis, one.respondent) for one in snapshot.sources] == [
        (1, "Telephone call", Basis.COMMUNICATIONS, None),
        (2, "Yearbook", Basis.LITERATURE, None),
        (3, "Plan of action", Basis.PRIMARY_DOCUMENTS, "north"),
        (4, "Plan of action", Basis.MATERIALS, "south"),
    ]
    assert [(one.respondent, one.source) for one in snapshot.statements] == [
        ("north", 3),
        ("north", 1),
        ("south", 2),
        ("south", 4),
    ]


def test_previous_round_is_seen_as_of_the_same_moment(
    services: Services, clock: SteppedClock
) -> None:
    (first,) = open_a_round(services, slug="first")
    Acting(services, first).answer(year_founded=1996)
    close_the_round(services, slug="first")
    clock.move(days=300)
    open_a_round(services, keys=("south",), slug="second")
    with services.database.write() as session:
        rounds = {one.slug: one for one in session.exec(select(Round))}
        rounds["second"].previous_id = rounds["first"].id

    snapshot = snapshot_now(services, "second")
    alone = build_snapshot(services.database, "second", as_of=clock.now(), include_previous=False)

    assert alone.previous is None
    assert snapshot.previous is not None
    assert snapshot.previous.previous is None
    assert [one.outcome for one in snapshot.previous.invited] == [Outcome.BROKEN_OFF]
    (response,) = snapshot.previous.responses()
    assert response.answers["year_founded"].answer.value == 1996


def test_damaged_answer_is_named_not_dropped(acting: Acting) -> None:
    acting.start()
    with acting.services.database.write() as session:
        session.add(
            AnswerRevision(
                response_id=session.exec(select(Response.id)).one() or 0,
                question="no_such_question",
                revision=1,
                value="text",
                editor="focal point",
                at=acting.services.clock.now(),
            )
        )

    with pytest.raises(ValueError, match="no_such_question"):
        snapshot_now(acting.services)


def test_memory_does_not_grow_with_the_respondents(services: Services) -> None:
    """A response holds a third of a megabyte; thirty of them must not be held at once."""
    asked = open_a_round(services, keys=[f"key-{number}" for number in range(30)])
    fill_with_long_texts(services, len(asked))
    snapshot = snapshot_now(services)
    gc.collect()

    tracemalloc.start()
    sizes = [characters(response) for response in snapshot.responses()]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(sizes) == 30
    assert min(sizes) == max(sizes) > 300_000
    assert peak < 4_000_000


def fill_with_long_texts(services: Services, count: int) -> None:
    """A response for each invitation, with a long text wherever a text is asked for."""
    now = services.clock.now()
    definition = services.catalogue.get("rcp-migration-development", "2007")
    texts = [one.name for one in definition.fields if one.type == "text" and not one.personal]
    with services.database.write() as session:
        invitations = session.exec(select(Invitation)).all()
        version_id = session.exec(select(Round)).one().version_id
        for invitation in invitations[:count]:
            response = Response(
                invitation_id=invitation.id or 0, version_id=version_id, started_at=now
            )
            session.add(response)
            session.flush()
            row = {
                "response_id": response.id,
                "value": "A line of forty characters, or very near. " * 500,
                "missing": None,
                "comment": "",
                "source": "",
                "revision": 1,
                "editor": "focal point",
                "contact_id": None,
                "user_id": None,
                "channel": Channel.WEB,
            }
            rows = [{**row, "question": question} for question in texts]
            insert_rows(session, StoredAnswer, [{**each, "edited_at": now} for each in rows])


def characters(response: ResponseRecord) -> int:
    return sum(len(str(one.answer.value)) for one in response.answers.values())
