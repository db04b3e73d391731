"""The parts of an .xlsx file, unpacked no further than a questionnaire can need."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from posixpath import normpath
from types import TracebackType
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from questionnaires.xlsform.cells import FileRefused, refused

MAX_UNPACKED = 60_000_000
"""Bytes of all parts together. A form of 1,000 questions in six languages unpacks to 3,000,000."""
MAX_PARTS = 2_000
_BLOCK = 1 << 16
_ENCRYPTED = 0x1
_UNREADABLE = (
    BadZipFile,
    ValueError,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
)
"""What ``zipfile`` raises for a file that is no archive or is damaged.

``RuntimeError`` is its word for a version of the format that it does not know, for a part that is a
patch of other data, and for one that needs a password.
"""
_SAVE_AS = "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."


class Archive:
    """An .xlsx as a bundle of parts; use it as a context."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except _UNREADABLE as error:
            raise _not_a_workbook() from error
        self._left = MAX_UNPACKED
        self._entries = {entry.filename.lstrip("/"): entry for entry in self._zip.infolist()}
        self._check()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def blocks(self, name: str) -> Iterator[bytes]:
        """A part, a block at a time; what it holds is counted, not what it claims to hold."""
        entry = self._entries.get(name)
        if entry is None:
            raise _not_a_workbook()
        try:
            with self._zip.open(entry) as part:
                yield from self._counted(part)
        except _UNREADABLE as error:
            raise damaged(name) from error

    def _counted(self, part: IO[bytes]) -> Iterator[bytes]:
        while block := part.read(_BLOCK):
            self._left -= len(block)
            if self._left < 0:
                raise _too_large()
            yield block

    def _check(self) -> None:
        if len(self._entries) < len(self._zip.infolist()):
            raise FileRefused(
                refused(
                    "damaged-file",
                    "The file holds two parts of one name, so programs would read different forms "
                    "in it.",
                    _SAVE_AS,
                )
            )
        names = {name.casefold() for name in self._entries}
        if "xl/workbook.bin" in names:
            raise _other_format("a binary workbook (.xlsb)")
        if "content.xml" in names and "mimetype" in names:
            raise _other_format("an OpenDocument file")
        if "word/document.xml" in names:
            raise _other_format("a text document")
        if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
            raise FileRefused(
                refused(
                    "macros",
                    "The workbook holds macros, which are programs; such files are not taken.",
                    "Save it as an Excel workbook (.xlsx) without macros.",
                )
            )
        if any(entry.flag_bits & _ENCRYPTED for entry in self._entries.values()):
            raise encrypted()
        if any(
            entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
            for entry in self._entries.values()
        ):
            raise _not_a_workbook()
        unpacked = sum(entry.file_size for entry in self._entries.values())
        if unpacked > MAX_UNPACKED or len(self._zip.infolist()) > MAX_PARTS:
            raise _too_large()


def resolved(base: str, target: str) -> str:
    """The name of a part to which another part refers."""
    if target.startswith("/"):
        return normpath(target).lstrip("/")
    folder = base.rpartition("/")[0]
    return normpath(f"{folder}/{target}").lstrip("/")


def encrypted() -> FileRefused:
    """The file opens with a password alone."""
    return FileRefused(
        refused(
            "encrypted-file",
            "The workbook is protected by a password, so nobody else can read it.",
            "Save it again without a password (File, Info, Protect Workbook in Excel).",
        )
    )


def damaged(part: str) -> FileRefused:
    """A part of the file is not what it has to be."""
    return FileRefused(
        refused("damaged-file", f"The file is damaged: its part {part} cannot be read.", _SAVE_AS)
    )


def _not_a_workbook() -> FileRefused:
    return FileRefused(
        refused("not-a-workbook", "The file is not an Excel workbook, whatever its name.", _SAVE_AS)
    )


def _other_format(what: str) -> FileRefused:
    return FileRefused(refused("not-a-workbook", f"The file is {what}.", _SAVE_AS))


def _too_large() -> FileRefused:
    return FileRefused(
        refused(
            "unpacks-too-large",
            f"The file would unpack to more than {MAX_UNPACKED // 1_000_000} million bytes, as no "
            "questionnaire does.",
            "Save the form alone in a new workbook, without pictures and data.",
        )
    )
