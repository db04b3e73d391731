"""Times in words, always with their zone: «31 March 2027, 23:59 (Europe/Brussels)»."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from questionnaires.deadlines import ends_a_day, last_day
from questionnaires.phrasebooks.english import ENGLISH


def date_in_words(day: date) -> str:
    """``31 March 2027``."""
    return f"{day.day} {ENGLISH.months[day.month - 1]} {day.year}"


def day_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment in a zone: ``31 March 2027``."""
    return date_in_words(moment.astimezone(zone).date())


def moment_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """``31 March 2027, 14:05 (Europe/Brussels)``."""
    local = moment.astimezone(zone)
    return f"{date_in_words(local.date())}, {local:%H:%M} ({zone.key})"


def deadline_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """``end of 31 March 2027 (Europe/Brussels)`` for a deadline at midnight, else the moment."""
    if ends_a_day(moment, zone):
        return f"end of {date_in_words(last_day(moment, zone))} ({zone.key})"
    return moment_in_words(moment, zone)


def last_day_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """The last day before a deadline in a zone: ``31 March 2027`` for the midnight after it."""
    return date_in_words(last_day(moment, zone))


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment after a day in a zone, in UTC: what «due on that day» means."""
    midnight = datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)
    return midnight.astimezone(UTC)
