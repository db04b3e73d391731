"""XLSForm workbooks in and out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from questionnaires.xlsform.form import ReadForm


def read_form(name: str, content: bytes) -> "ReadForm":
    """Read a form from a file: .xlsx, .xls, .csv or .md, whose ``name`` is given.

    There is a definition if and only if no problem is an error. Every cell that says something is
    in the definition, in ``problems`` or in ``not_kept``.
    """
    # pyxform takes a third of a second to import, and most programs never read a form.
    from questionnaires.xlsform.form import read_form_of  # noqa: PLC0415
    from questionnaires.xlsform.sheets import read_sheets  # noqa: PLC0415

    return read_form_of(name, read_sheets(name, content))
