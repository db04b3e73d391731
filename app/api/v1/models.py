"""What every resource of the API shares: strict models, pages of a list, problem details."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from questionnaires.problems import Severity

Item = TypeVar("Item")
REF = "#/components/schemas/{model}"
"""Where the document has a model."""


class ApiModel(BaseModel):
    """A value that goes out; frozen, and with nothing that its documentation does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ApiInput(BaseModel):
    """A value that comes in; a member that nobody knows is a mistake, not a remark."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=200_000)


class Page(ApiModel, Generic[Item]):
    """Some of a list, in an order that does not change while one reads on."""

    items: list[Item]
    next: str | None = Field(
        description="Address of what follows, also in the header Link; null at the end.",
        examples=["/api/v1/rounds?limit=50&cursor=Mg"],
    )


class Fault(ApiModel):
    """One thing to mend."""

    code: str = Field(examples=["wrong-type"])
    message: str = Field(examples=["This answer is not a whole number."])
    mend: str = Field(examples=["Give a whole number."])
    place: str = Field(default="", description="The question, or the path in what was sent.")
    line: int | None = None
    severity: Severity = Severity.ERROR


class ProblemDetails(ApiModel):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(examples=["urn:rapporteur:problem:not-found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    code: str = Field(examples=["not-found"], description="Stable; the last part of the type.")
    detail: str | None = Field(default=None, examples=["There is no round «nowhere»."])
    mend: str | None = Field(default=None, description="What to do about it, for people.")
    problems: list[Fault] | None = Field(default=None, description="Each thing to mend.")
