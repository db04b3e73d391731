"""The same snapshot gives the same bytes in every process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROGRAM = """
from hashlib import sha256
from tests.unit.exports.rounds import invented_round
from tests.integration.exports.workbooks import exported

data = exported(invented_round(5, previous=invented_round(4, seed=3, year=2028)))
print(sha256(data).hexdigest())
"""


def digest(*, hash_seed: str, zone: str) -> str:
    """The digest of a workbook made by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_bytes_depend_neither_on_hashing_nor_on_the_zone_of_the_machine() -> None:
    first = digest(hash_seed="1", zone="UTC")

    assert len(first) == 64
    assert digest(hash_seed="2", zone="Pacific/Auckland") == first
