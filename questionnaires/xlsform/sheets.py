"""The guarded way to the cells of a file that somebody sent: .xlsx, .xls, .csv or .md.

Nothing is worked out, followed or run. What a file claims to be is not believed: its first bytes
say what it is, and it is unpacked and read within limits.
"""

from pathlib import PurePath

from questionnaires.problems import Problem
from questionnaires.xlsform.cells import FileRefused, Sheets, refused, warned
from questionnaires.xlsform.legacy import read_legacy
from questionnaires.xlsform.plain_text import decoded, read_csv, read_markdown
from questionnaires.xlsform.workbook import read_workbook

MAX_BYTES = 10_000_000
KINDS = (".xlsx", ".xls", ".csv", ".md")

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_sheets(name: str, content: bytes) -> Sheets:
    """The sheets of a file. What is refused comes back as one error, and no sheets.

    ``name`` is the file's name, from which comma-separated values are told from Markdown.
    """
    try:
        return _read(name, content)
    except FileRefused as error:
        return Sheets(problems=(error.problem,))


def _read(name: str, content: bytes) -> Sheets:
    suffix = PurePath(name).suffix.lower()
    if len(content) > MAX_BYTES:
        raise FileRefused(
            refused(
                "file-too-large",
                f"The file has {len(content):,} bytes; at most {MAX_BYTES:,} are read.",
                "Save the form alone in a new file, without pictures and data.",
            )
        )
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        return _named(read_workbook(content), suffix, (".xlsx",))
    if content.startswith(_OLD):
        return _named(read_legacy(content), suffix, (".xls",))
    match suffix:
        case ".csv":
            sheets = read_csv(decoded(content, name))
        case ".md":
            sheets = read_markdown(decoded(content, name))
        case _:
            raise FileRefused(_unknown(suffix))
    if not any(sheet.rows for sheet in sheets.sheets):
        raise FileRefused(
            refused(
                "empty-file",
                "There is nothing in the file.",
                "Write the sheet «survey» with the columns type, name and label.",
            )
        )
    return sheets


def _named(sheets: Sheets, suffix: str, suffixes: tuple[str, ...]) -> Sheets:
    if suffix in suffixes:
        return sheets
    problem = warned(
        "other-name",
        f"The name ends in «{suffix}», but the file is an Excel workbook ({suffixes[0]}).",
        f"Name it {suffixes[0]}.",
        "",
    )
    return Sheets(sheets.sheets, (problem, *sheets.problems))


def _unknown(suffix: str) -> Problem:
    if suffix in (".xlsx", ".xlsm"):
        return refused(
            "not-a-workbook",
            "The file is not an Excel workbook, although its name says so.",
            "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx).",
        )
    if suffix == ".xls":
        return refused(
            "not-a-workbook",
            "The file is not an old Excel workbook, although its name says so.",
            "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx).",
        )
    return refused(
        "unknown-file",
        f"Files named «{suffix or 'without an ending'}» are not read.",
        f"Give one of: {', '.join(KINDS)}.",
    )
