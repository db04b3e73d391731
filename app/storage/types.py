"""Which files are taken: by the ending of the name, and by what the file begins with."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from app.errors import UnsupportedFile

HEAD_BYTES = 64 * 1024
"""How much of a file's beginning ``check_file`` wants; less when the file is shorter."""
MAX_NAME = 200

Test = Callable[[bytes], bool]


def _begins_with(signature: bytes, *, within: int = 0) -> Test:
    return lambda head: signature in head[: within + len(signature)]


def _is_office_open_xml(part: str) -> Test:
    """A zip file of Microsoft's format whose parts lie in the folder ``part``."""
    own = f"{part}/".encode()
    foreign = {b"word/", b"xl/", b"ppt/"} - {own}

    def test(head: bytes) -> bool:
        names = _names_in_zip(head)
        return any(
            name.startswith((own, b"[Content_Types].xml", b"_rels/")) for name in names
        ) and (not any(name.startswith(tuple(foreign)) for name in names))

    return test


def _is_open_document(kind: str) -> Test:
    """A zip file of the OpenDocument format: its first entry, not compressed, tells its kind."""
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return lambda head: (
        head.startswith(b"PK\x03\x04") and head[30:].startswith(b"mimetype" + media_type)
    )


def _names_in_zip(head: bytes) -> list[bytes]:
    if not head.startswith(b"PK\x03\x04"):
        return []
    names = []
    for entry in re.finditer(rb"PK\x03\x04", head):
        start = entry.start()
        length = int.from_bytes(head[start + 26 : start + 28], "little")
        names.append(head[start + 30 : start + 30 + length])
    return names


def _is_riff(form: bytes) -> Test:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _is_iso_media(*brands: bytes) -> Test:
    """The family of MPEG-4 and QuickTime: the first box tells which member it is."""
    return lambda head: head[4:8] == b"ftyp" and head[8:12] in brands


def _is_mp3(head: bytes) -> bool:
    return head.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"))


def _is_webm(head: bytes) -> bool:
    return head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]


def _is_text(head: bytes) -> bool:
    """Whether it holds no character that text does not hold, whatever its encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    else:
        text = head.decode("latin-1")
    return not any(
        unicodedata.category(character) == "Cc" and character not in "\t\n\r\f\x1a\x85"
        for character in text
        if ord(character) < 0x20  # noqa: PLR2004 - the control characters of ASCII
    )


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file: how it is announced, and how its content is recognised."""

    media_type: str
    test: Test


_COMPOUND = _begins_with(bytes.fromhex("d0cf11e0a1b11ae1"))
_MPEG_4 = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ")
_MICROSOFT = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

TYPES: dict[str, FileType] = {
    "pdf": FileType("application/pdf", _begins_with(b"%PDF-", within=1024)),
    "docx": FileType(f"{_MICROSOFT}.wordprocessingml.document", _is_office_open_xml("word")),
    "xlsx": FileType(f"{_MICROSOFT}.spreadsheetml.sheet", _is_office_open_xml("xl")),
    "pptx": FileType(f"{_MICROSOFT}.presentationml.presentation", _is_office_open_xml("ppt")),
    "odt": FileType(f"{_OPEN}.text", _is_open_document("text")),
    "ods": FileType(f"{_OPEN}.spreadsheet", _is_open_document("spreadsheet")),
    "odp": FileType(f"{_OPEN}.presentation", _is_open_document("presentation")),
    "doc": FileType("application/msword", _COMPOUND),
    "xls": FileType("application/vnd.ms-excel", _COMPOUND),
    "rtf": FileType("application/rtf", _begins_with(b"{\\rtf")),
    "txt": FileType("text/plain", _is_text),
    "csv": FileType("text/csv", _is_text),
    "png": FileType("image/png", _begins_with(b"\x89PNG\r\n\x1a\n")),
    "jpg": FileType("image/jpeg", _begins_with(b"\xff\xd8\xff")),
    "jpeg": FileType("image/jpeg", _begins_with(b"\xff\xd8\xff")),
    "gif": FileType("image/gif", lambda head: head.startswith((b"GIF87a", b"GIF89a"))),
    "webp": FileType("image/webp", _is_riff(b"WEBP")),
    "mp3": FileType("audio/mpeg", _is_mp3),
    "m4a": FileType("audio/mp4", _is_iso_media(b"M4A ")),
    "ogg": FileType("audio/ogg", _begins_with(b"OggS")),
    "wav": FileType("audio/wav", _is_riff(b"WAVE")),
    "mp4": FileType("video/mp4", _is_iso_media(*_MPEG_4)),
    "mov": FileType("video/quicktime", _is_iso_media(b"qt  ")),
    "webm": FileType("video/webm", _is_webm),
}
"""What is taken, by the ending of the name. No archives, programs, web pages or macros."""


def endings_of(kind: str) -> tuple[str, ...]:
    """The endings of ``image``, ``audio`` or ``video`` files; all that are taken for ``file``."""
    return tuple(
        ending
        for ending, found in TYPES.items()
        if kind == "file" or found.media_type.startswith(f"{kind}/")
    )


def check_file(file_name: str, head: bytes, *, taken: Collection[str] = TYPES) -> str:
    """The media type of a file that is taken, from its name and its first ``HEAD_BYTES``.

    ``taken`` are the endings that may be sent there. Raises ``UnsupportedFile`` for any other,
    where the content is not what the ending says, and for an empty file.
    """
    ending = PurePosixPath(clean_name(file_name)).suffix.lower().removeprefix(".")
    kind = TYPES.get(ending) if ending in taken else None
    if kind is None:
        said = f"Files of the type .{ending}" if ending else "Files without an ending"
        raise UnsupportedFile(f"{said} are not taken.", mend=_what_is(taken))
    if not head:
        raise UnsupportedFile("The file is empty.", mend="Choose the file again.")
    if not kind.test(head):
        raise UnsupportedFile(
            f"The file is called .{ending}, but its content is something else.",
            mend=f"Open it and save it again as .{ending}. {_what_is(taken)}",
        )
    return kind.media_type


def clean_name(file_name: str) -> str:
    """The name of a file as it is kept and shown: no folders, no invisible characters."""
    last = re.split(r"[/\\]", file_name)[-1]
    # Characters that turn the direction of text could make one ending look like another.
    visible = "".join(
        char for char in last if char.isspace() or not unicodedata.category(char).startswith("C")
    )
    spaced = " ".join(unicodedata.normalize("NFC", visible).split())
    tidy = re.sub(r'[<>:"|?*]', "-", spaced).strip(". ")
    if len(tidy) > MAX_NAME:
        ending = PurePosixPath(tidy).suffix[:MAX_NAME]
        tidy = (tidy[: MAX_NAME - len(ending)] + ending).strip(". ")
    return tidy or "file"


def _what_is(taken: Collection[str]) -> str:
    return f"Taken are: {', '.join(taken)}."
