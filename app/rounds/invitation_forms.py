"""The forms about one invitation, as browsers send them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from fastapi import Form
from pydantic import BaseModel

from app.errors import Invalid
from app.web.typed import Typed
from questionnaires.problems import Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a form that was sent, and what had been typed."""

    action: str
    problems: Sequence[Problem]
    typed: Mapping[str, str] = field(default_factory=dict)

    def at(self, action: str, place: str) -> Sequence[Problem]:
        """The problems of one field of one form."""
        if action != self.action:
            return ()
        return [problem for problem in self.problems if problem.place == place]


class LinkForm(BaseModel):
    contact: Typed = ""
    """Number of the contact the link is for; empty for nobody in particular."""
    revoke_others: Typed = ""


class ReasonForm(BaseModel):
    reason: Typed = ""
    sure: Typed = ""


class ExtensionForm(BaseModel):
    last_day: Typed = ""
    reason: Typed = ""

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
