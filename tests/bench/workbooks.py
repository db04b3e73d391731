"""What the Annex B workbook costs, beside a bare openpyxl write of the same cells.

Each measurement is a process of its own, so that peak memory is its own too.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook

from app.bootstrap import build
from app.database import migrate
from app.sample import load_gfmd_2007
from app.settings import Settings
from app.synthesis.snapshot import build_snapshot
from exports.records import ExportProgress, RoundSnapshot
from exports.registry import EXPORTERS
from tests.bench.synthetic import AS_OF, SyntheticRound

Figures = Mapping[str, float]
KIB_PER_MIB = 1024
STATUS = Path("/proc/self/status")


def _peak_mib() -> float:
    # Not getrusage: its maximum counts what the process was before exec, our parent, as well.
    for line in STATUS.read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / KIB_PER_MIB
    message = f"{STATUS} tells no peak of memory; measure on Linux."
    raise RuntimeError(message)


def _silent(progress: ExportProgress) -> None:
    del progress


def _write(snapshot: RoundSnapshot, path: Path) -> float:
    """Write the workbook; CPU seconds of this process."""
    started = time.process_time()
    with path.open("wb") as stream:
        EXPORTERS["annex-b"].write(snapshot, stream, progress=_silent)
    return time.process_time() - started


def measure_synthetic(respondents: int, questions: int, path: Path) -> Figures:
    """CPU and memory of a synthetic round; making up its texts is taken off."""
    made = SyntheticRound(respondents=respondents, questions=questions)
    seconds = _write(made.snapshot(), path)
    return {
        "cpu_seconds": seconds - made.making_seconds,
        "making_seconds": made.making_seconds,
        "peak_mib": _peak_mib(),
        "bytes": path.stat().st_size,
    }


def measure_2007(path: Path) -> Figures:
    """CPU of the workbook of 2007, from the loaded sample to the file, and of the write alone."""
    folder = path.parent / "data-2007"
    settings = Settings(database_url=f"sqlite:///{folder}/bench.sqlite3", data_dir=folder)
    migrate(settings.database_url)
    services = build(settings)
    load_gfmd_2007(services)
    started = time.process_time()
    snapshot = build_snapshot(services.database, "gfmd-2007", as_of=AS_OF)
    reading = time.process_time() - started
    writing = _write(snapshot, path)
    services.close()
    return {"cpu_seconds": reading + writing, "write_cpu_seconds": writing, "peak_mib": _peak_mib()}


def measure_bare(source: Path, path: Path) -> Figures:
    """CPU that openpyxl's write-only mode takes for the same cells, with no style at all.

    The cells come from reading the workbook row by row; only appending and saving are timed.
    """
    book = load_workbook(source, read_only=True)
    bare = Workbook(write_only=True)
    spent = 0.0
    cells = 0
    for sheet in book.worksheets:
        target = bare.create_sheet(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            cells += sum(value is not None for value in row)
            started = time.process_time()
            target.append(row)
            spent += time.process_time() - started
    started = time.process_time()
    bare.save(path)
    spent += time.process_time() - started
    return {"cpu_seconds": spent, "cells": cells}


def _in_process(*arguments: str) -> Figures:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.workbooks", *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure_workbooks(*, respondents: int = 300, questions: int = 400) -> dict[str, Figures]:
    """Everything about workbooks: the figures and their ratios, by measurement."""
    results: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        small = folder / "gfmd-2007.xlsx"
        results["workbook_2007"] = _in_process("2007", str(small))
        results["workbook_2007_bare"] = _in_process("bare", str(small), str(folder / "b1.xlsx"))
        for name, count in (("half", respondents // 2), ("full", respondents)):
            path = folder / f"{name}.xlsx"
            figures = _in_process("synthetic", str(count), str(questions), str(path))
            bare = _in_process("bare", str(path), str(folder / f"{name}-bare.xlsx"))
            results[f"workbook_synthetic_{name}"] = {
                **figures,
                "respondents": count,
                "questions": questions,
                "bare_cpu_seconds": bare["cpu_seconds"],
                "cells": bare["cells"],
                "ratio_to_bare": figures["cpu_seconds"] / bare["cpu_seconds"],
            }
    half = results["workbook_synthetic_half"]["cpu_seconds"]
    full = results["workbook_synthetic_full"]["cpu_seconds"]
    results["workbook_synthetic_doubling"] = {"ratio": full / half}
    return results


def main(arguments: list[str]) -> None:
    """One measurement, printed as a line of JSON."""
    match arguments:
        case ["2007", path]:
            figures = measure_2007(Path(path))
        case ["synthetic", respondents, questions, path]:
            figures = measure_synthetic(int(respondents), int(questions), Path(path))
        case ["bare", source, path]:
            figures = measure_bare(Path(source), Path(path))
        case _:
            message = "Usage: 2007 FILE | synthetic RESPONDENTS QUESTIONS FILE | bare SOURCE FILE"
            raise SystemExit(message)
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
