"""How long somebody has to wait who tried too often."""

import math
import time

from limits import RateLimitItem
from limits.strategies import RateLimiter


def seconds_to_wait(limiter: RateLimiter, limit: RateLimitItem, *whose: str) -> int:
    """Whole seconds until the oldest try is forgotten, so that another is looked at."""
    again_at = limiter.get_window_stats(limit, *whose).reset_time
    return max(1, math.ceil(again_at - time.time()))
