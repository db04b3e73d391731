"""The order of a questionnaire's versions: which of two is the newer."""

import re

Age = tuple[tuple[int, int | str], ...]


def age(version: str) -> Age:
    """Sort key, the oldest first: numbers count as numbers, so that 2.10 comes after 2.9."""
    parts = re.findall(r"\d+|[A-Za-z]+", version)
    return tuple((1, int(part)) if part.isdigit() else (0, part) for part in parts)


def is_newer(version: str, than: str) -> bool:
    """Whether a version comes after another."""
    return age(version) > age(than)
