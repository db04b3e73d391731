"""Hand a file out: always to be saved, never shown, by the name it was given."""

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from fastapi.responses import StreamingResponse

CHUNK = 256 * 1024


def attachment(
    stream: BinaryIO, *, file_name: str, media_type: str, size: int
) -> StreamingResponse:
    """A response that a browser saves as a file; the stream is closed at the end."""
    return StreamingResponse(
        _chunks(stream),
        media_type=media_type or "application/octet-stream",
        headers={
            "Content-Disposition": disposition(file_name),
            "Content-Length": str(size),
        },
    )


def disposition(file_name: str) -> str:
    """The header that names a file to save (RFC 6266); other scripts in UTF-8 beside ASCII."""
    plain = "".join(
        character
        if character.isascii() and character.isprintable() and character not in '"\\%'
        else "_"
        for character in file_name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(CHUNK):
            yield chunk
