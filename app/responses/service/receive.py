"""Receive an upload: check it and keep it, before any transaction begins."""

from dataclasses import dataclass
from typing import BinaryIO

from app.storage.storage import Storage
from app.storage.types import HEAD_BYTES, check_file, clean_name


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that is stored, and not yet part of anything."""

    file_name: str
    media_type: str
    storage_key: str
    sha256: str
    size: int


def receive_file(
    storage: Storage, *, file_name: str, stream: BinaryIO, max_bytes: int
) -> ReceivedFile:
    """Check and store an upload. It may take long, so nobody should hold a transaction meanwhile.

    Raises ``UnsupportedFile`` or ``TooLarge``.
    """
    name = clean_name(file_name)
    media_type = check_file(name, stream.read(HEAD_BYTES))
    stream.seek(0)
    stored = storage.put(stream, max_bytes=max_bytes)
    return ReceivedFile(
        file_name=name,
        media_type=media_type,
        storage_key=stored.key,
        sha256=stored.sha256,
        size=stored.size,
    )
