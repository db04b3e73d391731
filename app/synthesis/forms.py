"""The forms of the analysts' work, as browsers send them."""

from typing import Annotated

from fastapi import Form
from pydantic import BaseModel

from app.web.typed import Typed


class CodingForm(BaseModel):
    category: Typed = ""
    rationale: Typed = ""


class StatementForm(BaseModel):
    dimension: Typed = ""
    text: Typed = ""
    basis: Typed = ""
    material: Typed = ""
    """Number of the material it rests on, if any."""
    document: Typed = ""
    locator: Typed = ""


CodingInput = Annotated[CodingForm, Form()]
StatementInput = Annotated[StatementForm, Form()]
