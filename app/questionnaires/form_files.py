"""A definition as a file to take away."""

from enum import StrEnum
from io import BytesIO

from fastapi.responses import Response, StreamingResponse

from app.errors import Conflict
from app.questionnaires.models import QuestionnaireDraft
from app.web.attachments import attachment, disposition
from exports.form_workbook import write_form
from exports.plain_workbook import CellTooLong
from questionnaires.models import Definition
from questionnaires.writing import to_yaml


class FormFormat(StrEnum):
    """The kinds of file that a definition can be taken away in."""

    YAML = "yaml"
    XLSFORM = "xlsx"


MEDIA_TYPES = {
    FormFormat.YAML: "application/yaml",
    FormFormat.XLSFORM: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NAMES = {FormFormat.YAML: "YAML", FormFormat.XLSFORM: "XLSForm (Excel)"}


def form_file(definition: Definition, kind: FormFormat) -> StreamingResponse:
    """A definition as a file that a browser saves.

    Raises ``Conflict`` for a text that no cell of a workbook can hold.
    """
    content = _content(definition, kind)
    return attachment(
        BytesIO(content),
        file_name=f"{definition.slug}-{definition.version}.{kind.value}",
        media_type=MEDIA_TYPES[kind],
        size=len(content),
    )


def _content(definition: Definition, kind: FormFormat) -> bytes:
    if kind is FormFormat.YAML:
        return to_yaml(definition).encode()
    try:
        return write_form(definition)
    except CellTooLong as error:
        raise Conflict(
            f"A workbook cannot hold this questionnaire: {error}", mend="Take it as YAML."
        ) from error


def uploaded_file(draft: QuestionnaireDraft) -> Response:
    """A draft's file, byte for byte as somebody uploaded it."""
    return Response(
        draft.content,
        media_type="application/octet-stream",
        headers={"Content-Disposition": disposition(draft.file_name)},
    )
