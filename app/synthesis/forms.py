"""The forms of the analysts' work, as browsers send them."""

from typing import Annotated

from fastapi import Form
from pydantic import BaseModel, Field

LONGEST = 50_000
"""Characters that a field can send; how many are taken is for the services to say."""

Text = Annotated[str, Field(max_length=LONGEST)]


class CodingForm(BaseModel):
    category: Text = ""
    rationale: Text = ""


class StatementForm(BaseModel):
    dimension: Text = ""
    text: Text = ""
    basis: Text = ""
    material: Text = ""
    """Number of the material it rests on, if any."""
    document: Annotated[str, Field(max_length=500)] = ""
    locator: Annotated[str, Field(max_length=200)] = ""


CodingInput = Annotated[CodingForm, Form()]
StatementInput = Annotated[StatementForm, Form()]
