"""Every row that cannot be read is named with its line and how to mend it."""

from pathlib import Path

import pytest

from app.errors import Invalid
from app.sample.csv_file import CsvRow, read_csv, refuse

COLUMNS = ("key", "lines")


def read(
    path: Path, text: str | bytes
) -> tuple[list[tuple[str, str]], list[tuple[int | None, str]]]:
    file = path / "rows.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)

    def row(one: CsvRow) -> tuple[str, str]:
        return one.text("key"), one.locator("lines")

    found, problems = read_csv(file, COLUMNS, row)
    return found, [(problem.line, problem.message) for problem in problems]


def test_rows_are_read(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "key,lines\na,1-2;5\n\nb,7\n")

    assert found == [("a", "L1-2; L5"), ("b", "L7")]
    assert problems == []


def test_every_fault_is_found_in_one_pass(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "key,lines\n,1\nb,x\nc\nd,4\n")

    assert found == [("d", "L4")]
    assert [line for line, _ in problems] == [2, 3, 4]


def test_line_is_that_on_which_the_row_begins(tmp_path: Path) -> None:
    _, problems = read(tmp_path, 'key,lines\n"a\nb",1\nc,no\n')

    assert [line for line, _ in problems] == [4]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("key;lines\na,1\n", 1, "heading"),
        ("", 1, "heading"),
        ('key,lines\n"a,1\n', 2, "broken"),
        (b"key,lines\n\xff,1\n", 2, "(0xff) that is not UTF-8"),
    ],
)
def test_file_that_is_none_is_refused(
    tmp_path: Path, text: str | bytes, line: int | None, said: str
) -> None:
    _, ((where, message),) = read(tmp_path, text)

    assert where == line
    assert said in message


def test_fault_is_told_with_its_file_and_then_its_line(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("key,lines\na\n")

    _, (problem,) = read_csv(tmp_path / "rows.csv", COLUMNS, lambda row: row)

    assert problem.sentence().startswith("rows.csv, line 2 [unreadable-row] The row has 1 fields")


def test_missing_file_is_named(tmp_path: Path) -> None:
    _, (problem,) = read_csv(tmp_path / "gone.csv", COLUMNS, lambda row: row)

    with pytest.raises(Invalid, match=r"Nothing was loaded\. gone\.csv: The file cannot be read"):
        refuse([problem])


def test_no_problem_is_no_refusal() -> None:
    refuse([])
