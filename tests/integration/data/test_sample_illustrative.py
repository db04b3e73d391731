"""The illustrative survey is valid throughout, unmistakably invented, and the same for a seed."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from app.bootstrap import Services, build
from app.errors import Conflict, Invalid
from app.registry.models import Respondent
from app.responses.models import (
    AnswerRevision,
    Material,
    MaterialKind,
    Response,
    StoredAnswer,
    Submission,
)
from app.rounds.definitions import definition_of
from app.rounds.models import Round, Survey
from app.rounds.standing import standings
from app.sample import load_illustrative
from app.storage.types import HEAD_BYTES, check_file
from app.synthesis.snapshot import build_snapshot
from exports.records import Attribution, RoundSnapshot
from questionnaires.answers import Answer
from questionnaires.kinds import value_from_json
from questionnaires.models import Definition
from questionnaires.outcomes import Outcome, Progress
from questionnaires.validation import check_submission
from tests.fixtures.postgresql import PostgresqlServer
from tests.fixtures.rounds import SteppedClock
from tests.fixtures.service import make_settings
from tests.fixtures.shipped import SHIPPED
from tests.integration.exports.workbooks import exported

ROUNDS = ("illustrative-1", "illustrative-2")


def dump(snapshot: RoundSnapshot) -> tuple[object, ...]:
    """All that a snapshot holds, its answers too."""
    fixed = snapshot.model_dump(exclude={"responses", "previous"})
    responses = [(one.respondent, one.submitted, dict(one.answers)) for one in snapshot.responses()]
    return fixed, responses, dump(snapshot.previous) if snapshot.previous else None


def round_of(session: Session, slug: str) -> Round:
    return session.exec(select(Round).where(Round.slug == slug)).one()


def answers_by_response(
    services: Services,
) -> Iterator[tuple[Response, Definition, dict[str, Answer]]]:
    """Every response with its version and its stored answers, read as plainly as can be."""
    with services.database.read() as session:
        for response in session.exec(select(Response).order_by(col(Response.id))):
            definition = definition_of(session, response.version_id)
            answers = {}
            for row in session.exec(
                select(StoredAnswer).where(StoredAnswer.response_id == response.id)
            ):
                value, problems = value_from_json(definition.by_name[row.question], row.value)
                assert problems == []
                answers[row.question] = Answer(
                    value=value, missing=row.missing, comment=row.comment, source=row.source
                )
            yield response, definition, answers


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def illustrative(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    """The sample, loaded once on each engine for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("illustrative")
    if request.param == "sqlite":
        file = folder / "rapporteur.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        url = f"sqlite:///{file}"
    else:
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        template: str = request.getfixturevalue("postgresql_template")
        url = server.create_database("illustrative_data_tests", template=template)
    services = build(make_settings(url, folder / "data"), clock=SteppedClock(), catalogue=SHIPPED)
    load_illustrative(services)
    yield services
    services.close()


def test_two_closed_rounds_of_forty(illustrative: Services) -> None:
    with illustrative.database.read() as session:
        boards = {
            slug: standings(session, round_of(session, slug), now=illustrative.clock.now())
            for slug in ROUNDS
        }
        closed = [round_of(session, slug).closed_at for slug in ROUNDS]

    assert [len(board) for board in boards.values()] == [40, 40]
    assert all(moment is not None and moment < illustrative.clock.now() for moment in closed)


@pytest.mark.parametrize("slug", ROUNDS)
def test_every_outcome_occurs_and_they_add_up(illustrative: Services, slug: str) -> None:
    with illustrative.database.read() as session:
        board = standings(session, round_of(session, slug), now=illustrative.clock.now())
    counted = Counter(one.outcome for one in board)

    assert set(counted) == set(Outcome)
    assert counted.total() == len(board)
    assert counted[Outcome.COMPLETED] == 23
    assert all(
        one.progress is Progress.RETURNED for one in board if one.outcome is Outcome.COMPLETED
    )


@pytest.mark.parametrize("respondents", [1, 7, 24])
def test_outcomes_add_up_to_the_invited(services: Services, respondents: int) -> None:
    load_illustrative(services, respondents=respondents, seed=respondents)

    with services.database.read() as session:
        for slug in ROUNDS:
            board = standings(session, round_of(session, slug), now=services.clock.now())
            assert len(board) == respondents
            assert all(one.outcome is not None for one in board)


def test_every_answer_is_valid(illustrative: Services) -> None:
    zone = ZoneInfo("Europe/Brussels")
    checked = 0
    versions = set()

    with illustrative.database.read() as session:
        returned = {
            row.response_id: row.at
            for row in session.exec(select(Submission).order_by(col(Submission.position)))
        }
    for response, definition, answers in answers_by_response(illustrative):
        versions.add(definition.version)
        at = returned.get(response.id, response.started_at)
        today = at.astimezone(zone).date()
        problems = check_submission(definition, answers, today=today)
        assert [one for one in problems if one.place.partition(".")[0] in answers] == []
        checked += len(answers)
        if response.id in returned:
            assert problems == []

    assert checked > 2500
    assert versions == {"2007", "2026"}


def test_answers_have_the_history_that_led_to_them(illustrative: Services) -> None:
    with illustrative.database.read() as session:
        present = {
            (row.response_id, row.question): (row.revision, row.value, row.missing, row.edited_at)
            for row in session.exec(select(StoredAnswer))
        }
        history: dict[tuple[int, str], list[AnswerRevision]] = {}
        for row in session.exec(select(AnswerRevision).order_by(col(AnswerRevision.id))):
            history.setdefault((row.response_id, row.question), []).append(row)

    assert set(history) == set(present)
    for key, rows in history.items():
        accepted = [row for row in rows if row.accepted]
        assert [row.revision for row in accepted] == list(range(1, len(accepted) + 1))
        assert [row.at for row in accepted] == sorted(row.at for row in accepted)
        last = accepted[-1]
        assert (last.revision, last.value, last.missing, last.at) == present[key]
    assert any(len(rows) > 1 for rows in history.values())
    assert any(not row.accepted for rows in history.values() for row in rows)


def test_everything_says_that_it_is_fictional(illustrative: Services) -> None:
    snapshot = build_snapshot(illustrative.database, ROUNDS[1], as_of=illustrative.clock.now())
    with illustrative.database.read() as session:
        respondents = session.exec(select(Respondent)).all()
        survey = session.exec(select(Survey)).one()

    assert snapshot.round.notice.startswith("Fictional")
    assert snapshot.previous is not None
    assert snapshot.previous.round.notice.startswith("Fictional")
    assert survey.fictional
    assert all(one.fictional and one.key.startswith("ill-") for one in respondents)


def test_same_seed_gives_the_same_on_both_databases(
    sqlite_url: str, postgresql_url: str, tmp_path: Path
) -> None:
    dumps, workbooks = [], []

    for name, url in (("sqlite", sqlite_url), ("postgresql", postgresql_url)):
        services = build(
            make_settings(url, tmp_path / name), clock=SteppedClock(), catalogue=SHIPPED
        )
        load_illustrative(services, respondents=8, seed=6)
        snapshot = build_snapshot(services.database, ROUNDS[1], as_of=services.clock.now())
        dumps.append(dump(snapshot))
        workbooks.append(exported(snapshot))
        services.close()

    assert dumps[0] == dumps[1]
    # To Python 6 equals 6.0; to the reader of a workbook it does not.
    assert workbooks[0] == workbooks[1]


def test_other_seed_gives_others(services: Services) -> None:
    load_illustrative(services, respondents=20, seed=4)

    snapshot = build_snapshot(services.database, ROUNDS[0], as_of=services.clock.now())
    keys = {one.key for one in snapshot.invited}

    assert len(keys) == 20
    assert "ill-process-eight-moonlit-ladders" not in keys


def test_second_round_differs_plausibly_from_the_first(illustrative: Services) -> None:
    snapshot = build_snapshot(illustrative.database, ROUNDS[1], as_of=illustrative.clock.now())
    assert snapshot.previous is not None
    before = {one.respondent: one.answers for one in snapshot.previous.responses()}
    same = changed = 0
    for response in snapshot.responses():
        for name, record in response.answers.items():
            earlier = before.get(response.respondent, {}).get(name)
            if earlier is not None:
                same += earlier.answer.value == record.answer.value
                changed += earlier.answer.value != record.answer.value
    keys, earlier_keys = (
        {one.key for one in each.invited} for each in (snapshot, snapshot.previous)
    )

    assert 0.6 < same / (same + changed) < 0.95
    assert len(keys - earlier_keys) == len(earlier_keys - keys) == 2
    assert {one.attribution for one in snapshot.invited} == set(Attribution)


def test_respondent_that_took_a_new_name_shows_each_in_its_time(illustrative: Services) -> None:
    snapshot = build_snapshot(illustrative.database, ROUNDS[1], as_of=illustrative.clock.now())
    assert snapshot.previous is not None
    now, before = snapshot.invited[0], snapshot.previous.invited[0]

    assert now.key == before.key
    assert now.official_name == f"Renewed {before.official_name}"
    assert before.official_name in {name.text for name in now.other_names}
    assert now.official_name not in {name.text for name in before.other_names}


def test_files_are_real(illustrative: Services) -> None:
    with illustrative.database.read() as session:
        files = session.exec(select(Material).where(Material.kind == MaterialKind.FILE)).all()

    assert len(files) > 5
    for file in files:
        with illustrative.storage.open(file.storage_key or "") as stream:
            content = stream.read()
        assert len(content) == file.size
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert check_file(file.file_name, content[:HEAD_BYTES]) == file.media_type


def test_materials_named_in_answers_exist(illustrative: Services) -> None:
    questions = ["md_founding_file", "good_practice_file"]
    with illustrative.database.read() as session:
        keys = set(session.exec(select(Material.key)))
        answers = session.exec(
            select(StoredAnswer).where(col(StoredAnswer.question).in_(questions))
        ).all()

    assert answers
    assert {str(answer.value) for answer in answers} <= keys


def test_only_who_returned_a_questionnaire_is_quoted_from_one(illustrative: Services) -> None:
    snapshot = build_snapshot(illustrative.database, ROUNDS[0], as_of=illustrative.clock.now())
    returned = {
        one.key for one in snapshot.invited if one.outcome in {Outcome.COMPLETED, Outcome.LATE}
    }
    quoted = {one.respondent for one in snapshot.statements if one.basis.value == "Q"}

    assert quoted
    assert quoted <= returned
    assert all(one.source is not None for one in snapshot.statements if one.basis.value in "MPLC")


def test_second_load_changes_nothing_and_says_so(services: Services) -> None:
    load_illustrative(services, respondents=12, seed=1)

    again = load_illustrative(services, respondents=12, seed=1)

    assert again.rounds == ROUNDS
    assert again.already
    assert "already loaded" in again.sentence
    with services.database.read() as session:
        assert session.exec(select(func.count()).select_from(Survey)).one() == 1


def test_load_with_another_number_or_seed_is_refused_and_changes_nothing(
    services: Services,
) -> None:
    load_illustrative(services, respondents=12, seed=1)

    for respondents, seed in ((30, 1), (12, 2)):
        with pytest.raises(Conflict, match="with 12 respondents and seed 1"):
            load_illustrative(services, respondents=respondents, seed=seed)

    with services.database.read() as session:
        assert session.exec(select(func.count()).select_from(Survey)).one() == 1


def test_fault_while_loading_leaves_neither_rows_nor_files(services: Services) -> None:
    with services.database.write() as session:
        session.add(
            Respondent(key="ill-process-eight-moonlit-ladders", created_at=services.clock.now())
        )

    with pytest.raises(IntegrityError):
        load_illustrative(services)

    uploads = services.settings.data_dir / "uploads"
    assert [path for path in uploads.rglob("*") if path.is_file()] == []
    with services.database.read() as session:
        assert session.exec(select(func.count()).select_from(Respondent)).one() == 1
        assert session.exec(select(func.count()).select_from(Survey)).one() == 0


@pytest.mark.parametrize("respondents", [0, -1, 100_000])
def test_number_of_respondents_that_cannot_be_made_up_is_refused(
    services: Services, respondents: int
) -> None:
    with pytest.raises(Invalid, match="cannot be made up"):
        load_illustrative(services, respondents=respondents)
