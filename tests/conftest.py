"""What holds for every test: its fixtures, its time limit, its place in line, and no skipping."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.fixtures.compiled_once import compile_once

# How long an example takes says more of what else the machine does than of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.databases",
    "tests.fixtures.mail",
    "tests.fixtures.office",
    "tests.fixtures.service",
    "tests.fixtures.sample",
]

HERE = Path(__file__).parent
SECONDS = {"unit": 20, "integration": 120, "e2e": 120}
"""Limits that stop a test that hangs; several times what the slowest takes on a busy machine."""
KINDS = list(SECONDS)

compile_once()

# The settings of the person who runs the tests are none of the tests' business.
for name in [name for name in os.environ if name.startswith("RAPPORTEUR_")]:
    del os.environ[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the quick tests first and give each its time limit."""
    items.sort(key=lambda item: KINDS.index(_kind(item)))
    for item in items:
        item.add_marker(pytest.mark.timeout(SECONDS[_kind(item)]))


def pytest_collection_finish() -> None:
    """Take what was imported out of the garbage collector's view: it stays until the end.

    Looking through it again and again takes an eighth of the time of the unit tests. To look less
    often for what tests leave behind saves a twentieth more.
    """
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def _kind(item: pytest.Item) -> str:
    kind = item.path.relative_to(HERE).parts[0]
    if kind not in SECONDS:
        message = f"{item.path}: tests live in tests/{', tests/'.join(SECONDS)}."
        raise pytest.UsageError(message)
    return kind


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail when a test was skipped or allowed to fail: what is not run is not known."""
    if _excused(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say why a run without a failure has failed."""
    for name in _excused(config):
        terminalreporter.write_line(f"No test may be skipped or allowed to fail: {name}", red=True)


def _excused(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    # A worker of xdist has none; the process that started it counts.
    stats = reporter.stats if isinstance(reporter, pytest.TerminalReporter) else {}
    return [report.nodeid for kind in ("skipped", "xfailed") for report in stats.get(kind, [])]
