"""Files that people send: what they say is read, what would harm is refused in plain words."""

import struct
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from questionnaires.problems import Severity
from questionnaires.xlsform.archive import MAX_UNPACKED
from questionnaires.xlsform.cells import Cell, Gathering, Sheets, letters, table_of
from questionnaires.xlsform.sheets import MAX_BYTES, read_sheets
from tests.unit.questionnaires.xlsform.workbooks import SURVEY, Values, changed, part, workbook

HERE = Path(__file__).parent
SHEET = "xl/worksheets/sheet1.xml"


def texts(sheets: Sheets, name: str = "survey") -> list[list[str]]:
    sheet = sheets.sheet(name)
    assert sheet is not None, sheets.problems
    return [[cell.text for cell in row] for row in sheet.rows]


def the_problem(sheets: Sheets) -> tuple[str, str]:
    (problem,) = sheets.problems
    assert problem.mend
    return problem.code, problem.place


def refusal(sheets: Sheets) -> str:
    assert sheets.sheets == ()
    (problem,) = sheets.problems
    assert problem.severity is Severity.ERROR
    assert problem.mend
    return problem.code


# What is read


def test_workbook_is_read_with_the_place_of_each_cell() -> None:
    sheets = read_sheets("form.xlsx", workbook({"survey": SURVEY, "notes": [["free", None, "x"]]}))

    assert texts(sheets) == [["type", "name", "label"], ["text", "size", "How large?"]]
    assert [sheet.name for sheet in sheets.sheets] == ["survey", "notes"]
    assert sheets.sheets[1].rows == ((Cell("free", 1, 1), Cell("x", 1, 3)),)
    assert sheets.problems == ()


def test_numbers_and_truths_are_read_as_they_are_shown() -> None:
    content = workbook({"survey": [[3, 3.0, 0.1, 0.1 + 0.2, 1e20, True, False, -2]]})

    assert texts(read_sheets("form.xlsx", content)) == [
        ["3", "3", "0.1", "0.3", "100000000000000000000", "TRUE", "FALSE", "-2"]
    ]


def test_blank_rows_between_rows_are_passed_over() -> None:
    rows = [SURVEY[0], [], *[[None, "  "]] * 80, SURVEY[1]]

    sheets = read_sheets("form.xlsx", workbook({"survey": rows}))

    assert texts(sheets) == [["type", "name", "label"], ["text", "size", "How large?"]]
    assert sheets.sheets[0].rows[1][0].row == 83


def test_text_of_several_runs_is_read_without_its_reading_aids() -> None:
    content = workbook({"survey": [["x"]]})
    cell = (
        b'<c r="A1" t="inlineStr"><is><r><t>_x000</t></r><r><t>A_</t></r>'
        b'<r><t xml:space="preserve"> a_x000A_b</t></r>'
        b'<rPh sb="0" eb="1"><t>kana</t></rPh></is></c>'
    )
    sheet = part(content, SHEET)
    start, end = sheet.index(b"<c "), sheet.index(b"</c>") + 4

    sheets = read_sheets("a.xlsx", changed(content, {SHEET: sheet[:start] + cell + sheet[end:]}))

    assert texts(sheets) == [["_x000A_ a\nb"]]


def test_shared_texts_are_read() -> None:
    content = workbook({"survey": [["x"]]})
    rels = part(content, "xl/_rels/workbook.xml.rels")
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    parts = {
        "xl/_rels/workbook.xml.rels": rels.replace(
            b"</Relationships>",
            b'<Relationship Id="x" Type="' + kind + b'" Target="texts.xml"/></Relationships>',
        ),
        "xl/texts.xml": b"<sst><si><t>zero</t></si><si><r><t>o</t></r><r><t>ne</t></r></si></sst>",
        SHEET: b"<worksheet><sheetData><row><c t='s'><v>1</v></c><c t='s'><v>0</v></c>"
        b"<c t='s'><v>9</v></c></row></sheetData></worksheet>",
    }

    sheets = read_sheets("form.xlsx", changed(content, parts))

    assert texts(sheets) == [["one", "zero"]]


def test_old_workbook_is_read_as_the_new_one() -> None:
    sheets = read_sheets("form.xls", (HERE / "old.xls").read_bytes())

    assert texts(sheets) == [
        ["type", "name", "label::English (en)", "default", "required"],
        ["integer", "size", "How large?", "3.5", "TRUE"],
        ["date", "day", "Which day?", "2007-07-09"],
        ["text", "words", "ساعة"],
    ]
    assert [(sheet.name, sheet.hidden) for sheet in sheets.sheets] == [
        ("survey", False),
        ("aside", True),
    ]
    assert [(problem.code, problem.place) for problem in sheets.problems] == [
        ("date-in-cell", "survey, row 3, column D"),
        ("merged-cells", "aside, row 1, column A"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "survey\n,type,name,label\n,text,size,How large?\n",
        "\ufeffsurvey;;;\r\n;type;name;label\r\n;text;size;How large?\r\n",
        "survey\t\n\ttype\tname\tlabel\n\ttext\tsize\tHow large?",
        'type,name,label\ntext,size,"How large?"\n',
        "\ufefftype;name;label\ntext;size;How large?\n",
    ],
    ids=["commas", "semicolons", "tabs", "one sheet", "one sheet with semicolons"],
)
def test_values_are_read_however_they_are_set_apart(text: str) -> None:
    sheets = read_sheets("form.csv", text.encode())

    assert texts(sheets) == [["type", "name", "label"], ["text", "size", "How large?"]]
    assert sheets.problems == ()


def test_markdown_is_read_as_tables() -> None:
    text = """\
# a comment
| survey |         |      |            |
| ------ | ------- | ---- | ---------- |
|        | type    | name | label      |
|        | integer | size | one \\| two |
Not a table.
| choices |
"""

    sheets = read_sheets("form.md", text.encode())

    assert texts(sheets) == [["type", "name", "label"], ["integer", "size", "one | two"]]
    assert sheets.sheets[0].rows[1][0] == Cell("integer", 5, 2)
    assert the_problem(sheets) == ("outside-table", "line 6")


def test_rows_before_any_sheet_are_told() -> None:
    sheets = read_sheets("form.csv", b",stray\nsurvey\n,type,name\n,text,a\n")

    assert texts(sheets) == [["type", "name"], ["text", "a"]]
    assert the_problem(sheets) == ("outside-sheet", "file, row 1")


@given(st.binary(max_size=60), st.sampled_from(["a.xlsx", "a.xls", "a.csv", "a.md", "a"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        sheets = read_sheets(name, head + content)

        assert sheets.sheets or sheets.problems


def test_any_damage_to_a_workbook_is_read_or_refused() -> None:
    for content in (workbook({"survey": SURVEY}), (HERE / "old.xls").read_bytes()):
        for place in range(0, len(content), max(1, len(content) // 60)):
            damaged = content[:place] + b"\xff\x00\xfe" + content[place + 3 :]

            sheets = read_sheets("form.xlsx", damaged)

            assert sheets.sheets or sheets.problems


# What is read and told


def test_formula_counts_with_its_stored_value() -> None:
    content = workbook({"survey": [["type", "name"], ["text", "size"]]})
    sheet = part(content, SHEET).replace(
        b'<c r="B2" t="inlineStr"><is><t>size</t></is></c>',
        b'<c r="B2" t="str"><f>"si"&amp;"ze"</f><v>size</v></c>',
    )

    sheets = read_sheets("form.xlsx", changed(content, {SHEET: sheet}))

    assert texts(sheets)[1] == ["text", "size"]
    assert the_problem(sheets) == ("formula", "survey, row 2, column B")


def test_formula_without_a_stored_value_is_an_error() -> None:
    sheets = read_sheets("form.xlsx", workbook({"survey": [["type"], ["=1+1"]]}))

    assert texts(sheets) == [["type"]]
    assert the_problem(sheets) == ("formula-without-value", "survey, row 2, column A")
    assert sheets.problems[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2007, 7, 9), "2007-07-09"),
        (datetime(2007, 7, 9, 12, 30), "2007-07-09T12:30:00"),  # noqa: DTZ001 - as Excel has it
        (date(1900, 1, 31), "1900-01-31"),
    ],
)
def test_date_kept_as_a_number_is_read_as_it_is_shown(value: date, shown: str) -> None:
    sheets = read_sheets("form.xlsx", workbook({"survey": [["default"], [value]]}))

    assert texts(sheets) == [["default"], [shown]]
    assert the_problem(sheets) == ("date-in-cell", "survey, row 2, column A")
    assert shown in sheets.problems[0].message


def test_merged_cells_are_told() -> None:
    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells("B2:C4")

    sheets = read_sheets("form.xlsx", workbook({"survey": SURVEY}, merge))

    assert the_problem(sheets) == ("merged-cells", "survey, row 2, column B")


def test_hidden_sheets_are_read_and_marked() -> None:
    def hide(book: Workbook) -> None:
        book.worksheets[1].sheet_state = "veryHidden"

    sheets = read_sheets("form.xlsx", workbook({"survey": SURVEY, "notes": [["x"]]}, hide))

    assert [sheet.hidden for sheet in sheets.sheets] == [False, True]


def test_errors_in_cells_are_told() -> None:
    content = workbook({"survey": [["type"], ["#N/A"]]})

    sheets = read_sheets("form.xlsx", content)

    assert the_problem(sheets) == ("error-in-cell", "survey, row 2, column A")
    assert sheets.problems[0].severity is Severity.ERROR


def test_thousand_oddities_of_one_kind_are_told_in_fifty() -> None:
    sheets = read_sheets("form.xlsx", workbook({"survey": [[date(2007, 7, 9)]] * 1000}))

    assert len(sheets.problems) == 50
    assert "More cells" in sheets.problems[-1].message


def test_name_that_hides_what_the_file_is_is_told() -> None:
    sheets = read_sheets("form.csv", workbook({"survey": SURVEY}))

    assert texts(sheets)[0] == ["type", "name", "label"]
    assert the_problem(sheets) == ("other-name", "")


# What is refused


def bomb(size: int, *, claimed: int | None = None) -> bytes:
    """An .xlsx with a sheet of ``size`` zeros, which may claim to be smaller."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    content = stream.getvalue()
    if claimed is not None:
        content = content.replace(struct.pack("<L", size), struct.pack("<L", claimed))
    return content


@contextmanager
def most_memory() -> Iterator[Callable[[], int]]:
    """Trace memory: how many bytes were in use at the most."""
    tracemalloc.start()
    try:
        yield lambda: tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def large_bomb() -> bytes:
    """Sixty kilobytes that unpack to sixty megabytes and one."""
    return bomb(MAX_UNPACKED + 1)


def test_zip_bomb_is_refused_before_it_is_unpacked(large_bomb: bytes) -> None:
    with most_memory() as most:
        code = refusal(read_sheets("form.xlsx", large_bomb))

    assert code == "unpacks-too-large"
    assert len(large_bomb) < 100_000
    assert most() < 2_000_000


def test_zip_bomb_that_claims_to_be_small_is_refused() -> None:
    content = workbook({"survey": SURVEY})
    size = len(part(content, SHEET))
    lying = content.replace(struct.pack("<L", size), struct.pack("<L", size - 100))

    assert lying != content
    assert refusal(read_sheets("form.xlsx", lying)) == "damaged-file"


def test_two_parts_of_one_name_are_refused() -> None:
    stream = BytesIO(workbook({"survey": SURVEY}))
    with ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")

    assert refusal(read_sheets("form.xlsx", stream.getvalue())) == "damaged-file"


@pytest.mark.parametrize(
    ("offset", "value", "code"),
    [
        pytest.param(4, 99, "not-a-workbook", id="version of the format to come"),
        pytest.param(6, 0x20, "damaged-file", id="patch of other data"),
        pytest.param(6, 0x1, "encrypted-file", id="password"),
        pytest.param(8, 99, "not-a-workbook", id="unknown compression"),
    ],
)
def test_archive_that_cannot_be_unpacked_is_refused(offset: int, value: int, code: str) -> None:
    content = bytearray(workbook({"survey": SURVEY}))
    # What is said of each part before its content, and again in the directory two bytes later.
    for signature, begins in ((b"PK\x03\x04", offset), (b"PK\x01\x02", offset + 2)):
        at = content.find(signature)
        while at >= 0:
            struct.pack_into("<H", content, at + begins, value)
            at = content.find(signature, at + 4)

    assert refusal(read_sheets("form.xlsx", bytes(content))) == code


def test_macros_under_another_name_are_refused() -> None:
    content = changed(workbook({"survey": SURVEY}), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})

    assert refusal(read_sheets("form.xlsx", content)) == "macros"


def test_macros_in_an_old_workbook_are_refused() -> None:
    content = (HERE / "old.xls").read_bytes() + "_VBA_PROJECT".encode("utf-16-le")

    assert refusal(read_sheets("form.xls", content)) == "macros"


def test_encrypted_workbook_is_refused() -> None:
    # Excel wraps it into the container of an .xls, beside the key.
    names = "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names

    assert refusal(read_sheets("form.xlsx", content)) == "encrypted-file"


@pytest.mark.parametrize("name", ["form.xlsx", "form.xls", "form.xlsm"])
def test_what_is_no_workbook_at_all_is_refused(name: str) -> None:
    assert refusal(read_sheets(name, b"<html>type,name</html>")) == "not-a-workbook"


def test_zip_that_is_no_workbook_is_refused() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")

    assert refusal(read_sheets("form.xlsx", stream.getvalue())) == "not-a-workbook"


@pytest.mark.parametrize(
    "parts",
    [{"xl/workbook.bin": b""}, {"content.xml": b"", "mimetype": b""}, {"word/document.xml": b""}],
    ids=["xlsb", "ods", "docx"],
)
def test_other_formats_are_refused_by_name(parts: dict[str, bytes]) -> None:
    sheets = read_sheets("form.xlsx", changed(workbook({"survey": SURVEY}), parts))

    assert refusal(sheets) == "not-a-workbook"
    assert ".xlsx" in sheets.problems[0].mend


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "https://example.org/">]>',
    ],
)
@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_entities_in_a_part_are_refused(declaration: bytes, name: str) -> None:
    content = workbook({"survey": SURVEY})
    body = part(content, name).removeprefix(b"<?xml version='1.0' encoding='UTF-8'?>")

    sheets = read_sheets("form.xlsx", changed(content, {name: declaration + body}))

    assert refusal(sheets) == "xml-entities"


def test_unknown_way_of_packing_is_refused() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")

    assert refusal(read_sheets("form.xlsx", stream.getvalue())) == "not-a-workbook"


def test_hundred_thousand_rows_are_refused_at_the_first_too_many() -> None:
    rows = b"".join(b"<row><c><v>1</v></c></row>" for _ in range(100_000))
    content = workbook({"survey": SURVEY})
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    long = changed(content, {SHEET: sheet})

    sheets = read_sheets("form.xlsx", long)

    assert refusal(sheets) == "too-many-rows"
    assert f"row {Gathering.MAX_ROWS + 1}" in sheets.problems[0].place


def test_hundred_thousand_lines_of_values_are_refused() -> None:
    content = b"survey\n,type,name\n" + b",text,a\n" * 100_000

    assert refusal(read_sheets("form.csv", content)) == "too-many-rows"


def test_column_far_to_the_right_is_refused() -> None:
    content = workbook({"survey": [[*[None] * Gathering.MAX_COLUMNS, "x"]]})

    assert refusal(read_sheets("form.xlsx", content)) == "too-many-columns"


def test_too_many_sheets_are_refused() -> None:
    content = workbook({str(number): SURVEY for number in range(65)})

    assert refusal(read_sheets("form.xlsx", content)) == "too-many-sheets"


def test_too_large_a_file_is_refused() -> None:
    assert refusal(read_sheets("form.csv", b" " * (MAX_BYTES + 1))) == "file-too-large"


@pytest.mark.parametrize(
    "content",
    ["survey\n,type,name\n,text,taille_é\n".encode("cp1252"), "survey".encode("utf-16")],
)
def test_values_that_are_not_utf_8_are_refused(content: bytes) -> None:
    sheets = read_sheets("form.csv", content)

    assert refusal(sheets) == "not-utf-8"
    assert "UTF-8" in sheets.problems[0].mend


def test_quotation_that_never_ends_is_refused() -> None:
    content = b'survey\n,"' + b"x" * 200_000

    assert refusal(read_sheets("form.csv", content)) == "damaged-file"


@pytest.mark.parametrize(
    "cell",
    [b"<c t='inlineStr'><is><t>%s</t></is></c>", b"<c t='str'><v>%s</v></c>"],
    ids=["text", "value"],
)
def test_endless_cell_is_refused_before_it_is_read(cell: bytes) -> None:
    sheet = b"<worksheet><sheetData><row>" + cell % (b"x" * 30_000_000) + b"</row></sheetData>"
    content = changed(workbook({"survey": SURVEY}), {SHEET: sheet})

    with most_memory() as most:
        code = refusal(read_sheets("form.xlsx", content))

    assert code == "cell-too-long"
    assert most() < 5_000_000


def test_hundreds_of_thousands_of_cells_are_refused() -> None:
    content = b"survey\n" + (b",x" * 390 + b"\n") * 1_000

    assert refusal(read_sheets("form.csv", content)) == "too-much"


def test_file_of_another_kind_is_refused() -> None:
    assert refusal(read_sheets("form.pdf", b"%PDF-1.7")) == "unknown-file"


@pytest.mark.parametrize("name", ["form.csv", "form.md"])
def test_empty_file_is_refused(name: str) -> None:
    assert refusal(read_sheets(name, b"\n\n")) == "empty-file"


# Cells under headings


def test_table_puts_cells_under_their_headings() -> None:
    rows: Values = [
        ["type", " label::French  (fr) ", "Type"],
        ["text", "Taille", "x"],
        [None, None, None, 1],
    ]
    sheet = read_sheets("form.xlsx", workbook({"survey": rows})).sheets[0]

    table = table_of(sheet)

    assert [head.text for head in table.heads] == ["type", "label::French (fr)", "Type"]
    assert table.rows[0].text("label::French (fr)") == "Taille"
    assert [(cell.text, cell.row, cell.column) for cell in table.stray] == [
        ("x", 2, 3),
        ("1", 3, 4),
    ]
    assert [(p.code, p.place) for p in table.problems] == [
        ("duplicate-heading", "survey, row 1, column Type")
    ]


def test_columns_have_letters() -> None:
    assert [letters(number) for number in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
