"""The file that a command writes: it takes its place once it is whole."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedRandom
from pathlib import Path


@contextmanager
def replaced(output: Path) -> Iterator[BufferedRandom]:
    """A file that takes the place of ``output`` once it is whole, and leaves nothing otherwise."""
    if not output.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(output.parent))
    if output.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(output))
    partial = output.with_name(f".{output.name}.{secrets.token_hex(4)}.partial")
    try:
        with _opened(partial, output) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(output)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _opened(partial: Path, output: Path) -> BufferedRandom:
    try:
        return partial.open("x+b")
    except OSError as error:
        # Who asked for the one file has never heard of the other.
        raise OSError(error.errno, error.strerror, str(output)) from error
