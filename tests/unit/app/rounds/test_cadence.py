"""Rounds open at the wall clock's time in the survey's zone, whatever the clock is put to."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rounds.cadence import check_cadence, moments, next_moment

BRUSSELS = ZoneInfo("Europe/Brussels")
ZONES = ["Europe/Brussels", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "UTC"]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_yearly_moment_is_at_the_hour_of_the_zone() -> None:
    found = list(islice(moments("0 9 1 3 *", BRUSSELS, after=utc(2027, 1, 1)), 2))

    assert found == [utc(2027, 3, 1, 8), utc(2028, 3, 1, 8)]


def test_monthly_moment_keeps_its_hour_through_summer_time() -> None:
    found = list(islice(moments("0 9 1 * *", BRUSSELS, after=utc(2027, 3, 1, 8)), 2))

    assert found == [utc(2027, 4, 1, 7), utc(2027, 5, 1, 7)]


def test_moment_that_the_clock_skips_comes_an_hour_later() -> None:
    found = next_moment("30 2 28 3 *", BRUSSELS, after=utc(2027, 3, 1))

    assert found.astimezone(BRUSSELS) == datetime(2027, 3, 28, 3, 30, tzinfo=BRUSSELS)


def test_moment_that_the_clock_shows_twice_comes_once() -> None:
    found = list(islice(moments("30 2 * * *", BRUSSELS, after=utc(2027, 10, 30, 12)), 2))

    assert found == [utc(2027, 10, 31, 0, 30), utc(2027, 11, 1, 1, 30)]


def test_moment_already_reached_is_not_the_next() -> None:
    assert next_moment("0 9 1 3 *", BRUSSELS, after=utc(2027, 3, 1, 8)) == utc(2028, 3, 1, 8)


@given(
    cadence=st.sampled_from(["0,30 2 * * *", "15 0 * * *", "0 2,3 * * *"]),
    zone=st.sampled_from([*ZONES, "Pacific/Apia"]),
    day=st.sampled_from([(2027, 3, 27), (2027, 10, 30), (2011, 12, 29), (2027, 4, 3)]),
)
def test_moments_are_the_same_from_wherever_they_are_counted(
    cadence: str, zone: str, day: tuple[int, int, int]
) -> None:
    listed = list(islice(moments(cadence, ZoneInfo(zone), after=utc(*day)), 8))

    for place, moment in enumerate(listed[:-1]):
        assert next_moment(cadence, ZoneInfo(zone), after=moment) == listed[place + 1]


def test_both_moments_that_the_clock_skips_are_kept() -> None:
    first = next_moment("0,30 2 * * *", BRUSSELS, after=utc(2027, 3, 27, 12))

    assert first == utc(2027, 3, 28, 1)
    assert next_moment("0,30 2 * * *", BRUSSELS, after=first) == utc(2027, 3, 28, 1, 30)


@given(
    cadence=st.sampled_from(["0 9 1 * *", "*/20 * * * *", "30 2 * * 0", "15 0 * * *"]),
    zone=st.sampled_from(ZONES),
    after=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - made aware
)
def test_moments_always_move_on(cadence: str, zone: str, after: datetime) -> None:
    start = after.replace(tzinfo=UTC)

    found = list(islice(moments(cadence, ZoneInfo(zone), after=start), 5))

    assert all(earlier < later for earlier, later in zip([start, *found], found, strict=False))
    assert all(moment.utcoffset() == timedelta(0) for moment in found)


@pytest.mark.parametrize("cadence", ["0 9 1 3 *", "0 9 * * mon#1", "0 9 L * *", "0 0 29 2 *"])
def test_cadence_that_can_be_read(cadence: str) -> None:
    assert check_cadence(cadence) == []


@pytest.mark.parametrize(
    ("cadence", "code"),
    [
        ("", "cadence-unreadable"),
        ("@yearly", "cadence-unreadable"),
        ("0 9 1 3", "cadence-unreadable"),
        ("0 0 9 1 3 *", "cadence-unreadable"),
        ("61 9 1 3 *", "cadence-unreadable"),
        ("a b c d e", "cadence-unreadable"),
        ("R 9 1 3 *", "cadence-unreadable"),
        ("0 9 1,R 3 *", "cadence-unreadable"),
        ("H 9 1 3 *", "cadence-unreadable"),
        ("0 9 31 2 *", "cadence-never"),
        ("0 9 1 3 *" + " " * 100, "cadence-unreadable"),
    ],
)
def test_cadence_that_cannot_be_read_is_refused(cadence: str, code: str) -> None:
    [problem] = check_cadence(cadence)

    assert problem.code == code
    assert "0 9 1 3 *" in problem.mend


@pytest.mark.parametrize("cadence", ["0 9 * * mon", "0 9 1,8,15,22 * *", "0 9 1 */3 *"])
def test_cadence_with_a_week_or_more_between_rounds(cadence: str) -> None:
    assert check_cadence(cadence) == []


@pytest.mark.parametrize(
    ("cadence", "apart"),
    [
        ("* * * * *", "1 minute"),
        ("*/20 9 1 3 *", "20 minutes"),
        ("0 9,12 1 3 *", "3 hours"),
        ("0 9 * * *", "1 day"),
        ("0 9 28,29 2 *", "1 day"),
        ("0 9 1,29 * *", "3 days"),
        ("30 8 * * mon,thu", "3 days"),
        # A day of the month and a day of the week: the rounds open on either.
        ("0 9 29 2 mon", "1 day"),
    ],
)
def test_cadence_with_less_than_a_week_between_rounds_is_refused(cadence: str, apart: str) -> None:
    [problem] = check_cadence(cadence)

    assert problem.code == "cadence-too-close"
    assert f"would open a round {apart} after another" in problem.message
    assert "seven days" in problem.mend
