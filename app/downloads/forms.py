"""The form that asks for a file, as browsers send it."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Form
from pydantic import BaseModel, Field

from app.errors import Invalid
from questionnaires.problems import Problem


class ExportForm(BaseModel):
    exporter: Annotated[str, Field(max_length=64)] = ""
    as_of: Annotated[str, Field(max_length=64)] = ""
    """A moment on the round's clock, as a browser's field sends it; empty for now."""

    def moment(self, zone: str, *, now: datetime) -> datetime:
        """The moment that was asked for; raises ``Invalid``."""
        if not self.as_of.strip():
            return now
        try:
            moment = datetime.fromisoformat(self.as_of.strip())
        except ValueError as error:
            raise Invalid(
                [
                    Problem(
                        code="not-a-time",
                        place="as_of",
                        message="This is not a day with a time.",
                        mend="Write it as 2027-03-31T18:00, or leave it empty for now.",
                    )
                ]
            ) from error
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(zone))


ExportInput = Annotated[ExportForm, Form()]
