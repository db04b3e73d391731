"""Times of day, and moments: a day with its time and what that time is ahead of UTC."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from questionnaires.answers import Row, Value
from questionnaires.kinds.kind import Kind, Parsed, wrong_type
from questionnaires.models import Definition, Question, QuestionType
from questionnaires.moments import read_moment
from questionnaires.problems import Problem

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?")
_TYPED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]+([0-9]{2}:[0-9]{2}.*)", re.DOTALL)


def _not_a_time(question: Question, text: str) -> Problem:
    return Problem(
        code="not-a-time",
        message=f"«{text[:60]}» is not a time of day.",
        mend="Write hours from 00 to 23 and minutes with a colon, such as 14:30.",
        place=question.name,
    )


class TimeKind(Kind):
    """A time of day, of no day in particular and in no zone in particular."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        text = (raw[0] if raw else "").strip()
        if not text:
            return None, []
        return (text, []) if _TIME.fullmatch(text) else (None, [_not_a_time(question, text)])

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        if not isinstance(value, str):
            return [wrong_type(question, "a time of day")]
        return [] if _TIME.fullmatch(value) else [_not_a_time(question, value)]

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        return str(value)

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        if isinstance(data, str):
            return data, []
        return None, [wrong_type(question, "a time of day")]


def _moment_of(text: str) -> datetime | None:
    moment = read_moment(text)
    return moment if isinstance(moment, datetime) else None


def _not_a_moment(question: Question, text: str) -> Problem:
    return Problem(
        code="not-a-moment",
        message=f"«{text[:60]}» is not a day with a time.",
        mend="Write year, month, day and time, such as 2007-05-31 14:30.",
        place=question.name,
    )


def _without_offset(question: Question) -> Problem:
    return Problem(
        code="no-offset",
        message="The time does not say what it is ahead of UTC, so it can mean several moments.",
        mend="Add the offset, such as 2007-05-31T14:30+02:00, or Z for UTC.",
        place=question.name,
    )


class DateTimeKind(Kind):
    """A moment. It is stored with its offset; who types none means the zone of the round."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        text = _TYPED.sub(r"\1T\2", (raw[0] if raw else "").strip())
        if not text:
            return None, []
        if _moment_of(text) is None:
            return None, [_not_a_moment(question, text)]
        return text, []

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        if not isinstance(value, str):
            return [wrong_type(question, "a day with a time")]
        moment = _moment_of(value)
        if moment is None:
            return [_not_a_moment(question, value)]
        return [] if moment.tzinfo is not None else [_without_offset(question)]

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        """``2007-05-31 14:30 (UTC+02:00)``."""
        moment = _moment_of(value) if isinstance(value, str) else None
        if moment is None:
            return str(value)
        shown = moment.replace(tzinfo=None).isoformat(sep=" ", timespec=_precision(moment))
        ahead = moment.utcoffset()
        if ahead is None:
            return shown
        return f"{shown} (UTC{moment.isoformat()[-6:] if ahead else ''})"

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        if isinstance(data, str):
            return data, []
        return None, [wrong_type(question, "a day with a time")]


def _precision(moment: datetime) -> str:
    """Seconds only where they were given."""
    if moment.microsecond:
        return "microseconds"
    return "seconds" if moment.second else "minutes"


def in_zone(question: Question, value: Value, zone: tzinfo) -> Value:
    """A value as typed, with the offset of the zone where a moment was typed without one."""
    if question.type is QuestionType.DATETIME and isinstance(value, str):
        return _with_offset(value, zone)
    moments = {one.name for one in question.columns if one.type is QuestionType.DATETIME}
    if not moments or not isinstance(value, tuple):
        return value
    return tuple(_row_in_zone(row, moments, zone) for row in value if isinstance(row, Mapping))


def _row_in_zone(row: Row, moments: set[str], zone: tzinfo) -> Row:
    return {
        name: _with_offset(entry, zone) if name in moments and isinstance(entry, str) else entry
        for name, entry in row.items()
    }


def _with_offset(text: str, zone: tzinfo) -> str:
    moment = _moment_of(text)
    if moment is None or moment.tzinfo is not None:
        return text
    return _exact(moment.replace(tzinfo=zone))


def _exact(moment: datetime) -> str:
    return moment.isoformat(timespec=_precision(moment))


def as_typed(text: str, zone: tzinfo) -> str:
    """A stored moment as a form's field holds it: the local time of the zone, without offset.

    What is no moment, or lies beyond the calendar there, stays as it is stored.
    """
    moment = _moment_of(text)
    if moment is None or moment.tzinfo is None:
        return text
    try:
        local = moment.astimezone(zone)
    except OverflowError:
        return text
    same = local.replace(fold=0)
    if abs(same.astimezone(UTC) - moment) > timedelta():
        # The hour that a clock shows twice in autumn: without the offset it would be the other.
        return text
    return _exact(local.replace(tzinfo=None))
