"""A definition as a file to take away."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from io import BytesIO

from fastapi.responses import StreamingResponse

from app.web.attachments import attachment
from questionnaires.models import Definition
from questionnaires.writing import to_yaml


class FormFormat(StrEnum):
    """The kinds of file that a definition can be taken away in."""

    YAML = "yaml"


WRITERS: Mapping[FormFormat, Callable[[Definition], bytes]] = {
    FormFormat.YAML: lambda definition: to_yaml(definition).encode(),
}
MEDIA_TYPES = {FormFormat.YAML: "application/yaml"}


def form_file(definition: Definition, kind: FormFormat) -> StreamingResponse:
    """A definition as a file that a browser saves."""
    content = WRITERS[kind](definition)
    return attachment(
        BytesIO(content),
        file_name=f"{definition.slug}-{definition.version}.{kind.value}",
        media_type=MEDIA_TYPES[kind],
        size=len(content),
    )
