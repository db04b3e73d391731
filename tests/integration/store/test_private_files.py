"""Files that are the service's own."""

import fcntl
import subprocess
import sys
from pathlib import Path

from app.private_files import make_private_file

TRY_TO_LOCK = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(3)
"""


def test_file_that_is_missing_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "var" / "data" / "file"

    make_private_file(file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_file_that_is_there_keeps_its_permissions_and_what_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("kept")
    file.chmod(0o640)

    make_private_file(file)

    assert (file.read_text(), file.stat().st_mode & 0o777) == ("kept", 0o640)


def test_file_that_is_there_stays_locked(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")

    with file.open("r+b") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        make_private_file(file)
        tried = subprocess.run([sys.executable, "-c", TRY_TO_LOCK, file], check=False)

    assert tried.returncode == 3
