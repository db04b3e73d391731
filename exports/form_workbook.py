"""A questionnaire as an XLSForm workbook, which spreadsheet people edit and other tools take."""

from datetime import UTC, datetime
from io import BytesIO

from exports.plain_workbook import PlainColumn, PlainRow, PlainSheet, write_workbook
from exports.sheet_content import Look
from questionnaires.models import Definition
from questionnaires.xlsform.layout import FormSheet, form_sheets

_CODES = frozenset(
    {
        *("type", "name", "list_name", "relevant", "constraint", "calculation", "choice_filter"),
        *("default", "trigger", "appearance", "parameters", "published_when", "setting"),
    }
)
"""What programs read: set in letters of one width."""
_WIDTHS = {
    "type": 130,
    "name": 120,
    "list_name": 110,
    "label": 250,
    "hint": 190,
    "guidance_hint": 190,
    "constraint_message": 170,
    "required_message": 170,
    "relevant": 190,
    "constraint": 150,
    "calculation": 190,
    "choice_filter": 150,
    "source": 150,
    "short_label": 130,
    "value": 130,
    "text": 320,
    "form_title": 300,
    "form_id": 150,
    "default_language": 100,
    "parameters": 130,
    "setting": 130,
}
_NARROW = 72.0
_CREATED = datetime(2007, 7, 9, tzinfo=UTC)
"""What stands in the file's properties, whenever it is written: the first meeting of the Forum."""
_FROZEN = {"survey": 2, "panel": 2, "choices": 2}


def write_form(definition: Definition) -> bytes:
    """The workbook of a definition, from which ``questionnaires.xlsform.read_form`` reads it again.

    One definition gives the same bytes at all times. ``CellTooLong`` when a text does not fit.
    """
    title = definition.words(definition.settings.form_title)
    sheets = [_plain(sheet) for sheet in form_sheets(definition)]
    stream = BytesIO()
    write_workbook(sheets, stream, title=f"{title} ({definition.version})", as_of=_CREATED)
    return stream.getvalue()


def _plain(sheet: FormSheet) -> PlainSheet:
    return PlainSheet(
        sheet.name,
        [_column(head) for head in sheet.heads],
        [PlainRow(row, _look(row.get("type", ""))) for row in sheet.rows],
        _FROZEN.get(sheet.name, 0),
    )


def _column(head: str) -> PlainColumn:
    parts = head.split("::")
    key = parts[1] if len(parts) > 1 and parts[0] not in _WIDTHS else parts[0]
    look = Look.FIELD_CODE if key in _CODES else Look.FIELD
    return PlainColumn(head, _WIDTHS.get(key, _NARROW), look)


def _look(kind: str) -> Look | None:
    return Look.FIELD_GROUP if kind.startswith(("begin_", "end_")) else None
