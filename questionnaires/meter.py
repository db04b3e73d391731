"""What working out an expression may cost, counted in steps and never in seconds."""

MAX_STEPS = 400_000
"""Steps of one expression: some tenths of a second on a slow machine."""
MAX_FORM_STEPS = 2_000_000
"""Steps of all expressions of a form together, for one way through it: some seconds at most."""
MAX_TEXT = 100_000
"""Characters of a text that an expression may put together: as long as an answer may be."""
MAX_FORM_TEXT = 2_000_000
"""Characters of all texts that the expressions of a form give, for one way through it."""

_CHARACTERS_A_STEP = 64


class Unaffordable(ArithmeticError):
    """The expression would cost more than it may; what it gives then is nothing."""


class Meter:
    """Counts steps down: a part of an expression, an item of a list or 64 characters cost one.

    Whatever a part gives is counted where it is given, so that no function or operator can read it
    for nothing. Beside them it counts the characters of the texts that expressions give, since
    these are kept.
    """

    __slots__ = ("left", "room")

    def __init__(self, steps: int = MAX_FORM_STEPS, room: int = MAX_FORM_TEXT) -> None:
        self.left = steps
        self.room = room

    def spend(self, steps: int = 1) -> None:
        """Take steps; ``Unaffordable`` when there are not so many left."""
        self.left -= steps
        if self.left < 0:
            raise Unaffordable

    def read(self, text: str) -> str:
        """Take the steps that reading a text costs, and give it back."""
        if len(text) >= _CHARACTERS_A_STEP:
            self.spend(len(text) // _CHARACTERS_A_STEP)
        return text

    def keep(self, text: str) -> None:
        """Take the room for a text that an expression gives; ``Unaffordable`` without it."""
        if len(text) > self.room:
            raise Unaffordable
        self.room -= len(text)

    def check_length(self, characters: int) -> None:
        """Refuse to put together a text that is longer than an answer may be."""
        if characters > MAX_TEXT:
            raise Unaffordable
