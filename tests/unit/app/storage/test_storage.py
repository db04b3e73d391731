"""What is put into the storage is there, whole, under a key that nobody can guess."""

import hashlib
import io
import stat
import threading
from pathlib import Path

import pytest

from app.errors import NotFound, TooLarge
from app.storage.storage import FolderStorage


class BrokenStreamError(Exception):
    """What an upload that breaks off raises."""


class BreaksOff(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        if chunk := super().read(size):
            return chunk
        raise BrokenStreamError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_file_comes_back_as_it_was(folder: Path) -> None:
    storage = FolderStorage(folder)
    content = bytes(range(256)) * 4000

    stored = storage.put(io.BytesIO(content), max_bytes=len(content))

    with storage.open(stored.key) as file:
        assert file.read() == content
    assert stored.size == len(content)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()


def test_file_is_readable_by_this_user_alone(folder: Path) -> None:
    FolderStorage(folder).put(io.BytesIO(b"content"), max_bytes=100)

    (file,) = files(folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_same_content_has_another_key_each_time(folder: Path) -> None:
    storage = FolderStorage(folder)

    keys = {storage.put(io.BytesIO(b"same"), max_bytes=100).key for _ in range(50)}

    assert len(keys) == len(files(folder)) == 50


@pytest.mark.parametrize(("size", "taken"), [(0, True), (100, True), (101, False), (10**6, False)])
def test_file_is_taken_up_to_the_limit(folder: Path, size: int, taken: bool) -> None:
    storage = FolderStorage(folder)

    if taken:
        assert storage.put(io.BytesIO(bytes(size)), max_bytes=100).size == size
    else:
        with pytest.raises(TooLarge):
            storage.put(io.BytesIO(bytes(size)), max_bytes=100)

    assert len(files(folder)) == taken


def test_too_large_says_how_much_is_taken(folder: Path) -> None:
    with pytest.raises(TooLarge, match="larger than 2 MB") as refused:
        FolderStorage(folder).put(io.BytesIO(bytes(3 * 1024**2)), max_bytes=2 * 1024**2)

    assert "link" in refused.value.mend


def test_file_that_breaks_off_leaves_nothing(folder: Path) -> None:
    with pytest.raises(BrokenStreamError):
        FolderStorage(folder).put(BreaksOff(b"half"), max_bytes=100)

    assert files(folder) == []


def test_deleted_file_is_gone(folder: Path) -> None:
    storage = FolderStorage(folder)
    stored = storage.put(io.BytesIO(b"content"), max_bytes=100)

    storage.delete(stored.key)
    storage.delete(stored.key)

    assert files(folder) == []
    with pytest.raises(NotFound):
        storage.open(stored.key)


@pytest.mark.parametrize(
    "key", ["", "..", "../secret.key", "/etc/passwd", "0" * 31, "A" * 32, "0" * 32]
)
def test_key_that_is_none_opens_nothing(folder: Path, key: str) -> None:
    folder.mkdir()
    secret = folder.parent / "secret.key"
    secret.write_text("secret")
    storage = FolderStorage(folder)

    with pytest.raises(NotFound):
        storage.open(key)
    storage.delete(key)

    assert secret.read_text() == "secret"


def test_files_put_at_once_do_not_mix(folder: Path) -> None:
    storage = FolderStorage(folder)
    kept: dict[bytes, str] = {}

    def put(content: bytes) -> None:
        kept[content] = storage.put(io.BytesIO(content), max_bytes=10**6).key

    threads = [threading.Thread(target=put, args=(bytes([n]) * 300_000,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for content, key in kept.items():
        with storage.open(key) as file:
            assert file.read() == content
