"""Sheets of cells with their places, whatever kind of file they were read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from questionnaires.problems import Problem, Severity

MAX_CELL = 40_000
"""Characters. Excel and LibreOffice keep 32,767 units of them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says, as text."""

    text: str
    row: int
    """As the spreadsheet numbers it, from 1."""
    column: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet that say something, row by row."""

    name: str
    rows: tuple[tuple[Cell, ...], ...] = ()
    """Rows with at least one cell that is not blank, from the top; cells from the left."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheets:
    """A file of sheets, and what was odd about it. With an error there are no sheets."""

    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """The first sheet of that name, in whatever case; ``None`` when there is none."""
        wanted = name.casefold()
        return next((each for each in self.sheets if each.name.strip().casefold() == wanted), None)


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the headings: its cells by heading."""

    number: int
    cells: Mapping[str, Cell] = field(hash=False)

    def text(self, head: str) -> str:
        """What the row says under a heading, without spaces around it; empty if nothing."""
        cell = self.cells.get(head)
        return cell.text.strip() if cell is not None else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet under its headings, which are its first row that says something."""

    sheet: str
    heads: tuple[Cell, ...] = ()
    rows: tuple[Row, ...] = ()
    stray: tuple[Cell, ...] = ()
    """Cells under no heading."""
    problems: tuple[Problem, ...] = ()


def table_of(sheet: Sheet) -> Table:
    """Put the cells of a sheet under its headings; a heading that stands twice is a fault."""
    if not sheet.rows:
        return Table(sheet.name)
    heads = tuple(Cell(_heading(cell.text), cell.row, cell.column) for cell in sheet.rows[0])
    by_column: dict[int, str] = {}
    first: dict[str, Cell] = {}
    problems: list[Problem] = []
    for head in heads:
        key = head.text.casefold()
        if key in first:
            problems.append(
                Problem(
                    code="duplicate-heading",
                    message=f"The column «{head.text}» stands twice: in "
                    f"{letters(first[key].column)} and in {letters(head.column)}.",
                    mend="Keep one of them, or give the other its language in brackets.",
                    place=place_of(sheet.name, head.row, head.text),
                )
            )
            continue
        first[key] = head
        by_column[head.column] = head.text
    rows: list[Row] = []
    stray: list[Cell] = []
    for cells in sheet.rows[1:]:
        under = {by_column[cell.column]: cell for cell in cells if cell.column in by_column}
        stray += [cell for cell in cells if cell.column not in by_column]
        if under:
            rows.append(Row(cells[0].row, under))
    return Table(sheet.name, heads, tuple(rows), tuple(stray), tuple(problems))


def _heading(text: str) -> str:
    return "::".join(" ".join(part.split()) for part in text.split("::"))


def place_of(sheet: str, row: int, column: str | int = "") -> str:
    """Where a cell is, in words: ``survey, row 12, column relevant``."""
    name = letters(column) if isinstance(column, int) else column
    return f"{sheet}, row {row}" + (f", column {name}" if name else "")


def letters(column: int) -> str:
    """The letters of a column: A for 1, AA for 27."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def refused(code: str, message: str, mend: str, place: str = "") -> Problem:
    """A fault for which a file, or what a cell of it says, is refused."""
    return Problem(code=code, message=message, mend=mend, place=place)


def error_in_cell(shown: str, place: str) -> Problem:
    """A cell in which a spreadsheet program shows an error, which nobody has written."""
    return refused(
        "error-in-cell",
        f"The cell shows the error {shown} instead of a value.",
        "Type in what should stand there.",
        place,
    )


def warned(code: str, message: str, mend: str, place: str) -> Problem:
    """Something odd that is passed over."""
    return Problem(code=code, message=message, mend=mend, place=place, severity=Severity.WARNING)


class FileRefused(Exception):
    """The file cannot or must not be read; ``problem`` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence())
        self.problem = problem


class Allowance:
    """How much one file may still say, in all its sheets together."""

    MAX_CELLS = 250_000
    MAX_CHARACTERS = 5_000_000

    def __init__(self) -> None:
        self._cells = self.MAX_CELLS
        self._characters = self.MAX_CHARACTERS

    def spend(self, text: str, place: str) -> None:
        """Count a cell."""
        self._cells -= 1
        self._characters -= len(text)
        if self._cells < 0 or self._characters < 0:
            raise FileRefused(
                refused(
                    "too-much",
                    f"The file says more than {self.MAX_CELLS:,} cells or "
                    f"{self.MAX_CHARACTERS:,} characters.",
                    "Keep the form alone in the file, without data.",
                    place,
                )
            )


def check_length(length: int, place: str) -> None:
    """Refuse a cell that is longer than any spreadsheet program writes."""
    if length > MAX_CELL:
        raise FileRefused(
            refused(
                "cell-too-long",
                f"A cell holds more than {MAX_CELL:,} characters.",
                "Move long texts into an attached document.",
                place,
            )
        )


class Gathering:
    """Collects the cells of one sheet, within limits."""

    MAX_ROWS = 20_000
    MAX_COLUMNS = 400

    def __init__(self, name: str, allowance: Allowance, *, hidden: bool = False) -> None:
        self.name = name
        self.hidden = hidden
        self._allowance = allowance
        self._rows: list[tuple[Cell, ...]] = []
        self._cells: list[Cell] = []

    def add(self, text: str, row: int, column: int) -> None:
        """Add a cell to the present row; a blank one is nothing."""
        if not text or text.isspace():
            return
        if column > self.MAX_COLUMNS:
            raise FileRefused(
                refused(
                    "too-many-columns",
                    f"There is something in column {letters(column)}; at most "
                    f"{self.MAX_COLUMNS} columns are read.",
                    "Delete what stands to the right of the form.",
                    place_of(self.name, row, column),
                )
            )
        check_length(len(text), place_of(self.name, row, column))
        self._allowance.spend(text, place_of(self.name, row))
        self._cells.append(Cell(text, row, column))

    def end_row(self) -> None:
        """The cells added since the last call make a row."""
        if not self._cells:
            return
        self._rows.append(tuple(sorted(self._cells, key=lambda cell: cell.column)))
        self._cells = []
        if len(self._rows) > self.MAX_ROWS:
            raise FileRefused(
                refused(
                    "too-many-rows",
                    f"The sheet «{self.name}» has more than {self.MAX_ROWS:,} rows.",
                    "Keep the form alone in the file, without data; a questionnaire has far "
                    "fewer rows.",
                    place_of(self.name, self._rows[-1][0].row),
                )
            )

    def sheet(self) -> Sheet:
        """The sheet gathered."""
        self.end_row()
        return Sheet(self.name, tuple(self._rows), self.hidden)
