"""Drafts, their faults and comparisons as they go in and out."""

from datetime import datetime
from typing import Any

from pydantic import Field, JsonValue

from app.api.v1.answer_models import VALUE
from app.api.v1.models import ApiInput, ApiModel, Fault
from app.questionnaires.changed import ComparedVersions
from questionnaires.comparison import Change
from questionnaires.models import MissingCode
from questionnaires.problems import Problem

FILE_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file of a questionnaire; its kind is told by the ending of its name.",
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}

PICTURE_FORM: dict[str, Any] = {
    "requestBody": FILE_FORM["requestBody"]
    | {"description": "A png, jpg, gif or webp of at most 2 MB, as the name in the address ends."}
}


class DraftOut(ApiModel):
    """A questionnaire that was uploaded and not published yet."""

    key: str
    slug: str = Field(description="Empty while the file cannot be read.")
    version: str
    title: str
    file_name: str
    revision: int = Field(description="Goes up with every file and picture; also the ETag.")
    errors: int = Field(description="Faults to be mended before it can be tried or published.")
    warnings: int
    updated_at: datetime


class DraftWithFaults(DraftOut):
    """A draft with everything that was found in its file."""

    problems: list[Fault] = Field(description="Faults and remarks, in the order of the file.")
    not_kept: list[Fault] = Field(description="What the file says and a definition cannot.")
    in_the_way: list[Fault] = Field(
        description="Why it cannot be published though it has no faults: its version, its types, "
        "pictures that are not there."
    )
    may_publish: bool = Field(description="Whether the token's owner may publish it.")


class DraftPictureOut(ApiModel):
    """A picture that the form of a draft shows. Without a type it is not there yet."""

    name: str = Field(examples=["map.png"])
    beside: list[str] = Field(description="The labels that it stands beside.")
    media_type: str | None = Field(examples=["image/png"])
    size: int | None = Field(description="Bytes.")
    sha256: str | None
    taken_over_from: str | None = Field(
        description="The version that has brought it; null for one uploaded with this draft."
    )


class PublicationIn(ApiInput):
    """What is said of a version that is published."""

    notes: str = Field(description="What is new in it and why, in a sentence or two.")


class TestAnswerIn(ApiInput):
    """What a test answer is to be; everything empty removes it."""

    __test__ = False

    value: JsonValue = Field(default=None, description=VALUE)
    missing: MissingCode | None = None
    comment: str = ""
    source: str = ""


class TestAnswerOut(ApiModel):
    """A test answer of the token's owner. It is counted nowhere."""

    __test__ = False

    question: str
    value: JsonValue
    missing: MissingCode | None
    comment: str
    source: str
    saved_at: datetime


class TrialOut(ApiModel):
    """A draft as it is asked, given the test answers of the token's owner."""

    asked: list[str] = Field(description="Names of the questions that are asked, in order.")
    answers: list[TestAnswerOut]
    in_the_way: list[Fault] = Field(description="What would stand in the way of returning it.")


class ChangeOut(ApiModel):
    """What became of one question."""

    question: str = Field(examples=["founding_meeting"])
    code: str = Field(examples=["B2"])
    kind: Change = Field(description="The gravest change.")
    changes: list[Change] = Field(description="Every change there is.")
    refused: bool = Field(description="True for a type that may not change.")
    before: str = Field(description="How the older version words it; empty where it is new.")
    now: str = Field(description="How the newer version words it; empty where it was dropped.")
    sentence: str = Field(description="Whether answers can be compared, in words.")


class ComparisonOut(ApiModel):
    """Two versions compared, question by question, in the order of columns over both."""

    old: str = Field(examples=["2007"])
    new: str = Field(examples=["2026"])
    questions: list[ChangeOut]


class MoveIn(ApiInput):
    """The patch that a running round is to go on with."""

    version: str = Field(max_length=32, examples=["2007.1"])


class MoveOut(ApiModel):
    """What a move to a patch came to."""

    version: str
    begun: int = Field(
        description="Responses that had been begun: they go on with the words they were given to."
    )


def show_faults(problems: tuple[Problem, ...] | list[Problem]) -> list[Fault]:
    """Faults as programs read them."""
    return [Fault(**one.model_dump()) for one in problems]


def show_comparison(compared: ComparedVersions) -> ComparisonOut:
    """A comparison as programs read it."""
    return ComparisonOut(
        old=compared.old.version,
        new=compared.new.version,
        questions=[
            ChangeOut(
                question=one.name,
                code=one.code,
                kind=one.compared.kind,
                changes=list(one.compared.changes),
                refused=one.compared.refused,
                before=one.before,
                now=one.now,
                sentence=one.compared.sentence,
            )
            for one in compared.questions
        ],
    )
