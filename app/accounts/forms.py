"""The forms of accounts, as browsers send them."""

from typing import Annotated

from fastapi import Form
from pydantic import BaseModel, Field

from app.web.typed import Typed


class SignInForm(BaseModel):
    """What the sign-in page sends; nothing here is refused for its shape, only for being wrong."""

    email: str = Field(default="", max_length=1000)
    password: str = Field(default="", max_length=1000)
    next: str = Field(default="", max_length=2000)


class TokenForm(BaseModel):
    """What the page of API tokens sends."""

    name: Typed = ""
    scope: str = Field(default="read", pattern="^(read|write|tokens)$")
    days: int = Field(default=90, ge=0, le=365)
    """0: until it is revoked."""


SignInInput = Annotated[SignInForm, Form()]
TokenInput = Annotated[TokenForm, Form()]
