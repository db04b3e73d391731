"""The key that links and forms are signed with: from the settings, or made once and kept."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from app.errors import AppError
from app.private_files import make_private_folder
from app.settings import Settings

FILE_NAME = "secret.key"
MIN_LENGTH = 32


class UnusableSecret(AppError):
    """The secret key is too short to keep anything secret."""

    code = "unusable-secret"
    title = "The secret key cannot be used"


def load_secret(settings: Settings) -> bytes:
    """The secret key; on the first run it is made and kept, readable by this user alone."""
    given = settings.secret_key.get_secret_value().strip().encode()
    if given:
        return _checked(given, place="RAPPORTEUR_SECRET_KEY")
    place = settings.data_dir / FILE_NAME
    try:
        kept = place.read_bytes()
    except FileNotFoundError:
        kept = _make(place)
    return _checked(kept.strip(), place=str(place))


def _checked(key: bytes, *, place: str) -> bytes:
    if len(key) < MIN_LENGTH:
        raise UnusableSecret(
            f"The secret key in {place} has fewer than {MIN_LENGTH} characters.",
            mend="Put a long random text there. Personal links given out before stop working.",
        )
    return key


def _make(place: Path) -> bytes:
    make_private_folder(place.parent)
    own = place.with_name(f"{FILE_NAME}.{secrets.token_hex(8)}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - made with its mode above
            file.write(secrets.token_urlsafe(48).encode() + b"\n")
            file.flush()
            os.fsync(descriptor)
        # Unlike a rename, a link never replaces the key that another process made meanwhile.
        with suppress(FileExistsError):
            place.hardlink_to(own)
    finally:
        own.unlink()
    return place.read_bytes()
