"""What keeps files: a protocol, and the folder that a single machine needs."""

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from app.errors import NotFound, TooLarge
from app.private_files import make_private_folder

KEY = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")
"""Random, or the sha256 of what is kept."""
CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is kept: the key to find it by, and what was read."""

    key: str
    sha256: str
    size: int


class Storage(Protocol):
    """Keeps files under random keys, or under their sha256. What ``put`` returned survives a crash.

    Several rows may speak of what is kept under its sha256, so nobody deletes it for one of them.
    """

    def put(self, stream: BinaryIO, *, max_bytes: int) -> Stored:
        """Keep all that the stream holds. Raises ``TooLarge`` and then keeps nothing."""
        ...

    def put_content(self, content: bytes) -> Stored:
        """Keep something under its sha256: the same content is kept once, whoever hands it in."""
        ...

    def open(self, key: str) -> BinaryIO:
        """The file of a key, to be read and closed. Raises ``NotFound``."""
        ...

    def delete(self, key: str) -> None:
        """Remove the file of a key; nothing happens when it is gone already."""
        ...


class FolderStorage:
    """Files in a folder of this machine, spread over 256 folders below it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, stream: BinaryIO, *, max_bytes: int) -> Stored:
        """Keep all that the stream holds. Raises ``TooLarge`` and then keeps nothing."""
        return self._put(secrets.token_hex(16), stream, max_bytes=max_bytes)

    def put_content(self, content: bytes) -> Stored:
        """Keep something under its sha256: the same content is kept once, whoever hands it in."""
        # It is written anew where it is there already: a file that was damaged is mended so.
        key = hashlib.sha256(content).hexdigest()
        return self._put(key, BytesIO(content), max_bytes=len(content))

    def _put(self, key: str, stream: BinaryIO, *, max_bytes: int) -> Stored:
        place = self._place(key)
        make_private_folder(place.parent)
        partial = place.with_name(f"{key}.{secrets.token_hex(4)}.partial")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 - made with its mode above
                stored = _copy(stream, file, key=key, max_bytes=max_bytes)
                file.flush()
                os.fsync(descriptor)
            partial.replace(place)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        _keep_names(place.parent)
        _keep_names(self._folder)
        return stored

    def open(self, key: str) -> BinaryIO:
        """The file of a key, to be read and closed. Raises ``NotFound``."""
        if KEY.fullmatch(key) is None:
            raise _not_there()
        try:
            return self._place(key).open("rb")
        except FileNotFoundError as error:
            raise _not_there() from error

    def delete(self, key: str) -> None:
        """Remove the file of a key; nothing happens when it is gone already."""
        if KEY.fullmatch(key) is not None:
            self._place(key).unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        return self._folder / key[:2] / key


def _copy(stream: BinaryIO, file: BinaryIO, *, key: str, max_bytes: int) -> Stored:
    digest = hashlib.sha256()
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge(
                f"The file is larger than {max_bytes // 1024**2} MB, the most that is taken here.",
                mend="Send a smaller file, or give a link to where it can be found.",
            )
        digest.update(chunk)
        file.write(chunk)
    return Stored(key=key, sha256=digest.hexdigest(), size=size)


def _keep_names(folder: Path) -> None:
    # A file is safe when its bytes are on the disk, and its name in the folder too.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _not_there() -> NotFound:
    return NotFound("This file is not there, or not there any more.")
