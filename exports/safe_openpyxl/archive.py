"""A zip file whose bytes depend on its contents alone."""

from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

_BLOCK = 1 << 20
_LARGE = 1 << 30
_LEVEL = 5
"""Of compression: a third of the time of zlib's usual 6, for files a seventh larger."""


class StillArchive(ZipFile):
    """A zip whose entries all bear the same time, 1 January 1980, and the same rights."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream, "w", ZIP_DEFLATED, compresslevel=_LEVEL)

    def write(  # type: ignore[override]  # openpyxl gives these two arguments alone
        self, filename: str, arcname: str
    ) -> None:
        """Add a file under a name."""
        path = Path(filename)
        is_large = path.stat().st_size > _LARGE
        with path.open("rb") as source, self.open(arcname, "w", force_zip64=is_large) as target:
            copyfileobj(source, target, _BLOCK)

    def writestr(  # type: ignore[override]  # openpyxl gives these two arguments alone
        self, name: str, data: str | bytes
    ) -> None:
        """Add some bytes under a name."""
        with self.open(name, "w") as target:
            target.write(data.encode() if isinstance(data, str) else data)
