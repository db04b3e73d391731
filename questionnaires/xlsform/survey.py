"""The rows of a survey sheet as nested groups, tables and questions."""

from dataclasses import dataclass, field
from typing import Literal

from questionnaires.documents import Items, Mapped, Scalar, Tree
from questionnaires.models import Group, Question
from questionnaires.refused_types import REFUSED
from questionnaires.xlsform import dialect
from questionnaires.xlsform.cells import Cell, Row, Table, place_of
from questionnaires.xlsform.columns import Column, Columns, Entries
from questionnaires.xlsform.layout import ADDED, PIXELS
from questionnaires.xlsform.report import Report

Kind = Literal["group", "repeat", "flat"]

DISABLED = "disabled"
"""The column by which XLSForm leaves a row out."""
_OTHERWISE = "Take it out, or ask it with one of the types that are listed in the guide."
_LOOP = "Use «begin repeat», or write the questions out for each choice."


@dataclass(slots=True)
class Frame:
    """A group or table whose end is yet to come."""

    kind: Kind
    entry: Entries
    ends: dialect.Control
    children: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Node:
    """A question, table or group with its rows."""

    entry: Entries
    is_group: bool = False
    children: list["Node"] = field(default_factory=list)
    with_other: int | None = None
    """The number of the cell that says «or other»."""

    def tree(self) -> Mapped:
        """The node as the models read it."""
        if not self.children and not self.is_group:
            return self.entry.tree()
        key = "children" if self.is_group else "columns"
        below: tuple[Tree, ...] = tuple(child.tree() for child in self.children)
        self.entry.put(key, Items(below, self.entry.line))
        return self.entry.tree()


class SurveyReader:
    """Reads the rows of one sheet, from the top."""

    def __init__(self, columns: Columns, default: str, report: Report) -> None:
        self._columns = columns
        self._default = default
        self._report = report
        self._top = Frame("group", Entries(0), "end group")
        self._open: list[Frame] = []

    def read(self, table: Table) -> list[Node]:
        """The groups, tables and questions at the top of the sheet."""
        for row in table.rows:
            self._row(row)
        for frame in self._open:
            self._report.wrong(
                "not-ended",
                f"What begins here, «{frame.entry.said('name')}», does not end.",
                "Add a row «end group» or «end repeat» below its last question.",
                frame.entry.line,
            )
        while self._open:
            self._close()
        return self._top.children

    def _row(self, row: Row) -> None:
        if self._is_disabled(row):
            self._leave_out(row)
            return
        said = next((cell for column, cell in self._columns.cells(row) if _is_type(column)), None)
        if said is None:
            self._untyped(row)
            return
        spoken = dialect.spoken(said.text)
        match spoken.control:
            case "begin group" | "begin repeat" as control:
                self._begin(row, said, control)
            case "end group" | "end repeat" as control:
                self._end(row, said, control)
            case None if spoken.type is None and (spoken.known or _is_refused(said.text)):
                self._unsupported(row, said)
            case None:
                self._question(row, said, spoken)

    def _line(self, row: Row, cell: Cell | None = None, head: str = "") -> int:
        number = row.number if cell is None else cell.row
        return self._report.places.line(self._columns.sheet, number, head)

    def _frame(self) -> Frame:
        return self._open[-1] if self._open else self._top

    def _is_disabled(self, row: Row) -> bool:
        cells = (cell for column, cell in self._columns.cells(row) if column.key == DISABLED)
        return any(dialect.truth(cell.text) for cell in cells)

    def _leave_out(self, row: Row) -> None:
        said = ", ".join(
            f"«{cell.text}»" for column, cell in self._columns.cells(row) if column.key != DISABLED
        )
        self._report.drop(
            f"The row is disabled, so it is left out. It says {said}.",
            "Take the row out, or the «yes» under «disabled».",
            place_of(self._columns.sheet, row.number),
            code="disabled",
        )

    def _in_repeat(self) -> bool:
        return any(frame.kind == "repeat" for frame in self._open)

    def _untyped(self, row: Row) -> None:
        entry = Entries(self._line(row))
        if any(column.key in ("name", "label") for column, _ in self._columns.cells(row)):
            # The models say that there is neither a type nor a group.
            self._columns.read(row, Question, entry, default=self._default)
            self._frame().children.append(Node(entry))
            return
        self._drop_row(row, "The row is no question, as it has no type.", "Take the row out.")

    def _drop_row(self, row: Row, why: str, mend: str) -> None:
        for column, cell in self._columns.cells(row):
            self._columns.leave(column, cell, why, mend)

    def _unsupported(self, row: Row, said: Cell) -> None:
        """Refuse a question, and go on as with a text, so that what refers to it has no fault."""
        words = " ".join(said.text.split())
        line = self._line(row, said, "type")
        message = f"«{words}» is not asked in a form on the web."
        self._report.wrong("refused-type", message, _instead_of(words), line)
        name = self._name(row)
        if not name:
            return
        entry = Entries(self._line(row))
        entry.put("name", Scalar(name, self._line(row, said, "name")))
        entry.put("type", Scalar("text", line))
        made_up = self._report.made_up(line)
        label = Mapped({self._default: Scalar(name, made_up)}, {self._default: made_up}, made_up)
        entry.put("label", label)
        self._frame().children.append(Node(entry))

    def _question(self, row: Row, said: Cell, spoken: dialect.Spoken) -> None:
        entry = Entries(self._line(row))
        line = self._line(row, said, "type")
        words = said.text.strip()
        if spoken.type is not None:
            words = str(spoken.type) + (f" {spoken.list_name}" if spoken.list_name else "")
        entry.put("type", Scalar(words, line))
        self._read(row, Question, entry)
        if words == "note" and "name" not in entry.entries:
            entry.put("name", Scalar(f"note_{row.number}", entry.line))
        other = line if spoken.with_other else None
        self._frame().children.append(Node(entry, with_other=other))

    def _read(self, row: Row, model: type[Question | Group], entry: Entries) -> None:
        """Read the cells of a row, but what was added for other tools and how often it repeats."""
        kept = {}
        added = ""
        for column, cell in self._columns.cells(row):
            if column.key == ADDED and column.ours:
                added = cell.text.strip()
                if added not in ("", "max-pixels"):
                    self._columns.drop(column, cell)
            elif column.key == DISABLED and dialect.truth(cell.text) is False:
                pass
            elif column.key == "repeat_count" and entry.said("type") == "repeat":
                self._count(column, cell, entry)
            else:
                kept[column.head] = cell
        self._columns.read(Row(row.number, kept), model, entry, default=self._default)
        parameters = entry.entries.get("parameters")
        if added == "max-pixels" and isinstance(parameters, Mapped):
            pixels = parameters.entries.get("max-pixels")
            if isinstance(pixels, Scalar) and pixels.text == PIXELS:
                del parameters.entries["max-pixels"]
                if not parameters.entries:
                    del entry.entries["parameters"]

    def _count(self, column: Column, cell: Cell, entry: Entries) -> None:
        text = cell.text.strip()
        if not text.isdecimal():
            self._columns.drop(
                column,
                cell,
                "The number of rows of a table is not worked out.",
                "Write a whole number, or min_rows and max_rows.",
            )
            return
        for key in ("min_rows", "max_rows"):
            entry.put(key, Scalar(text, self._columns.line(cell, column.head)))

    def _begin(self, row: Row, said: Cell, control: dialect.Control) -> None:
        entry = Entries(self._line(row))
        kind: Kind = "group" if control == "begin group" else "repeat"
        if self._in_repeat():
            if kind == "repeat":
                self._report.wrong(
                    "table-in-table",
                    "A table cannot stand in the row of another.",
                    "Ask for it in a table of its own, below.",
                    self._line(row, said, "type"),
                )
            kind = "flat"
            self._flatten(row, entry)
        else:
            if kind == "repeat":
                entry.put("type", Scalar("repeat", self._line(row, said, "type")))
            self._read(row, Group if kind == "group" else Question, entry)
        ends: dialect.Control = "end group" if control == "begin group" else "end repeat"
        self._open.append(Frame(kind, entry, ends))

    def _name(self, row: Row) -> str:
        cells = (cell for column, cell in self._columns.cells(row) if column.key == "name")
        return next((cell.text.strip() for cell in cells), "")

    def _flatten(self, row: Row, entry: Entries) -> None:
        entry.put("name", Scalar(self._name(row), entry.line))
        for column, cell in self._columns.cells(row):
            if not _is_type(column):
                self._columns.drop(
                    column,
                    cell,
                    "The columns of a table stand side by side, not in groups.",
                    "Take the group out; its questions are kept as columns.",
                )

    def _end(self, row: Row, said: Cell, control: dialect.Control) -> None:
        expected = self._frame().ends
        if not self._open or control != expected:
            message = f"«{expected}» is to come first."
            self._report.wrong(
                "end-without-begin",
                message if self._open else "Nothing is begun that could end here.",
                "Put the rows that begin and end in pairs, one inside the other.",
                self._line(row, said, "type"),
            )
            self._drop_row(row, "It ends nothing.", "Take the row out.")
            return
        name = self._frame().entry.said("name")
        for column, cell in self._columns.cells(row):
            if _is_type(column) or (column.key == "name" and cell.text.strip() == name):
                continue
            self._columns.leave(column, cell, "A row that ends something says nothing else.")
        self._close()

    def _close(self) -> None:
        frame = self._open.pop()
        match frame.kind:
            case "group":
                node = Node(frame.entry, is_group=True, children=frame.children)
                self._frame().children.append(node)
            case "repeat":
                self._frame().children.append(Node(frame.entry, children=frame.children))
            case "flat":
                self._frame().children += frame.children


def _is_type(column: Column) -> bool:
    return column.key == "type"


def _names_of(words: str) -> tuple[str, ...]:
    lower = words.lower()
    return lower, lower.partition(" ")[0], lower.replace(" ", "")


def _is_refused(words: str) -> bool:
    return any(name in REFUSED for name in _names_of(" ".join(words.split())))


def _instead_of(words: str) -> str:
    if "loop" in words.lower():
        return _LOOP
    return next((REFUSED[name] for name in _names_of(words) if name in REFUSED), _OTHERWISE)
