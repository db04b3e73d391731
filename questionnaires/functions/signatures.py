"""What a function takes and gives, in words that a test, the README and lint all read."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a part of an expression is worth, as far as is known before anybody answers."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "dateTime"
    TIME = "time"
    NODES = "nodes"
    """A table, a column of one, or any reference: what can be counted and summed."""
    ANY = "any"
    """Anything; of a function's result: that of its arguments."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The arguments of a function, and its result."""

    name: str
    fixed: tuple[Kind, ...]
    least: int
    repeated: tuple[Kind, ...]
    """What may follow any number of times, as a group; empty when nothing may."""
    gives: Kind
    written: str
    """As people write it: ``round(number, number?)``."""

    @property
    def most(self) -> int | None:
        """The most arguments; ``None`` when there is no end."""
        return None if self.repeated else len(self.fixed)

    def takes(self, index: int) -> Kind:
        """What the argument at a place, counted from 0, should be."""
        if index < len(self.fixed):
            return self.fixed[index]
        return self.repeated[(index - len(self.fixed)) % len(self.repeated)]

    def accepts(self, count: int) -> bool:
        """Whether so many arguments may be given."""
        if count < self.least or (self.most is not None and count > self.most):
            return False
        return count <= len(self.fixed) or (count - len(self.fixed)) % len(self.repeated) == 0


_WHOLE = re.compile(r"(?P<name>[a-z0-9:-]+)\((?P<takes>[^()]*)\) → (?P<gives>[a-zA-Z]+)")
_ARGUMENT = re.compile(r"\[(?P<group>[^\]]*)\]\*|(?P<kind>[a-zA-Z]+)(?P<mark>[?*+]?)")


def read_signature(text: str) -> Signature:
    """Read ``name(kind, kind?, kind*) → kind``.

    ``?`` may be left out, ``*`` stands for any number and ``+`` for at least one; a group in
    square brackets is repeated as a whole.
    """
    found = _WHOLE.fullmatch(text)
    if found is None:
        raise ValueError(f"«{text}» is not a signature")
    fixed: list[Kind] = []
    repeated: tuple[Kind, ...] = ()
    least = 0
    for argument in _ARGUMENT.finditer(found["takes"]):
        if argument["group"] is not None:
            repeated = tuple(Kind(kind) for kind in argument["group"].split(", "))
            continue
        kind = Kind(argument["kind"])
        match argument["mark"]:
            case "*":
                repeated = (kind,)
            case "+":
                fixed, least, repeated = [*fixed, kind], least + 1, (kind,)
            case mark:
                fixed.append(kind)
                least += mark == ""
    return Signature(
        name=found["name"],
        fixed=tuple(fixed),
        least=least,
        repeated=repeated,
        gives=Kind(found["gives"]),
        written=text.partition(" → ")[0],
    )
