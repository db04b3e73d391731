"""The pictures that a questionnaire shows beside its labels: find them, and hand one out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from fastapi import Response
from sqlmodel import Session, col, select

from app.errors import Damaged, NotFound, TooLarge, UnsupportedFile
from app.questionnaires.models import DraftPicture, VersionPicture
from app.questionnaires.published import version_before
from app.rounds.models import QuestionnaireVersion
from app.services import Services
from app.storage.storage import Storage
from app.storage.types import HEAD_BYTES, check_file
from questionnaires.catalogue import Catalogue
from questionnaires.media import ENDINGS, FOLDER, is_picture_name, picture_names
from questionnaires.models import Definition

MEGABYTE = 1024 * 1024
MOST_BYTES = 2 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is there, and what is known of it."""

    name: str
    media_type: str
    sha256: str
    size: int
    version: str = ""
    """The version that has brought it; empty for one that was given with this one."""
    path: Path | None = None
    """The file, for one that lies beside a definition; the others are in the storage."""


def receive_picture(storage: Storage, *, name: str, stream: BinaryIO) -> Picture:
    """Check an upload and keep it, before any transaction begins.

    Raises ``TooLarge``, and ``UnsupportedFile`` where the content is not what the name says.
    """
    content = stream.read(MOST_BYTES + 1)
    picture = _checked(name, content)
    storage.put_content(content)
    return picture


def pictures_beside(file: Path, definition: Definition) -> Mapping[str, Picture]:
    """The pictures of a definition that lie in ``media`` beside its file; raises as above."""
    found = (file.parent / FOLDER / name for name in sorted(picture_names(definition)))
    return {path.name: _beside(path) for path in found if path.is_file()}


def draft_pictures(
    session: Session, catalogue: Catalogue, draft_id: int, definition: Definition
) -> Mapping[str, Picture]:
    """The pictures of a draft by name: what was uploaded for it, else as in the version before."""
    rows = session.exec(select(DraftPicture).where(DraftPicture.draft_id == draft_id))
    found = {
        **pictures_before(session, catalogue, definition),
        **{row.name: _of_row(row) for row in rows},
    }
    return {name: found[name] for name in sorted(picture_names(definition)) if name in found}


def pictures_before(
    session: Session, catalogue: Catalogue, definition: Definition
) -> Mapping[str, Picture]:
    """The pictures of the version that this one corrects or follows, by name."""
    shown = picture_names(definition)
    if not shown:
        return {}
    corrected = definition.settings.corrects or ""
    try:
        before = version_before(session, catalogue, definition, named=corrected)
    except NotFound:
        return {}
    names = sorted(shown & picture_names(before))
    found = (_of_version(session, catalogue, before, name) for name in names)
    return {picture.name: picture for picture in found if picture is not None}


def version_picture(
    services: Services, session: Session, version: Definition, name: str
) -> Response:
    """A picture of a version by its name; raises ``NotFound`` for what it does not show."""
    found = None
    if name in picture_names(version):
        found = _of_version(session, services.catalogue, version, name)
    return _handed_out(services.storage, found)


def draft_picture(
    services: Services, session: Session, draft_id: int, definition: Definition, name: str
) -> Response:
    """A picture of a draft by its name; raises ``NotFound`` as above."""
    found = draft_pictures(session, services.catalogue, draft_id, definition)
    return _handed_out(services.storage, found.get(name))


def content_of(storage: Storage, picture: Picture) -> bytes:
    """What a picture holds; raises ``NotFound``, and ``Damaged`` where it is not what was kept."""
    if picture.path is not None:
        return picture.path.read_bytes()
    with storage.open(picture.sha256) as stream:
        content = stream.read()
    if hashlib.sha256(content).hexdigest() != picture.sha256:
        raise Damaged(
            f"The picture {picture.name} is not what was uploaded: somebody has changed its file "
            "outside of the service. It is not shown.",
            mend="Restore the folder of uploads from a backup, and find out who could write to it.",
        )
    return content


def _of_version(
    session: Session, catalogue: Catalogue, version: Definition, name: str
) -> Picture | None:
    row = session.exec(
        select(VersionPicture)
        .where(VersionPicture.version_id == col(QuestionnaireVersion.id))
        .where(QuestionnaireVersion.slug == version.slug)
        .where(QuestionnaireVersion.version == version.version)
        .where(VersionPicture.name == name)
    ).one_or_none()
    if row is not None:
        return _of_row(row, version.version)
    path = catalogue.picture(version, name)
    if path is None:
        return None
    try:
        return replace(_beside(path), version=version.version)
    except (TooLarge, UnsupportedFile):
        return None  # what lies there under such a name is no picture


def _of_row(row: DraftPicture | VersionPicture, version: str = "") -> Picture:
    return Picture(row.name, row.media_type, row.sha256, row.size, version)


def _beside(path: Path) -> Picture:
    with path.open("rb") as stream:
        return replace(_checked(path.name, stream.read(MOST_BYTES + 1)), path=path)


def _checked(name: str, content: bytes) -> Picture:
    if not is_picture_name(name):
        raise UnsupportedFile(
            f"«{name[:60]}» cannot be the name of a picture.",
            mend="Pictures are png, jpg, gif or webp files.",
        )
    if len(content) > MOST_BYTES:
        raise TooLarge(
            f"The picture {name} is larger than {MOST_BYTES // MEGABYTE} MB.",
            mend="Save it smaller: a page shows it no wider than some 1000 points.",
        )
    media_type = check_file(name, content[:HEAD_BYTES], taken=ENDINGS)
    return Picture(name, media_type, hashlib.sha256(content).hexdigest(), len(content))


def _handed_out(storage: Storage, picture: Picture | None) -> Response:
    if picture is None:
        raise NotFound("The questionnaire has no such picture.", mend="Load the page again.")
    return Response(content_of(storage, picture), media_type=picture.media_type)
