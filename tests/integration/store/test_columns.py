"""What is stored comes back as it was, on both databases; what cannot be stored is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Enum
from sqlalchemy.exc import StatementError
from sqlmodel import col, func, select, update

from app.accounts.models import User
from app.columns import BoundedText, TooLong
from app.database import Database
from app.errors import Invalid
from app.registry.models import Respondent, RespondentName
from app.responses.models import AnswerRevision, StoredAnswer
from app.tables import metadata
from questionnaires.models import MissingCode
from tests.integration.store.rows import MOMENT, fill

TEXTS = (
    "plain",
    "",
    " spaces kept \t\n\r\n ",
    "Ministères de l'Intérieur — «citation»",
    "شؤون الهجرة \u200fRTL\u200e و 12",
    "移民与发展 👩🏽\u200d💻🇧🇪",
    "é as two: e\u0301",
    "=cmd|' /C calc'!A0",
    "\x01\x1f\x7f\x85\ufeff\ufffe",
    'quotes " and \\ back',
    "x" * 100_000,
)
ANY_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    with database.writer.begin() as connection:
        fill(connection)
    yield database
    database.dispose()


def store(database: Database, *, comment: str, value: object) -> tuple[str, object]:
    """What another session reads after a comment and a value were stored."""
    with database.write() as session:
        session.exec(update(StoredAnswer).values(comment=comment, value=value))
    with database.read() as session:
        answer = session.exec(select(StoredAnswer).limit(1)).one()
    return answer.comment, answer.value


@pytest.mark.parametrize("text", TEXTS)
def test_text_comes_back_as_it_was(database: Database, text: str) -> None:
    assert store(database, comment=text, value=text) == (text, text)


@given(comment=ANY_TEXT, value=st.lists(ANY_TEXT))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_comes_back_as_it_was(database: Database, comment: str, value: list[str]) -> None:
    assert store(database, comment=comment, value=value) == (comment, value)


@pytest.mark.parametrize(
    "value",
    [
        0,
        -1,
        2007,
        2**53,
        0.1,
        12.5,
        "2007-07-09",
        ["a", "b"],
        [],
        [{"b": "1", "a": ["x"]}, {}],
        True,
    ],
)
def test_value_comes_back_as_it_was(database: Database, value: object) -> None:
    _, stored = store(database, comment="", value=value)

    assert stored == value
    assert type(stored) is type(value)


def test_value_that_is_none_is_null(database: Database) -> None:
    store(database, comment="", value="text")
    store(database, comment="", value=None)

    with database.read() as session:
        empty = session.exec(select(StoredAnswer).where(col(StoredAnswer.value).is_(None))).all()
    assert len(empty) == 2


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_number_that_json_does_not_know_is_refused(database: Database, number: float) -> None:
    with pytest.raises((StatementError, ValueError), match="not JSON compliant"):
        store(database, comment="", value=number)

    assert store(database, comment="", value="after") == ("", "after")


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "\ud800", "a\udfffb", "😀\ud83d"])
@pytest.mark.parametrize("field", ["comment", "value"])
def test_text_that_cannot_be_kept_is_refused_alike(
    database: Database, field: str, text: str
) -> None:
    with pytest.raises(Invalid) as refused:
        store(database, **{"comment": "", "value": "", field: text})

    assert [problem.code for problem in refused.value.problems] == ["unstorable-text"]
    assert store(database, comment="after", value="after") == ("after", "after")


@pytest.mark.parametrize(
    "value", [["a", "\x00"], {"key": "\x00"}, {"\x00": 1}, [{"a": ["\ud800"]}]]
)
def test_text_that_cannot_be_kept_is_found_within_a_value(
    database: Database, value: object
) -> None:
    with pytest.raises(Invalid):
        store(database, comment="", value=value)


@pytest.mark.parametrize("text", ["\\u0000", "\\\\u0000", "\\x00", "%00", "\\ud800"])
def test_text_that_only_looks_like_an_escape_is_kept(database: Database, text: str) -> None:
    assert store(database, comment=text, value=[text, {text: text}]) == (
        text,
        [text, {text: text}],
    )


def test_text_that_cannot_be_kept_is_found_in_many_rows(database: Database) -> None:
    with pytest.raises(Invalid), database.write() as session:
        session.add_all(
            Respondent(key=key, created_at=MOMENT) for key in ("one", "two\x00", "three")
        )

    with database.read() as session:
        assert session.exec(select(func.count()).select_from(Respondent)).one() == 2


@given(
    moment=st.datetimes(
        min_value=datetime(1900, 1, 2),  # noqa: DTZ001 - the zone is drawn beside it
        max_value=datetime(2999, 12, 30),  # noqa: DTZ001 - as above
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
    )
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_moment_comes_back_as_the_same_moment(database: Database, moment: datetime) -> None:
    with database.write() as session:
        session.exec(update(Respondent).values(created_at=moment))
    with database.read() as session:
        stored = session.exec(select(Respondent.created_at).limit(1)).one()
        found = session.exec(select(Respondent).where(Respondent.created_at == moment)).all()

    assert stored == moment
    assert stored.tzinfo is UTC
    assert len(found) == 2


def test_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = MOMENT.replace(tzinfo=None)

    with (
        pytest.raises(StatementError, match="without a zone"),
        database.write() as session,
    ):
        session.add(Respondent(key="naive", created_at=naive))
    with (
        pytest.raises(StatementError, match="without a zone"),
        database.read() as session,
    ):
        session.exec(select(Respondent).where(Respondent.created_at == naive)).all()


def test_moments_are_sorted_by_time_whatever_their_zone(database: Database) -> None:
    brussels = timezone(timedelta(hours=2))
    with database.write() as session:
        session.add(Respondent(id=3, key="later", created_at=datetime(2020, 1, 1, 12, tzinfo=UTC)))
        session.add(
            Respondent(id=4, key="sooner", created_at=datetime(2020, 1, 1, 13, tzinfo=brussels))
        )

    with database.read() as session:
        keys = session.exec(select(Respondent.key).order_by(col(Respondent.created_at))).all()

    assert keys[-2:] == ["sooner", "later"]


def test_words_come_back_as_members(database: Database) -> None:
    with database.write() as session:
        session.exec(update(StoredAnswer).values(missing=MissingCode.DONT_KNOW))

    with database.read() as session:
        stored = session.exec(select(StoredAnswer.missing).limit(1)).one()
    assert stored is MissingCode.DONT_KNOW


def test_word_that_is_none_of_them_is_refused(database: Database) -> None:
    with pytest.raises(StatementError), database.write() as session:
        session.exec(update(StoredAnswer).values(missing="perhaps"))


@pytest.mark.parametrize(
    "model", [AnswerRevision, RespondentName, StoredAnswer], ids=lambda model: model.__name__
)
def test_row_round_trips_as_a_whole(database: Database, model: type[StoredAnswer]) -> None:
    with database.read() as session:
        first = [row.model_dump() for row in session.exec(select(model))]
    with database.read() as session:
        second = [row.model_dump() for row in session.exec(select(model))]

    assert first == second
    assert len(first) == 2


def test_every_text_with_a_length_is_bounded(database: Database) -> None:
    columns = [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if getattr(column.type, "length", None) is not None and not isinstance(column.type, Enum)
    ]

    assert len(columns) > 50
    for column in columns:
        assert isinstance(column.type, BoundedText)
        too_long = update(column.table).values({column: "x" * (column.type.length + 1)})
        with pytest.raises(TooLong) as refusal, database.write() as session:
            session.execute(too_long)
        assert [problem.place for problem in refusal.value.problems] == [column.name]


def test_text_fits_its_column_to_the_last_character(database: Database) -> None:
    # Letters beyond the basic plane are characters like any other, on both.
    longest = "\U0001f5f3" * 200

    with database.write() as session:
        session.exec(update(User).values(name=longest))
    with pytest.raises(TooLong) as refusal, database.write() as session:
        session.exec(update(User).values(name=longest + " "))

    [problem] = refusal.value.problems
    assert problem.message == "The text for «name» has 201 characters; 200 fit."
    with database.read() as session:
        assert set(session.exec(select(User.name))) == {longest}


def test_text_that_is_looked_for_may_have_any_length(database: Database) -> None:
    sought = "x" * 1000

    with database.read() as session:
        by_key = session.exec(select(Respondent).where(Respondent.key == sought)).all()
        by_keys = session.exec(select(Respondent).where(col(Respondent.key).in_([sought]))).all()

    assert (by_key, by_keys) == ([], [])
