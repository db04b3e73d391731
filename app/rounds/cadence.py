"""The moments at which a survey's rounds open: a cron expression, read in the survey's zone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from croniter import croniter
from croniter.croniter import CroniterBadDateError, CroniterError

from questionnaires.problems import Problem

FIELDS = 5
FARTHEST_PUT = timedelta(days=1)
"""Samoa left out a whole day when it changed sides of the date line."""
LONGEST = 100


def check_cadence(cadence: str) -> list[Problem]:
    """Whether a cron expression can be read and has a moment that ever comes."""
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
        next(_local_moments(cadence, datetime(2000, 1, 1)))  # noqa: DTZ001 - a wall clock
    except CroniterBadDateError:
        message = f"«{cadence}» names a day that never comes."
        return [Problem(code="cadence-never", place="cadence", message=message, mend=mend)]
    except (CroniterError, ValueError, KeyError) as error:
        message = f"«{cadence}» cannot be read as a cadence: {error}."
        return [Problem(code="cadence-unreadable", place="cadence", message=message, mend=mend)]
    return []


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
