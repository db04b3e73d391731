"""Count links that do not exist, by address, and stop who tries many."""

from typing import Annotated

from fastapi import Depends, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.errors import TooManyRequests
from app.web.tries import seconds_to_wait

TRIES = 20
MINUTES = 15


class LinkGuesses:
    """The links of the last quarter of an hour that led nowhere, in this process.

    Only those count: a whole ministry may come from one address with links that are right.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = RateLimitItemPerMinute(TRIES, MINUTES)

    def check(self, address: str) -> None:
        """Raise ``TooManyRequests`` for an address with too many misses."""
        if not self._limiter.test(self._limit, address):
            raise TooManyRequests(
                "Too many links that are not valid were opened from this place.",
                mend=f"Wait {MINUTES} minutes, then open the link in your mail again.",
                seconds=seconds_to_wait(self._limiter, self._limit, address),
            )

    def missed(self, address: str) -> None:
        """Count a link that led nowhere."""
        self._limiter.hit(self._limit, address)


def guesses_of(request: Request) -> LinkGuesses:
    """The counter that this application keeps."""
    state = request.app.state
    if not hasattr(state, "link_guesses"):
        state.link_guesses = LinkGuesses()
    guesses: LinkGuesses = state.link_guesses
    return guesses


Guesses = Annotated[LinkGuesses, Depends(guesses_of)]


def address_of(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else "unknown"
