"""What a translator sent back: the rows that can be taken, and what is wrong with the others."""

from questionnaires.models import Definition
from questionnaires.problems import Problem
from questionnaires.translation.rows import Remark, ReturnedTranslation, Rows
from questionnaires.translation.sheet import COVER, FORM, SHEET, Head, is_heading
from questionnaires.xlsform.cells import Sheet, Sheets
from questionnaires.xlsform.sheets import read_sheets

__all__ = ["Remark", "ReturnedTranslation", "read_translation"]


def read_translation(definition: Definition, name: str, content: bytes) -> ReturnedTranslation:
    """Read the workbook of a translator for a form; ``name`` is the file's name.

    Every fault is told with its sheet, row and column.
    """
    sheets = read_sheets(name, content)
    if not sheets.sheets:
        return ReturnedTranslation(problems=sheets.problems)
    sheet = _sheet_of(sheets)
    if sheet is None:
        return _refused(
            "no-translation-sheet",
            f"The file has no sheet «{SHEET}» with the columns {Head.ID} and {Head.TRANSLATION}.",
            "Send the workbook that was made for the translation, with its first row.",
        )
    other = _other_form(sheets, definition)
    if other:
        return _refused(
            "other-form",
            f"The workbook is the translation of another form: «{other}», not «{definition.slug}».",
            "Give the form that it was made from.",
        )
    return Rows(definition, sheet, sheets.problems).read()


def _refused(code: str, message: str, mend: str) -> ReturnedTranslation:
    return ReturnedTranslation(problems=(Problem(code=code, message=message, mend=mend),))


def _sheet_of(sheets: Sheets) -> Sheet | None:
    named = sheets.sheet(SHEET)
    candidates = (named, *sheets.sheets) if named is not None else sheets.sheets
    return next((each for each in candidates if _is_translation(each)), None)


def _is_translation(sheet: Sheet) -> bool:
    heads = [cell.text for cell in sheet.rows[0]] if sheet.rows else []
    return all(
        any(is_heading(text, head) for text in heads) for head in (Head.ID, Head.TRANSLATION)
    )


def _other_form(sheets: Sheets, definition: Definition) -> str:
    """The form that the cover names, if that is another one."""
    cover = sheets.sheet(COVER)
    for row in cover.rows if cover is not None else ():
        texts = [cell.text.strip() for cell in row]
        if len(texts) > 1 and texts[0] == FORM and texts[1] != definition.slug:
            return texts[1]
    return ""
