"""A zip file whose bytes depend on its contents alone."""

from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST_YEAR = 1980
_UNIX = 3
_READABLE = 0o644 << 16
_BLOCK = 1 << 20


class StillArchive(ZipFile):
    """A zip whose entries all bear the same time and the same rights."""

    def __init__(self, stream: BinaryIO, moment: datetime) -> None:
        super().__init__(stream, "w", ZIP_DEFLATED, allowZip64=True)
        year, month, day, hour, minute, second = moment.timetuple()[:6]
        self._moment = (max(year, _FIRST_YEAR), month, day, hour, minute, second)

    def write(  # type: ignore[override]  # openpyxl gives these two arguments alone
        self, filename: str, arcname: str
    ) -> None:
        """Add a file under a name."""
        entry = self._entry(arcname)
        entry.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(entry, "w") as target:
            copyfileobj(source, target, _BLOCK)

    def writestr(  # type: ignore[override]  # openpyxl gives these two arguments alone
        self, name: str, data: str | bytes
    ) -> None:
        """Add some bytes under a name."""
        super().writestr(self._entry(name), data)

    def _entry(self, name: str) -> ZipInfo:
        entry = ZipInfo(name, self._moment)
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = _UNIX
        entry.external_attr = _READABLE
        return entry
