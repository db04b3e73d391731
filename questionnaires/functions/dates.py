"""Functions of dates, times and moments: now and today, conversion, and writing them out."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from questionnaires.datum import Datum, number_of, text_of
from questionnaires.functions.calendar_words import DAYS, MONTHS, word_for
from questionnaires.functions.registry import Argument, Call, CallInvalid, function
from questionnaires.moments import DAY, EPOCH, read_moment, seconds_of
from questionnaires.scope import Scope

_SECONDS_A_DAY = 86_400
_ESCAPE = re.compile(r"%(.?)", re.DOTALL)
_MOST_OF_A_PART = 10
"""Characters that one sign of a pattern can become: the longest name of a day."""


@function("today() → date", "The date on the round's calendar.", moves=True)
def _today(call: Call) -> Datum:
    return call.scope.today.isoformat()


@function("now() → dateTime", "The moment, with the offset of the round's zone.", moves=True)
def _now(call: Call) -> Datum:
    return _written(call.scope.moment)


@function(
    "date(any) → date",
    "The date of a moment, in the round's zone, or of so many days since 1 January 1970.",
    moves=True,
)
def _date(call: Call) -> Datum:
    datum = call.datum(0)
    number = _plain_number(datum)
    if number is not None:
        on = _date_of_days(number)
        return "" if on is None else on.isoformat()
    moment = _moment_of(datum, call.scope)
    return "" if moment is None else moment.date().isoformat()


@function(
    "date-time(any) → dateTime",
    "The moment, in the round's zone, of a text or of so many days since 1 January 1970.",
    moves=True,
)
def _date_time(call: Call) -> Datum:
    moment = _moment_of(call.datum(0), call.scope)
    return "" if moment is None else _written(moment)


@function(
    "decimal-date-time(dateTime) → number",
    "Days and parts of days since 1 January 1970, UTC; a date begins in the round's zone.",
    moves=True,
)
def _decimal_date_time(call: Call) -> Datum:
    datum = call.datum(0)
    number = _plain_number(datum)
    if number is not None:
        return number
    moment = _moment_of(datum, call.scope)
    return math.nan if moment is None else (moment - EPOCH) / DAY


@function(
    "decimal-time(time) → number",
    "A time as a part of the day in the round's zone: 0.5 is noon.",
    moves=True,
)
def _decimal_time(call: Call) -> Datum:
    datum = call.datum(0)
    number = _plain_number(datum)
    if number is not None:
        return number - math.floor(number) if math.isfinite(number) else math.nan
    clock = _clock_of(datum, call.scope)
    return math.nan if clock is None else seconds_of(clock) / _SECONDS_A_DAY


def _pattern_is_known(arguments: Sequence[Argument]) -> None:
    pattern = arguments[1].literal
    for escape in _ESCAPE.findall(pattern or ""):
        if escape not in _SIGNS:
            raise CallInvalid(
                f"The pattern of the date has %{escape}, which stands for nothing.",
                "Use %Y %y %m %n %b %d %e %a %H %h %M %S %3, and %% for the sign itself.",
            )


@function(
    "format-date(date, text) → text",
    "A date by a pattern: %Y %y year, %m %n %b month, %d %e day, %a day of the week.",
    check=_pattern_is_known,
    moves=True,
)
def _format_date(call: Call) -> Datum:
    return _formatted(call)


@function(
    "format-date-time(dateTime, text) → text",
    "A moment by a pattern: as `format-date`, and %H %h hour, %M minute, %S %3 second and its"
    " thousandths.",
    check=_pattern_is_known,
    moves=True,
)
def _format_date_time(call: Call) -> Datum:
    return _formatted(call)


def _formatted(call: Call) -> str:
    moment = _moment_of(call.datum(0), call.scope)
    pattern = call.text(1)
    call.meter.check_length(len(pattern) * _MOST_OF_A_PART)
    if moment is None or not set(_ESCAPE.findall(pattern)) <= _SIGNS:
        return ""
    parts = _parts_of(moment, call.scope.language)
    return _ESCAPE.sub(lambda found: parts[found[1]], pattern)


def _parts_of(moment: datetime, language: str | None) -> Mapping[str, str]:
    """What each sign after a ``%`` stands for."""
    return {
        "%": "%",
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "b": word_for(MONTHS, moment.month - 1, language),
        "d": f"{moment.day:02}",
        "e": str(moment.day),
        "a": word_for(DAYS, moment.weekday(), language),
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
    }


_SIGNS = frozenset(_parts_of(EPOCH, None))


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _plain_number(datum: Datum) -> float | None:
    """A number, or a text that is nothing but one; ``None`` for dates and all else."""
    if isinstance(datum, bool | int | float):
        return float(datum)
    text = text_of(datum).strip()
    number = number_of(text)
    return None if math.isnan(number) or read_moment(text) is not None else number


def _date_of_days(days: float) -> date | None:
    try:
        return EPOCH.date() + timedelta(days=math.floor(days))
    except (OverflowError, ValueError):
        return None


def _moment_of(datum: Datum, scope: Scope) -> datetime | None:
    """The moment in the round's zone; a date is its beginning there."""
    number = _plain_number(datum)
    try:
        if number is not None:
            return (EPOCH + timedelta(days=number)).astimezone(scope.zone)
        match read_moment(text_of(datum).strip()):
            case datetime() as moment if moment.tzinfo is None:
                return moment.replace(tzinfo=scope.zone)
            case datetime() as moment:
                return moment.astimezone(scope.zone)
            case date() as on:
                return datetime.combine(on, time(), scope.zone)
            case _:
                return None
    except (OverflowError, ValueError):
        return None


def _clock_of(datum: Datum, scope: Scope) -> time | None:
    """The time of day in the round's zone; one with an offset is read on the scope's day."""
    read = read_moment(text_of(datum).strip())
    if isinstance(read, time):
        if read.tzinfo is None:
            return read
        read = datetime.combine(scope.today, read)
    if not isinstance(read, datetime):
        return None
    moment = _moment_of(read.isoformat(), scope)
    return None if moment is None else moment.time()
