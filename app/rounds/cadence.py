"""The moments at which a survey's rounds open: a cron expression, read in the survey's zone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

from croniter import croniter
from croniter.croniter import CroniterBadDateError, CroniterError

from questionnaires.problems import Problem

FIELDS = 5
FARTHEST_PUT = timedelta(days=1)
"""Samoa left out a whole day when it changed sides of the date line."""
LONGEST = 100
LEAST_APART = timedelta(days=7)
"""Between two rounds: each writes to every contact, and institutions need weeks to answer."""
START = datetime(2000, 1, 1)  # noqa: DTZ001 - a wall clock
CALENDAR = datetime(2028, 1, 2)  # noqa: DTZ001 - as above
"""After 28 years every date has met every day of the week, and the calendar begins anew."""


def check_cadence(cadence: str) -> list[Problem]:
    """Whether a cron expression can be read, has a moment that ever comes, and leaves people time.

    No two of its moments may be closer than seven days on the wall clock, in whatever year.
    """
    mend = (
        "Write minute, hour, day of month, month and day of week, such as «0 9 1 3 *» for"
        " 1 March at 9:00 each year."
    )
    if len(cadence) > LONGEST:
        message = f"The cadence has {len(cadence):,} characters; {LONGEST} fit."
        return [Problem(code="cadence-unreadable", place="cadence", message=message, mend=mend)]
    fields = cadence.split()
    if len(fields) != FIELDS:
        message = f"«{cadence}» is not a cadence: it needs five fields."
        return [Problem(code="cadence-unreadable", place="cadence", message=message, mend=mend)]
    # The library's «R» picks a moment at random, a different one each time it is read.
    if any(part[:1] in {"r", "R"} for field in fields for part in field.split(",")):
        message = f"«{cadence}» leaves a moment to chance."
        return [Problem(code="cadence-unreadable", place="cadence", message=message, mend=mend)]
    try:
        apart = _least_apart(cadence)
    except CroniterBadDateError:
        message = f"«{cadence}» names a day that never comes."
        return [Problem(code="cadence-never", place="cadence", message=message, mend=mend)]
    except (CroniterError, ValueError, KeyError) as error:
        message = f"«{cadence}» cannot be read as a cadence: {error}."
        return [Problem(code="cadence-unreadable", place="cadence", message=message, mend=mend)]
    if apart < LEAST_APART:
        return [
            Problem(
                code="cadence-too-close",
                place="cadence",
                message=f"«{cadence}» would open a round {_in_words(apart)} after another, and "
                "write to every contact each time.",
                mend="Leave seven days or more between two rounds: «0 9 1 3,9 *» is 1 March and "
                "1 September at 9:00.",
            )
        ]
    return []


def _least_apart(cadence: str) -> timedelta:
    """The shortest time between two moments, or the first that is too short."""
    clock = _local_moments(cadence, START)
    least = timedelta.max
    for earlier, later in pairwise(takewhile(lambda moment: moment < CALENDAR, clock)):
        least = min(least, later - earlier)
        if least < LEAST_APART:
            break
    return least


def _in_words(apart: timedelta) -> str:
    minutes = int(apart.total_seconds()) // 60
    for length, word in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= length:
            number = minutes // length
            return f"{number} {word}{'' if number == 1 else 's'}"
    return "no time"


def moments(cadence: str, zone: ZoneInfo, *, after: datetime) -> Iterator[datetime]:
    """The moments of a cadence after a given one, in UTC, without end.

    The expression is read against the wall clock. Where the clock is put forward and skips a
    moment, the round opens as much later as the clock was put forward; where it is put back and
    shows a moment twice, the first one counts.
    """
    last = after
    # The clock may have been put forward over moments that are still to come: those of a day that
    # is not longer ago than any clock was ever put.
    since = after.astimezone(zone).replace(tzinfo=None) - FARTHEST_PUT
    for local in _local_moments(cadence, since):
        moment = local.replace(tzinfo=zone).astimezone(UTC)
        if moment > last:
            yield moment
            last = moment


def next_moment(cadence: str, zone: ZoneInfo, *, after: datetime) -> datetime:
    """The first moment of a cadence after a given one, in UTC."""
    return next(moments(cadence, zone, after=after))


def _local_moments(cadence: str, after: datetime) -> Iterator[datetime]:
    # Handed times without a zone, the library counts on the wall clock alone; its own handling of
    # zones skips or doubles moments around a change of the clock.
    clock = croniter(cadence, after)
    while True:
        yield clock.get_next(datetime)
