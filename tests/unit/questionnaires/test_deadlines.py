"""What a deadline means in the round's zone, to pages and workbooks alike."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from questionnaires.deadlines import ends_a_day, last_day

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("moment", "day", "whole"),
    [
        (datetime(2027, 1, 23, 23, tzinfo=UTC), date(2027, 1, 23), True),
        (datetime(2027, 1, 24, tzinfo=UTC), date(2027, 1, 24), False),
        (datetime(2027, 3, 28, 22, tzinfo=UTC), date(2027, 3, 28), True),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), date(2026, 12, 31), True),
        (datetime(2027, 1, 23, 16, 30, tzinfo=UTC), date(2027, 1, 23), False),
    ],
)
def test_midnight_is_the_end_of_the_day_before(moment: datetime, day: date, *, whole: bool) -> None:
    assert (last_day(moment, BRUSSELS), ends_a_day(moment, BRUSSELS)) == (day, whole)
