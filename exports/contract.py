"""The contract of an exporter: a round's snapshot in, a binary stream out."""

from collections.abc import Callable
from typing import BinaryIO, Protocol

from exports.records import ExportProgress, RoundSnapshot

ProgressCallback = Callable[[ExportProgress], None]


class Exporter(Protocol):
    """Turns a snapshot into one file. Same snapshot, same bytes; memory does not grow with rows."""

    name: str
    """What people type: ``annex-b``."""
    title: str
    media_type: str
    suffix: str
    """With the dot: ``.xlsx``."""

    def write(
        self, snapshot: RoundSnapshot, stream: BinaryIO, *, progress: ProgressCallback
    ) -> None:
        """Write the file into ``stream``; call ``progress`` at least once a sheet."""
