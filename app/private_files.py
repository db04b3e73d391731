"""Files and folders that are the service's own, and nobody else's on its machine."""

import os
from contextlib import suppress
from pathlib import Path


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those it stands in, where they are missing."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        # One by one: of several made at once, only the last would get the mode.
        each.mkdir(mode=0o700, exist_ok=True)


def make_private_file(file: Path) -> None:
    """Make a file with its folder; one that is there keeps the permissions its owner gave it."""
    make_private_folder(file.parent)
    # One that is there is not even opened: to close it would give up every lock that this process
    # holds on it, which SQLite and the workers' own locks live by.
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
