"""Every dependency is locked to one version and its hashes, wherever it is downloaded from."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[3] / "requirements"


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_requirement_is_one_version_with_its_hashes(name: str) -> None:
    text = (REQUIREMENTS / name).read_text().replace("\\\n", " ")
    locked = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]

    faulty = [
        line.split()[0]
        for line in locked
        if not re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ]

    assert len(locked) > 20
    assert faulty == []
    assert "://" not in text
