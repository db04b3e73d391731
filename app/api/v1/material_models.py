"""Materials as they go in and out."""

from datetime import datetime
from typing import Any

from pydantic import Field

from app.api.v1.models import ApiModel
from app.errors import Invalid
from app.responses.models import MaterialKind
from exports.records import Channel
from questionnaires.problems import Problem

EITHER = Problem(
    code="file-and-link",
    message="There is a file and also a link.",
    mend="Add them one after the other.",
    place="url",
)

FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A file or a link, either with a note, or a note by itself.",
        "content": {
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
            }
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
