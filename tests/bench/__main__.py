"""``python -m tests.bench``: every measurement, as a table and as JSON in ``build/``."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import Timing
from tests.bench.questionnaires import measure_questionnaires
from tests.bench.service import Table, measure_service
from tests.bench.workbooks import Figures, measure_workbooks

OUTPUT = Path("build/bench.json")
MILLI = 1000


@dataclass(frozen=True, slots=True)
class Target:
    """A figure held against what it should be."""

    what: str
    figure: float
    limit: float
    at_least: bool = False
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether the figure is on the right side of its limit."""
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit

    def line(self) -> str:
        """The target in words."""
        sign = "at least" if self.at_least else "at most"
        verdict = "met" if self.met else "MISSED"
        return f"{verdict:7}{self.what}: {self.figure:.2f}{self.unit} ({sign} {self.limit:g})"


def workbook_targets(figures: Mapping[str, Figures]) -> list[Target]:
    """What the workbook may cost."""
    full = figures["workbook_synthetic_full"]
    return [
        Target("2007 workbook, CPU", figures["workbook_2007"]["cpu_seconds"], 1.5, unit=" s"),
        Target("synthetic round / bare write", full["ratio_to_bare"], 1.5, unit=" x"),
        Target("synthetic round, peak memory", full["peak_mib"], 250, unit=" MiB"),
        Target(
            "twice the respondents / once",
            figures["workbook_synthetic_doubling"]["ratio"],
            2.2,
            unit=" x",
        ),
    ]


def service_targets(tables: Mapping[str, Table]) -> list[Target]:
    """What answering may cost."""
    targets = []
    for database, table in tables.items():
        saves, bare = table["save an answer"], table["bare INSERT"]
        for many, timing in saves.items():
            share = timing.per_second / bare[many].per_second
            what = f"{database}: saves / bare INSERT at {many}"
            targets.append(Target(what, share, 0.5, at_least=True, unit=" x"))
        most = saves[max(saves)]
        spread = most.percentile(0.99) / most.percentile(0.5)
        targets.append(
            Target(f"{database}: p99 / p50 of saves at {most.connections}", spread, 10, unit=" x")
        )
        page = table["form section page"][1].percentile(0.5) * MILLI
        targets.append(Target(f"{database}: section page, median at 1", page, 25, unit=" ms"))
    return targets


def questionnaire_targets(figures: Mapping[str, Figures]) -> list[Target]:
    """What working out a form may cost, and that no expression is read twice."""
    large = figures["change_1000"]
    targets = [
        Target("1,000 questions, 500 conditions: a change", large["change_ms"], 60, unit=" ms")
    ]
    for name, values in figures.items():
        if name.startswith("change_rcp"):
            targets.append(Target(f"{name}: a change", values["change_ms"], 2, unit=" ms"))
        if "read_again" in values:
            targets.append(Target(f"{name}: expressions read again", values["read_again"], 0))
    return targets


def print_figures(figures: Mapping[str, Figures]) -> None:
    """What was measured, a line each."""
    for name, values in figures.items():
        words = "  ".join(f"{key} {value:,.2f}" for key, value in values.items())
        print(f"{name:32}{words}")


def print_service(tables: Mapping[str, Table]) -> None:
    """Requests per second and latencies, a line for each number of connections."""
    print(f"{'':34}{'conn.':>6}{'per s':>10}{'p50 ms':>10}{'p99 ms':>10}{'n':>8}  failures")
    for database, table in tables.items():
        for name, by_connections in table.items():
            for many, timing in by_connections.items():
                p50, p99 = (timing.percentile(share) * MILLI for share in (0.5, 0.99))
                print(
                    f"{database + ': ' + name:34}{many:6}{timing.per_second:10.1f}{p50:10.2f}"
                    f"{p99:10.2f}{len(timing.latencies):8}  {timing.failures or ''}"
                )


def as_json(timing: Timing) -> dict[str, object]:
    """A timing without its single latencies."""
    return {
        "connections": timing.connections,
        "seconds": timing.seconds,
        "requests": len(timing.latencies),
        "per_second": timing.per_second,
        "p50_ms": timing.percentile(0.5) * MILLI,
        "p99_ms": timing.percentile(0.99) * MILLI,
        "failures": timing.failures,
    }


def main() -> None:
    """Measure what was asked for; the exit code tells whether every target was met."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", choices=("workbooks", "service", "questionnaires"))
    only: str | None = parser.parse_args().only
    targets: list[Target] = []
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    written: dict[str, object] = {"machine": machine}
    if only in (None, "questionnaires"):
        print("Working out questionnaires …", file=sys.stderr)
        forms = measure_questionnaires()
        print_figures(forms)
        targets += questionnaire_targets(forms)
        written["questionnaires"] = forms
    if only in (None, "workbooks"):
        print("Writing workbooks …", file=sys.stderr)
        figures = measure_workbooks()
        print_figures(figures)
        targets += workbook_targets(figures)
        written["workbooks"] = figures
    if only in (None, "service"):
        print("Asking the service …", file=sys.stderr)
        tables = measure_service()
        print_service(tables)
        targets += service_targets(tables)
        written["service"] = {
            database: {
                name: [as_json(timing) for timing in row.values()] for name, row in table.items()
            }
            for database, table in tables.items()
        }
    written["targets"] = [{"target": target.line(), "met": target.met} for target in targets]
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(written, indent=2) + "\n")
    print(*(target.line() for target in targets), f"Written to {OUTPUT}.", sep="\n")
    raise SystemExit(not all(target.met for target in targets))


if __name__ == "__main__":
    main()
