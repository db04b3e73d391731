"""When a mail that failed is tried again, as mail servers do: soon at first, then seldom."""

from datetime import datetime, timedelta

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
)
"""The pause after the first failure, the second, and so on; the last one repeats."""
GIVE_UP_AFTER = timedelta(days=3)
"""From the first try on; long enough for a server that broke on a Friday evening."""


def next_try(*, failures: int, first_tried_at: datetime, now: datetime) -> datetime | None:
    """When to try again after so many failures; ``None``: no more."""
    at = now + PAUSES[min(failures, len(PAUSES)) - 1]
    return at if at <= first_tried_at + GIVE_UP_AFTER else None
