"""The one registry of functions: how a function is written, called and checked when it is read."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from questionnaires.datum import Datum, number_of, text_of, truth_of
from questionnaires.functions.signatures import Kind, Signature, read_signature
from questionnaires.meter import Meter
from questionnaires.scope import Scope

_QUOTED_REFERENCE = re.compile(r"\$\{([A-Za-z_][\w.-]*)\}")


class Call(ABC):
    """A function call being evaluated; arguments are evaluated when they are asked for."""

    __slots__ = ()

    @property
    @abstractmethod
    def scope(self) -> Scope:
        """What the expression can see."""

    @property
    @abstractmethod
    def meter(self) -> Meter:
        """What counts the steps of this evaluation."""

    @property
    @abstractmethod
    def place(self) -> str:
        """The expression, and where in it the call is written: no two calls share it."""

    @abstractmethod
    def __len__(self) -> int:
        """How many arguments were given."""

    @abstractmethod
    def datum(self, index: int) -> Datum:
        """The value of an argument, counted from 0."""

    @abstractmethod
    def reference(self, index: int) -> str:
        """The name that an argument refers to, in quotes or not; empty when it is no reference."""

    def has(self, index: int) -> bool:
        """Whether the argument at that place is given."""
        return index < len(self)

    def text(self, index: int) -> str:
        """An argument as text."""
        return text_of(self.datum(index))

    def number(self, index: int) -> float:
        """An argument as a number."""
        return number_of(self.datum(index))

    def truth(self, index: int) -> bool:
        """An argument as true or false."""
        return truth_of(self.datum(index))

    def items(self, index: int) -> list[Datum]:
        """An argument as a node-set: the cells of a column, or the one value itself."""
        datum = self.datum(index)
        return list(datum) if isinstance(datum, list) else [datum]

    def all_items(self, first: int = 0) -> list[Datum]:
        """All arguments from one on as one node-set."""
        return [item for index in range(first, len(self)) for item in self.items(index)]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument as it is written, before anything is evaluated."""

    literal: str | None = None
    """The text between the quotes, when it is nothing but a text in quotes."""
    reference: str = ""
    """The name it refers to, when it is nothing but a reference."""

    @property
    def quoted(self) -> str:
        """The name in a text that is nothing but a reference: ``'${kind}'``; else empty."""
        found = _QUOTED_REFERENCE.fullmatch((self.literal or "").strip())
        return "" if found is None else found[1]


class CallInvalid(ValueError):
    """A call that can be read but never work; ``mend`` says how to write it."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


Body = Callable[[Call], Datum]
Check = Callable[[Sequence[Argument]], None]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the expression language."""

    signature: Signature
    summary: str
    """What it gives, in a line."""
    body: Body
    check: Check | None = None
    """Raises ``CallInvalid`` for arguments that can never work."""
    moves: bool = False
    """Whether it depends on more than its arguments: the day, the value itself, a draw, a row."""

    @property
    def name(self) -> str:
        """Its name, as ODK spells it."""
        return self.signature.name


FUNCTIONS: dict[str, Function] = {}


def function(
    signature: str, summary: str, *, check: Check | None = None, moves: bool = False
) -> Callable[[Body], Body]:
    """Register a function under its ODK name, with what it takes and gives."""

    def register(body: Body) -> Body:
        read = read_signature(signature)
        FUNCTIONS[read.name] = Function(read, summary, body, check, moves)
        return body

    return register


__all__ = [
    "FUNCTIONS",
    "Argument",
    "Call",
    "CallInvalid",
    "Function",
    "Kind",
    "Signature",
    "function",
]
