"""Pictures beside labels: files by names without a folder, in ``media`` beside a definition."""

import re
from collections.abc import Collection
from pathlib import Path

from questionnaires.models import Definition, Question
from questionnaires.patches import parts_of
from questionnaires.problems import Problem, Severity

FOLDER = "media"
ENDINGS = ("png", "jpg", "jpeg", "gif", "webp")
"""How the name of a picture may end: what every browser shows."""
_NAME = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_-]{{0,79}}\.(?:{'|'.join(ENDINGS)})")


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


def missing_pictures(
    definition: Definition,
    there: Collection[str],
    *,
    mend: str,
    severity: Severity = Severity.ERROR,
) -> list[Problem]:
    """What to say of each picture that a definition shows and that is not ``there``, once."""
    found: dict[str, Problem] = {}
    for place, part in parts_of(definition):
        if not isinstance(part, Question):
            continue
        for name in part.image.values():
            if name not in there and name not in found:
                found[name] = Problem(
                    code="picture-missing",
                    message=f"«{definition.words(part.label) or part.name}» shows the picture "
                    f"{name}, which is not there.",
                    mend=mend,
                    place=f"{place}/image",
                    severity=severity,
                )
    return list(found.values())
