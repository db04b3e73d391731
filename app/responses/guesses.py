"""Count links that do not exist, by address, and stop who tries many."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.errors import TooManyRequests
from app.rounds.service.link import UnknownLink
from app.web.tries import seconds_to_wait

TRIES = 20
MINUTES = 15


class LinkGuesses:
    """The unknown links of the last quarter of an hour, in this process.

    A link that was given out is never refused for them, and never counts, not even when it has
    ended: a whole ministry, with what scans its mail, may come from one address.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = RateLimitItemPerMinute(TRIES, MINUTES)

    @contextmanager
    def counted(self, address: str) -> Iterator[None]:
        """Count a link that turns out to be unknown; raises ``TooManyRequests`` after many.

        The link is looked up first, by a hash, which takes as long for any token.
        """
        try:
            yield
        except UnknownLink:
            if not self._limiter.hit(self._limit, address):
                raise TooManyRequests(
                    "Too many links that do not exist were tried from this place.",
                    mend="Open the link in your mail, or copy it whole: a right link works at "
                    f"once. Others can be tried again in {MINUTES} minutes.",
                    seconds=seconds_to_wait(self._limiter, self._limit, address),
                ) from None
            raise


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
