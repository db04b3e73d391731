"""Count the tries at signing in, by account and by address, and stop who guesses."""

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.errors import TooManyRequests
from app.web.tries import seconds_to_wait

MINUTES = 15


class SignInAttempts:
    """The tries of the last quarter of an hour in this process.

    Tries at an account are counted before the password is looked at, so that many at once gain
    nothing, and forgotten after a success. Of an address only the failures count: a whole office
    may share one.
    """

    def __init__(self, tries: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = RateLimitItemPerMinute(tries, MINUTES)

    def begin(self, *, email: str, address: str) -> None:
        """Count a try; raises ``TooManyRequests``, alike for known and unknown accounts."""
        whose = ("address", address)
        within = self._limiter.test(self._limit, *whose)
        if within:
            whose = ("account", _account(email))
            within = self._limiter.hit(self._limit, *whose)
        if not within:
            raise TooManyRequests(
                "There were too many tries to sign in with this account or from this place.",
                mend=f"Wait {MINUTES} minutes, then try again.",
                seconds=seconds_to_wait(self._limiter, self._limit, *whose),
            )

    def failed(self, *, address: str) -> None:
        """Count a failure against the address it came from."""
        self._limiter.hit(self._limit, "address", address)

    def succeeded(self, *, email: str) -> None:
        """Forget the tries at an account whose owner has signed in."""
        self._limiter.clear(self._limit, "account", _account(email))


def _account(email: str) -> str:
    return email.strip().lower()[:254]
