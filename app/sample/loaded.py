"""What a sample needs of the services, and what it tells when it is loaded."""

from dataclasses import dataclass
from typing import Protocol

from app.clock import Clock
from app.database import Database
from app.storage.storage import Storage
from questionnaires.catalogue import Catalogue

ACTOR = "command"
"""Who loads samples, in the audit log."""


class SampleServices(Protocol):
    """The services that a sample is loaded with."""

    @property
    def database(self) -> Database: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def storage(self) -> Storage: ...
    @property
    def secret(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a sample did."""

    sample: str
    rounds: tuple[str, ...]
    """Slugs of the sample's rounds, the oldest first."""
    already: bool
    """True when all of it was there before, and nothing was changed."""
    respondents: int = 0
    answers: int = 0
    statements: int = 0
    codings: int = 0
    materials: int = 0
    open_round: str | None = None
    """The round that can be answered."""
    respondent: str | None = None
    """Key of the respondent whose link was issued."""
    token: str | None = None
    """Token of one personal link into the open round, when it was issued now."""

    @property
    def sentence(self) -> str:
        """What was done, in a line for a terminal."""
        rounds = " and ".join(self.rounds)
        if self.already:
            return f"The sample {self.sample} is already loaded (rounds {rounds}); nothing changed."
        counts = (
            (self.respondents, "respondents"),
            (self.answers, "answers"),
            (self.materials, "materials"),
            (self.statements, "statements"),
            (self.codings, "codings"),
        )
        told = ", ".join(f"{count:,} {words}" for count, words in counts if count)
        return f"Loaded the sample {self.sample}: rounds {rounds} with {told}."


def row_id(value: int | None) -> int:
    """The number of a row that has been written."""
    if value is None:
        message = "The row is not in the database yet."
        raise ValueError(message)
    return value
