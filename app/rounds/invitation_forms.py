"""The forms about one invitation, as browsers send them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from fastapi import Form
from pydantic import BaseModel, Field

from app.errors import Invalid
from questionnaires.problems import Problem

LONGEST = 50_000
"""Characters that a field can send; how many are taken is for the services to say."""

Text = Annotated[str, Field(max_length=LONGEST)]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a form that was sent, and what had been typed."""

    action: str
    problems: Sequence[Problem]
    typed: Mapping[str, str] = field(default_factory=dict)


class LinkForm(BaseModel):
    contact: Text = ""
    """Number of the contact the link is for; empty for nobody in particular."""


class ReasonForm(BaseModel):
    reason: Text = ""
    sure: Text = ""


class ExtensionForm(BaseModel):
    last_day: Text = ""
    reason: Text = ""

    def day(self) -> date:
        """The day that was chosen; raises ``Invalid``."""
        try:
            return date.fromisoformat(self.last_day.strip())
        except ValueError as error:
            raise Invalid(
                [
                    Problem(
                        code="not-a-date",
                        place="last_day",
                        message="This is not a day of the calendar.",
                        mend="Write it as year-month-day, such as 2027-03-31.",
                    )
                ]
            ) from error


LinkInput = Annotated[LinkForm, Form()]
ReasonInput = Annotated[ReasonForm, Form()]
ExtensionInput = Annotated[ExtensionForm, Form()]
