"""A lock that is given in the order in which it was asked for."""

import asyncio
from collections import deque
from collections.abc import Callable
from threading import Event, Lock


class FairLock:
    """A lock for threads and tasks alike, first come, first served.

    Whose turn it is is decided in one place, under the mutex: ``release`` takes the next caller
    out of the queue, and from then on that caller holds the lock, awake or not. So one who gives
    up either is still in the queue, and leaves it, or holds the lock, and passes it on.
    """

    def __init__(self) -> None:
        self._mutex = Lock()
        self._held = False
        self._waiting: deque[Callable[[], object]] = deque()

    def acquire(self) -> None:
        """Wait, blocking this thread, until it is this caller's turn."""
        turn = Event()
        if self._take_or_queue(turn.set):
            return
        try:
            turn.wait()
        except BaseException:
            self._give_up(turn.set)
            raise

    async def acquire_async(self) -> None:
        """Wait, holding no thread, until it is this task's turn."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()

        def wake() -> None:
            loop.call_soon_threadsafe(come)

        def come() -> None:
            if not turn.done():
                turn.set_result(None)

        if self._take_or_queue(wake):
            return
        try:
            await turn
        except BaseException:
            self._give_up(wake)
            raise

    def release(self) -> None:
        """Hand the lock to who has waited longest."""
        while (wake := self._next()) is not None:
            try:
                wake()
            except RuntimeError:
                # The event loop of that task was closed under it: it will never take its turn.
                continue
            return

    @property
    def waiting(self) -> int:
        """How many are waiting."""
        with self._mutex:
            return len(self._waiting)

    def _take_or_queue(self, wake: Callable[[], object]) -> bool:
        with self._mutex:
            if self._held:
                self._waiting.append(wake)
                return False
            self._held = True
            return True

    def _next(self) -> Callable[[], object] | None:
        with self._mutex:
            if not self._held:
                message = "The lock is released by one who does not hold it."
                raise ValueError(message)
            if self._waiting:
                return self._waiting.popleft()
            self._held = False
            return None

    def _give_up(self, wake: Callable[[], object]) -> None:
        with self._mutex:
            queued = wake in self._waiting
            if queued:
                self._waiting.remove(wake)
        if not queued:
            self.release()
