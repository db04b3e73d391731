"""The time zones that a survey can keep: IANA's names, the same on every machine."""

from functools import cache
from importlib.resources import files

NO_PLACE = {"Factory"}
"""Stands for «nobody has said which»."""


@cache
def zone_names() -> frozenset[str]:
    """The names of the package ``tzdata``.

    A machine may know others, such as ``localtime``, which means something else on each.
    """
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(listed.split()) - NO_PLACE
