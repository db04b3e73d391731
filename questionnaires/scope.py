"""What an expression can see: answers, the value it is about, a choice, a row, and the moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo

from questionnaires.datum import Datum
from questionnaires.meter import Meter

Columns = Mapping[str, Sequence[str]]
"""For each column of a table, its cells in the answered rows, from the top."""
LabelOf = Callable[[str, str], str]
"""Gives the label of a choice: of which question, and which of its choices. Empty: no such."""


def _no_label(_question: str, _choice: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression can see. Who gives nothing but answers and a day gets the rest plain."""

    values: Mapping[str, Datum]
    today: date
    current: Datum = ""
    """The value of the question itself, written as a single full stop."""
    choice: Mapping[str, str] = field(default_factory=dict)
    """The columns of the choice that a ``choice_filter`` is being asked about."""
    now: datetime | None = None
    """The moment, aware, in the round's zone; ``None`` for the beginning of ``today`` in UTC."""
    seed: str = ""
    """What ``random()`` and ``uuid()`` are drawn from: the same for a response at all times."""
    question: str = ""
    """Name of the question that the expression belongs to, so that each draws its own number."""
    columns: Columns = field(default_factory=dict)
    cells: Mapping[str, Datum] = field(default_factory=dict)
    """The cells of that table's row that is being looked at: in it a column is its one cell."""
    row: int = 1
    """Number of the row of a table that is being looked at, from 1."""
    rows: int = 1
    """How many rows that table has."""
    language: str | None = None
    """The language of labels and of the names of months and days."""
    label_of: LabelOf = _no_label
    meter: Meter | None = None
    """What several expressions share for their cost; ``None`` when each stands alone."""

    @property
    def moment(self) -> datetime:
        """What the clock of the round says."""
        return self.now if self.now is not None else datetime.combine(self.today, time(), UTC)

    @property
    def is_affordable(self) -> bool:
        """Whether there is anything left of what the expressions that share it may cost."""
        return self.meter is None or self.meter.left > 0

    @property
    def zone(self) -> tzinfo:
        """The zone in which times without an offset are read and all times are written."""
        return self.moment.tzinfo or UTC
