"""What a respondent says to one question: a value or a missing code, with its remarks."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from questionnaires.models import MissingCode


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees: north and east are positive."""

    latitude: int | float
    longitude: int | float


Scalar = str | int | float
Entry = Scalar | tuple[str, ...]
Row = Mapping[str, Entry]
Value = Scalar | Point | tuple[str, ...] | tuple[Row, ...]
"""By type of question: text, date, time and dateTime (ISO), select_one, acknowledge («OK») and the
uploads (material keys, comma-separated) are ``str``; integer ``int``; decimal and range ``float``
or ``int``; geopoint a ``Point``; select_multiple and rank a tuple of choice names; repeat a tuple
of rows from column name to entry."""


class Answer(BaseModel):
    """One answer. ``value`` and ``missing`` are never both given; neither means left empty."""

    model_config = ConfigDict(frozen=True)

    value: Value | None = None
    missing: MissingCode | None = None
    comment: str = ""
    source: str = ""
    """Where the respondent has it from, in its own words."""


Answers = Mapping[str, Answer]
"""The answers of one response by question name; a question never touched is not in it."""
