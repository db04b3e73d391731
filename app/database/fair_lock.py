"""A lock, or a fixed number of places, given in the order in which they were asked for."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from threading import Event, Lock


@dataclass(eq=False, slots=True)
class _Turn:
    """One caller's place: in the queue, or given, or neither once the caller has left."""

    wake: Callable[[], object]
    given: bool = False


class FairLock:
    """A lock for threads and tasks alike, first come, first served; ``places`` can hold it at once.

    Whose turn it is is decided in one place, under the mutex: ``release`` takes the next caller
    out of the queue, and from then on that caller holds the lock, awake or not. So one who gives
    up either is still in the queue, and leaves it, or holds the lock, and passes it on.
    """

    def __init__(self, places: int = 1) -> None:
        self._mutex = Lock()
        self._places = places
        self._free = places
        self._queue: deque[_Turn] = deque()

    def acquire(self) -> None:
        """Wait, blocking this thread, until it is this caller's turn."""
        come = Event()
        turn = _Turn(come.set)
        if self._take_or_queue(turn):
            return
        try:
            come.wait()
        except BaseException:
            self._give_up(turn)
            raise

    async def acquire_async(self) -> None:
        """Wait, holding no thread, until it is this task's turn."""
        loop = asyncio.get_running_loop()
        come: asyncio.Future[None] = loop.create_future()

        def tell() -> None:
            if not come.done():
                come.set_result(None)

        turn = _Turn(lambda: loop.call_soon_threadsafe(tell))
        if self._take_or_queue(turn):
            return
        try:
            await come
        except BaseException:
            self._give_up(turn)
            raise

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the lock for the length of a block, blocking this thread until it is its turn."""
        self.acquire()
        try:
            yield
        finally:
            self.release()

    @asynccontextmanager
    async def hold_async(self) -> AsyncIterator[None]:
        """``hold`` for a task: waiting takes no thread."""
        await self.acquire_async()
        try:
            yield
        finally:
            self.release()

    def release(self) -> None:
        """Hand the lock to who has waited longest."""
        while (turn := self._give_next()) is not None:
            try:
                turn.wake()
            except RuntimeError:
                # The event loop of that task was closed under it: it will never take its turn.
                turn.given = False
            else:
                return

    @property
    def waiting(self) -> int:
        """How many are waiting."""
        return len(self._queue)

    def _take_or_queue(self, turn: _Turn) -> bool:
        with self._mutex:
            if self._free == 0:
                self._queue.append(turn)
                return False
            self._free -= 1
            turn.given = True
            return True

    def _give_next(self) -> _Turn | None:
        with self._mutex:
            if self._free == self._places:
                message = "The lock is released by one who does not hold it."
                raise ValueError(message)
            if self._queue:
                turn = self._queue.popleft()
                turn.given = True
                return turn
            self._free += 1
            return None

    def _give_up(self, turn: _Turn) -> None:
        with self._mutex:
            if turn in self._queue:
                self._queue.remove(turn)
        if turn.given:
            self.release()
