"""Answers as they go in and out."""

from datetime import datetime

from pydantic import Field, JsonValue

from app.api.v1.models import ApiInput, ApiModel, ProblemDetails
from exports.records import Channel
from questionnaires.marks import Mark
from questionnaires.models import MissingCode, QuestionType

VALUE = (
    "By type of question: text, date, time and dateTime (ISO 8601, dateTime with its offset) and "
    "select_one a string; integer, decimal and range a number; acknowledge OK; geopoint an object "
    "with latitude and longitude in degrees; select_multiple and rank a list of names of choices; "
    "repeat a list of objects from column to cell; file, image, audio and video the keys of "
    "materials, separated by commas. null: no value."
)


class Content(ApiModel):
    """What is said to a question."""

    value: JsonValue = Field(description=VALUE, examples=["referred_to"])
    missing: MissingCode | None = Field(
        description="What is said instead of a value: does not apply, don't know, declined."
    )
    text: str = Field(description="The same in words.", examples=["Yes, it is referred to"])
    comment: str
    source: str = Field(description="Where the respondent has it from, in its own words.")


class AnswerOut(Content):
    """The present answer to one question of the form."""

    question: str = Field(examples=["md_founding"])
    type: QuestionType
    code: str = Field(description="Number of the question as people see it.", examples=["C1"])
    label: str
    asked: bool = Field(description="Whether it is asked, given the other answers.")
    mark: Mark = Field(description="Why there is a value, or why there is none.")
    personal: bool = Field(description="Personal data: the value is null for who may not see it.")
    revision: int = Field(description="0 when it was never answered.")
    editor: str | None = Field(examples=["focal point"])
    edited_at: datetime | None
    channel: Channel | None


class AnswerIn(ApiInput):
    """What an answer is to be."""

    value: JsonValue = Field(default=None, description=VALUE, examples=["referred_to"])
    missing: MissingCode | None = Field(default=None, description="Instead of a value.")
    comment: str | None = Field(default=None, description="null leaves it as it is.")
    source: str | None = Field(default=None, description="null leaves it as it is.")
    channel: Channel | None = Field(
        default=None,
        description="For users who enter what came by another way; a respondent's is the web.",
    )


class RevisionOut(Content):
    """One save of an answer."""

    number: int = Field(description="Place in the history of this answer, from 1.")
    revision: int = Field(description="What it became; for a refused one, what it was based on.")
    accepted: bool = Field(description="False: refused, because somebody else had saved meanwhile.")
    editor: str
    at: datetime
    channel: Channel


class StaleProblem(ProblemDetails):
    """A save that was based on an older revision: both texts, and who was first."""

    mine: Content | None = Field(default=None, description="What was sent.")
    theirs: Content | None = Field(default=None, description="What is stored.")
    revision: int | None = Field(default=None, description="Revision of what is stored.")
    editor: str | None = Field(default=None, description="Who saved it.")
    edited_at: datetime | None = None
