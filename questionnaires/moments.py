"""Dates, times and moments as ISO 8601 writes them: read from text, and set in order."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Moment = date | time
"""A date, a moment (``datetime``, which is a date too), or a time of day."""

_TIME = r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?"
_DATE = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)(?:T{_TIME})?", re.ASCII)
_CLOCK = re.compile(_TIME, re.ASCII)
_SHORTEST, _LONGEST = len("00:00"), 40
_OFFSET = re.compile(r"([+-])(\d\d)(?::?([0-5]\d))?", re.ASCII)


def read_moment(text: str) -> Moment | None:
    """What the text says; ``None`` when it is no date, time or moment, or there is no such day."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return None
    try:
        if text[2] == ":":
            found = _CLOCK.fullmatch(text)
            return None if found is None else _time_of(*found.groups())
        found = _DATE.fullmatch(text)
        if found is None:
            return None
        year, month, day, *clock = found.groups()
        on = date(int(year), int(month), int(day))
        return on if clock[0] is None else datetime.combine(on, _time_of(*clock))
    except ValueError:
        return None


def _time_of(
    hour: str, minute: str, second: str | None, fraction: str | None, offset: str | None
) -> time:
    micros = int((fraction or "0")[:6].ljust(6, "0"))
    return time(int(hour), int(minute), int(second or 0), micros, _offset_of(offset))


def _offset_of(offset: str | None) -> timezone | None:
    if offset is None or offset == "Z":
        return None if offset is None else UTC
    found = _OFFSET.fullmatch(offset)
    if found is None:
        raise ValueError("An hour has 60 minutes")
    sign, hours, minutes = found.groups()
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-ahead if sign == "-" else ahead)


def days_of(text: str) -> float | None:
    """A date or moment as days since 1 January 1970 (UTC); ``None`` for everything else.

    A moment without an offset counts as one in UTC.
    """
    match read_moment(text):
        case datetime() as moment:
            aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
            return (aware - EPOCH) / DAY
        case date() as on:
            return float((on - EPOCH.date()).days)
        case _:
            return None


def order(one: str, other: str) -> tuple[float, float] | None:
    """Two numbers that compare as the two texts do; ``None`` unless both are of one kind.

    A date beside a moment is the beginning of that day where the moment was; a time without an
    offset beside one that has an offset is in the same place.
    """
    # Most texts are neither: names of choices, words.
    if not (one[:1].isdigit() and other[:1].isdigit()):
        return None
    left, right = read_moment(one), read_moment(other)
    if left is None or right is None:
        return None
    if isinstance(left, time) or isinstance(right, time):
        if isinstance(left, time) and isinstance(right, time):
            return _seconds(left, right), _seconds(right, left)
        return None
    if not isinstance(left, datetime) and not isinstance(right, datetime):
        return float(left.toordinal()), float(right.toordinal())
    begins, ends = _begin(left), _begin(right)
    return _since_epoch(begins, ends), _since_epoch(ends, begins)


def _begin(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def _since_epoch(moment: datetime, beside: datetime) -> float:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=beside.tzinfo or UTC)
    return (moment - EPOCH).total_seconds()


def _seconds(clock: time, beside: time) -> float:
    # Beware: an offset of nought is an offset.
    own = clock.utcoffset()
    offset = (beside.utcoffset() or timedelta()) if own is None else own
    since = timedelta(
        hours=clock.hour,
        minutes=clock.minute,
        seconds=clock.second,
        microseconds=clock.microsecond,
    )
    return (since - offset).total_seconds()


def seconds_of(clock: time) -> float:
    """A time of day in seconds since midnight, whatever its offset."""
    return clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1_000_000
