"""The lock goes to who asked first, and is never lost, whoever gives up."""

import asyncio
import random
import threading
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import FairLock


def wait_until(condition: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 3
    while not condition():
        assert time.monotonic() < give_up_at
        time.sleep(0.0005)


def is_free(lock: FairLock) -> bool:
    """Whether somebody who asks now gets the lock at once."""

    def take() -> None:
        lock.acquire()
        lock.release()

    taken = threading.Thread(target=take, daemon=True)
    taken.start()
    taken.join(1)
    return not taken.is_alive()


def test_lock_is_given_to_threads_in_the_order_they_asked() -> None:
    lock = FairLock()
    served: list[int] = []
    lock.acquire()

    def work(number: int) -> None:
        lock.acquire()
        served.append(number)
        lock.release()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for number, thread in enumerate(threads, start=1):
        thread.start()
        wait_until(lambda number=number: lock.waiting == number)  # type: ignore[misc]
    lock.release()
    for thread in threads:
        thread.join(3)

    assert served == list(range(20))


def test_lock_is_given_to_threads_and_tasks_in_one_order() -> None:
    lock = FairLock()
    served: list[int] = []
    threads: list[threading.Thread] = []
    lock.acquire()

    def thread_work(number: int) -> None:
        lock.acquire()
        served.append(number)
        lock.release()

    async def task_work(number: int) -> None:
        await lock.acquire_async()
        served.append(number)
        lock.release()

    async def ask_in_turn() -> None:
        tasks = []
        for number in range(12):
            if number % 3 == 0:
                threads.append(threading.Thread(target=thread_work, args=(number,)))
                threads[-1].start()
            else:
                tasks.append(asyncio.create_task(task_work(number)))
            await asyncio.to_thread(wait_until, lambda: lock.waiting > number)  # noqa: B023
        lock.release()
        await asyncio.gather(*tasks)

    asyncio.run(ask_in_turn())
    for thread in threads:
        thread.join(3)

    assert served == list(range(12))


def test_lock_is_held_by_one_at_a_time() -> None:
    lock = FairLock()
    inside = 0
    most = 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(200):
            lock.acquire()
            inside += 1
            most = max(most, inside)
            inside -= 1
            lock.release()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)

    assert most == 1
    assert is_free(lock)


def test_task_that_is_cancelled_while_it_waits_leaves_the_queue() -> None:
    lock = FairLock()

    async def cancel_one() -> list[str]:
        served: list[str] = []
        await lock.acquire_async()
        leaver = asyncio.create_task(_serve(lock, served, "leaver"))
        stayer = asyncio.create_task(_serve(lock, served, "stayer"))
        await asyncio.sleep(0)

        leaver.cancel()
        await asyncio.gather(leaver, return_exceptions=True)
        waiting = lock.waiting
        lock.release()
        await stayer

        assert waiting == 1
        return served

    assert asyncio.run(cancel_one()) == ["stayer"]
    assert is_free(lock)


def test_task_that_is_cancelled_after_its_turn_has_come_passes_it_on() -> None:
    lock = FairLock()

    async def cancel_late() -> list[str]:
        served: list[str] = []
        await lock.acquire_async()
        leaver = asyncio.create_task(_serve(lock, served, "leaver"))
        stayer = asyncio.create_task(_serve(lock, served, "stayer"))
        await asyncio.sleep(0)

        # The turn is given and the task cancelled before it can wake up.
        lock.release()
        leaver.cancel()
        await asyncio.gather(leaver, return_exceptions=True)
        await stayer

        return served

    assert asyncio.run(cancel_late()) == ["stayer"]
    assert is_free(lock)


def test_task_that_is_cancelled_as_it_wakes_passes_its_turn_on() -> None:
    lock = FairLock()

    async def cancel_awake() -> list[str]:
        served: list[str] = []
        await lock.acquire_async()
        leaver = asyncio.create_task(_serve(lock, served, "leaver"))
        stayer = asyncio.create_task(_serve(lock, served, "stayer"))
        await asyncio.sleep(0)

        # Queued behind the message that wakes the task, before the task itself goes on.
        lock.release()
        asyncio.get_running_loop().call_soon(leaver.cancel)
        await asyncio.gather(leaver, return_exceptions=True)
        await stayer

        assert leaver.cancelled()
        return served

    assert asyncio.run(cancel_awake()) == ["stayer"]
    assert is_free(lock)


def test_turn_of_a_task_whose_loop_is_closed_goes_to_the_next() -> None:
    lock = FairLock()
    lock.acquire()
    loop = asyncio.new_event_loop()
    waiting = lock.acquire_async()

    async def begin_to_wait() -> None:
        waiting.send(None)

    loop.run_until_complete(begin_to_wait())
    loop.close()

    lock.release()
    free = is_free(lock)
    lock.acquire()
    # What Python does with a task that nobody awaits any more.
    waiting.close()

    assert free
    # Its end did not take the lock from the one who holds it since.
    lock.release()


def test_release_of_a_lock_that_nobody_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="does not hold it"):
        FairLock().release()


@given(seed=st.integers(0, 2**32), tasks=st.integers(2, 12))
def test_lock_is_free_in_the_end_whenever_tasks_are_cancelled(seed: int, tasks: int) -> None:
    chance = random.Random(seed)
    lock = FairLock()
    inside = 0

    async def work() -> None:
        nonlocal inside
        await lock.acquire_async()
        try:
            assert inside == 0
            inside += 1
            for _ in range(chance.randrange(3)):
                await asyncio.sleep(0)
        finally:
            inside -= 1
            lock.release()

    async def cancel_at_will() -> list[object]:
        working = [asyncio.create_task(work()) for _ in range(tasks)]
        for _ in range(chance.randrange(20)):
            await asyncio.sleep(0)
            if chance.random() < 0.4:
                chance.choice(working).cancel()
        return list(await asyncio.gather(*working, return_exceptions=True))

    ends = asyncio.run(cancel_at_will())

    assert {type(end) for end in ends} <= {type(None), asyncio.CancelledError}
    assert lock.waiting == 0
    assert is_free(lock)


async def _serve(lock: FairLock, served: list[str], name: str) -> None:
    await lock.acquire_async()
    served.append(name)
    lock.release()
