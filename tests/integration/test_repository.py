"""What no tracked file may hold: where packages are downloaded from, and this machine's folders."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Written in parts, so that this file does not hold them either.
DOWNLOAD_ADDRESS = re.compile(
    "|".join(("index-" + "url", "files." + "pythonhosted", "pypi" + r"\.org/simple"))
)


def list_tracked_files() -> list[Path]:
    listing = subprocess.run(
        # The files may belong to somebody else, as in a container.
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def find(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for file in list_tracked_files()
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_tracked_files_hold_no_download_address() -> None:
    # The lock's own option, which keeps the address out, is the one exception.
    found = [line for line in find(DOWNLOAD_ADDRESS) if "--no-emit-" not in line]

    assert found == []


def test_tracked_files_hold_no_path_of_a_machine() -> None:
    homes = r"/(home|Users|roo[t])/\w+"
    # A checkout right below / has a name that could mean anything.
    checkout = f"|{re.escape(str(ROOT))}\\b" if len(ROOT.parts) > 2 else ""

    assert find(re.compile(rf"(?<![\w.])({homes}{checkout})")) == []
