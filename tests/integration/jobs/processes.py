"""Start workers as processes, wait for what they do, kill them."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.integration.jobs.world import World

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
PATIENCE_SECONDS = 25.0
# To collect no garbage takes a fifth less time to start, and none of them lives for long.
START = (
    "import gc, runpy, sys; gc.disable(); del sys.argv[0]; "
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)


@contextmanager
def worker(
    world: World, *, worker_id: str = "worker-0", dies: str = "", program: str = "worker"
) -> Iterator[subprocess.Popen[str]]:
    """A worker process that works; it is killed at the end of the block if it still lives."""
    told = {
        "database_url": world.settings.database_url,
        "data_dir": str(world.settings.data_dir),
        "smtp_url": world.settings.smtp_url.get_secret_value(),
        "base_url": world.settings.base_url,
        "catalogue": str(world.catalogue),
        "clock": str(world.settings.data_dir.parent / "clock"),
        "worker_id": worker_id,
        "dies": dies,
    }
    process = subprocess.Popen(
        [sys.executable, "-c", START, HERE / f"{program}_process.py", json.dumps(told)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        # One that is to die may do so before it says that it is ready.
        assert process.stdout.readline() == "ready\n" or dies
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait until something is so; fail when it takes too long."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < give_up_at, "It did not happen in time."
        time.sleep(0.05)
