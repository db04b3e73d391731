"""A mail that fails is tried again, less and less often, and in the end no more."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from app.mail.retry import GIVE_UP_AFTER, next_try

FIRST = datetime(2027, 3, 1, 9, tzinfo=UTC)


def tries() -> list[datetime]:
    """The moments of trying a mail that always fails."""
    moments = [FIRST]
    while at := next_try(failures=len(moments), first_tried_at=FIRST, now=moments[-1]):
        moments.append(at)
    return moments


def test_first_try_again_is_after_a_minute() -> None:
    assert next_try(failures=1, first_tried_at=FIRST, now=FIRST) == FIRST + timedelta(minutes=1)


def test_pauses_never_become_shorter() -> None:
    moments = tries()

    pauses = [later - earlier for earlier, later in pairwise(moments)]

    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=6)


def test_trying_ends_after_three_days() -> None:
    moments = tries()

    assert FIRST + GIVE_UP_AFTER - timedelta(hours=6) < moments[-1] <= FIRST + GIVE_UP_AFTER
