"""The form that asks for a file, as browsers send it."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Form
from pydantic import BaseModel, Field

from app.synthesis.as_of import read_as_of


class ExportForm(BaseModel):
    exporter: Annotated[str, Field(max_length=64)] = ""
    as_of: Annotated[str, Field(max_length=64)] = ""
    """A moment on the round's clock, as a browser's field sends it; empty for now."""

    def moment(self, zone: str, *, now: datetime) -> datetime:
        """The moment that was asked for; raises ``Invalid``."""
        if not self.as_of.strip():
            return now
        return read_as_of(self.as_of, zone=ZoneInfo(zone))


ExportInput = Annotated[ExportForm, Form()]
