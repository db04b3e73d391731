"""What holds for every test: its fixtures, its time limit, its place in line, and no skipping."""

import os
from pathlib import Path

import pytest

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.databases",
    "tests.fixtures.mail",
    "tests.fixtures.office",
    "tests.fixtures.service",
]

HERE = Path(__file__).parent
SECONDS = {"unit": 5, "integration": 60, "e2e": 60}
KINDS = list(SECONDS)

# The settings of the person who runs the tests are none of the tests' business.
for name in [name for name in os.environ if name.startswith("RAPPORTEUR_")]:
    del os.environ[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the quick tests first and give each its time limit."""
    items.sort(key=lambda item: KINDS.index(_kind(item)))
    for item in items:
        item.add_marker(pytest.mark.timeout(SECONDS[_kind(item)]))


def _kind(item: pytest.Item) -> str:
    kind = item.path.relative_to(HERE).parts[0]
    if kind not in SECONDS:
        message = f"{item.path}: tests live in tests/{', tests/'.join(SECONDS)}."
        raise pytest.UsageError(message)
    return kind


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail when a test was skipped: what is not run is not known."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a run without a failure has failed."""
    if skipped := terminalreporter.stats.get("skipped"):
        names = ", ".join(report.nodeid for report in skipped)
        terminalreporter.write_line(f"No test may be skipped, and these were: {names}", red=True)
