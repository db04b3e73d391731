"""Pictures beside labels: files in ``definitions/<slug>/media``, by names without a folder."""

import re
from pathlib import Path

from questionnaires.models import Definition

FOLDER = "media"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(?:png|jpg|jpeg|webp)")


def is_picture_name(name: str) -> bool:
    """Whether a picture can be called so: letters, digits, hyphens, and the ending of a picture."""
    return _NAME.fullmatch(name) is not None


def picture_names(definition: Definition) -> frozenset[str]:
    """The pictures that a definition shows, in any language."""
    panel = definition.panel_by_name.values()
    return frozenset(
        name for question in (*definition.questions, *panel) for name in question.image.values()
    )


def picture_path(root: Path, definition: Definition, name: str) -> Path | None:
    """Where a picture of a definition is, below the folder of all definitions; ``None`` if not."""
    if not is_picture_name(name) or name not in picture_names(definition):
        return None
    path = root / definition.slug / FOLDER / name
    return path if path.is_file() else None
