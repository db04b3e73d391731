"""What other XLSForm tools make of a definition, as pyxform speaks for them."""

from questionnaires.models import Definition
from questionnaires.xlsform.dialect import Written, verdict
from questionnaires.xlsform.layout import form_sheets

_THEIRS = ("survey", "choices", "settings")


def others_say(definition: Definition) -> tuple[str, ...]:
    """The warnings of pyxform for the workbook of a definition, and why it refuses it, if so."""
    sheets = {
        sheet.name: Written(sheet.heads, sheet.rows)
        for sheet in form_sheets(definition)
        if sheet.name in _THEIRS
    }
    warnings, refusal = verdict(sheets)
    return (*warnings, refusal) if refusal else warnings
