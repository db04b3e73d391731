"""What a deadline means: «due on the 31st» is until the end of that day in the round's zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MOMENT = timedelta(seconds=1)


def last_day(moment: datetime, zone: ZoneInfo) -> date:
    """The last day before a deadline: for midnight in that zone, the day that ends with it."""
    return (moment.astimezone(zone) - _MOMENT).date()


def ends_a_day(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether a deadline is the end of a whole day in that zone."""
    return moment.astimezone(zone).time() == time(0)
