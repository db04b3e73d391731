"""What a job is: a row to work on, a workflow id made from it, and how its kind is worked."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Job:
    """One run of work on a row.

    ``workflow_id`` comes from something random in the row, not from its number: numbers come
    again when a database is restored from a backup, and work done once would count as done for
    the new row. Asking for the same job twice runs it once.
    """

    workflow_id: str
    kind: str
    row_id: int
    attempt: int = 0


@dataclass(frozen=True)
class Kind:
    """A kind of job: how many run at once, and the two halves of its work."""

    name: str
    act: Callable[[int, int], str]
    """Takes row and attempt, does what touches the world, and tells in JSON what came of it.
    Once it has returned it is not done again, whatever crashes."""
    record: Callable[[int, int, str], None]
    """Writes down what came of it, in one transaction; harmless when done twice."""
    at_once: int
    """At most so many at the same time in one worker."""
    per_minute: int | None = None
    """At most so many are begun in a minute by all workers; ``None``: no limit."""
    most_crashes: int = 20
    """So many times a run that a crash cut short is taken up again before it counts as failed."""


class Fate(StrEnum):
    """What the workflow of a job came to."""

    UNKNOWN = "unknown"
    """Nobody ever asked for it."""
    UNDER_WAY = "under_way"
    """It waits or runs, or will be taken up by its worker."""
    ENDED = "ended"
    """It returned. A row that still waits was written after that: its outcome is lost."""
    FAILED = "failed"
    """It raised, or crashed its worker too often."""
