"""Materials as they go in and out."""

import json
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Literal

from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from app.api.v1.models import REF, ApiInput, ApiModel
from app.errors import Invalid
from app.responses.forms import file_of, text_of, texts_of
from app.responses.models import MaterialKind
from exports.records import Channel
from questionnaires.problems import Problem

EITHER = Problem(
    code="file-and-link",
    message="There is a file and also a link.",
    mend="Add them one after the other.",
    place="url",
)

NOTE_WITH_LINK = Problem(
    code="note-with-link",
    message="A note has no address.",
    mend="Add a link with a note, or the note alone.",
    place="url",
)
LINK_WITHOUT_ADDRESS = Problem(
    code="no-address",
    message="The link has no address.",
    mend="Give the address in «url».",
    place="url",
)


class MaterialIn(ApiInput):
    """A link or a note as JSON; a file comes as ``multipart/form-data``."""

    kind: Literal["link", "note"]
    url: str = Field(default="", examples=["https://www.example.org/report"])
    title: str = ""
    note: str = ""
    questions: list[str] = Field(
        default_factory=list, description="Names of the questions it belongs to."
    )
    channel: Channel | None = Field(
        default=None, description="For users who enter what came by another way."
    )


FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A file or a link, either with a note, or a note by itself.",
        "content": {
            "application/json": {"schema": {"$ref": REF.format(model="MaterialIn")}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "url": {"type": "string", "format": "uri"},
                        "title": {"type": "string"},
                        "note": {"type": "string"},
                        "questions": {
                            "type": "array",
                            "items": {"type": "string"},
                            "description": "Names of the questions it belongs to.",
                        },
                        "channel": {
                            "type": "string",
                            "enum": [channel.value for channel in Channel],
                            "description": "For users who enter what came by another way.",
                        },
                    },
                }
            },
        },
    }
}


class MaterialOut(ApiModel):
    """A file, link or note."""

    key: str
    kind: MaterialKind
    title: str
    note: str
    url: str
    file_name: str
    media_type: str = Field(examples=["application/pdf"])
    size: int = Field(description="Bytes of a file.")
    sha256: str | None
    questions: list[str] = Field(description="Names of the questions it belongs to.")
    added_by: str
    by_analyst: bool
    added_at: datetime
    removed_at: datetime | None = Field(description="When it was taken back. For users alone.")
    file: str | None = Field(description="Address to download a file from.")


def channel_in(text: str) -> Channel | None:
    """The channel that a form names; raises ``Invalid`` for an unknown one."""
    if not text:
        return None
    try:
        return Channel(text)
    except ValueError as error:
        raise Invalid(
            [
                Problem(
                    code="unknown-channel",
                    place="channel",
                    message=f"«{text[:40]}» is no channel.",
                    mend=f"Use one of: {', '.join(channel.value for channel in Channel)}.",
                )
            ]
        ) from error


@dataclass(frozen=True, slots=True)
class SentMaterial:
    """What is said of a material, however it was sent."""

    url: str
    title: str
    note: str
    questions: tuple[str, ...]
    channel: Channel | None


def in_form(form: FormData) -> SentMaterial:
    """What a form says of a material; raises ``Invalid``."""
    url = text_of(form, "url").strip()
    if url and file_of(form, "file") is not None:
        raise Invalid([EITHER])
    return SentMaterial(
        url=url,
        title=text_of(form, "title"),
        note=text_of(form, "note"),
        questions=tuple(texts_of(form).get("questions", ())),
        channel=channel_in(text_of(form, "channel")),
    )


def in_json(body: bytes) -> SentMaterial:
    """What JSON says of a link or a note; refused as every other body of JSON is."""
    try:
        given = MaterialIn.model_validate(json.loads(body.decode()))
    except json.JSONDecodeError as error:
        fault = {"type": "json_invalid", "loc": ("body", error.pos), "ctx": {"error": error.msg}}
        raise RequestValidationError([fault]) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from error
    except ValidationError as error:
        faults = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]
        raise RequestValidationError(faults) from error
    url = given.url.strip()
    if given.kind == "note" and url:
        raise Invalid([NOTE_WITH_LINK])
    if given.kind == "link" and not url:
        raise Invalid([LINK_WITHOUT_ADDRESS])
    return SentMaterial(
        url=url,
        title=given.title,
        note=given.note,
        questions=tuple(given.questions),
        channel=given.channel,
    )
