"""A form as it is read: its sheets to a definition, and a report of what is wrong or not kept."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from questionnaires.documents import Items, Mapped, Scalar, Tree
from questionnaires.loading import definition_of
from questionnaires.models import Choice, Definition, Dimension
from questionnaires.problems import Problem, Severity
from questionnaires.whereabouts import Whereabouts
from questionnaires.xlsform.arranging import numbered, with_others, with_sections
from questionnaires.xlsform.cells import Cell, Row, Sheet, Sheets, Table, table_of
from questionnaires.xlsform.columns import Columns, Entries
from questionnaires.xlsform.dialect import SheetName
from questionnaires.xlsform.headings import below_title
from questionnaires.xlsform.layout import PREFIX
from questionnaires.xlsform.report import Report
from questionnaires.xlsform.settings import SettingsReader
from questionnaires.xlsform.survey import Node, SurveyReader

SHEETS = ("survey", "choices", "settings", "panel", "dimensions", PREFIX)
"""The sheets that a form may have."""

_PLACE = re.compile("(.*), row ([0-9]+)")
_SHOWN = re.compile("\u2039U\\+([0-9A-F]{4})\u203a")


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What was read: a definition unless there is an error, and everything else in words."""

    definition: Definition | None
    problems: tuple[Problem, ...]
    """What is wrong or odd; each with a place such as ``survey, row 12, column relevant``."""
    not_kept: tuple[Problem, ...]
    """What the file says and the definition does not, cell by cell."""
    whereabouts: Whereabouts = field(default_factory=Whereabouts, compare=False)
    is_closed: bool = False
    """Whether the file was not opened, as it cannot or must not be; the one problem says why."""


def read_form_of(name: str, sheets: Sheets) -> ReadForm:
    """A form from its sheets; ``name`` is that of the file, for a form that says none."""
    if any(problem.severity is Severity.ERROR for problem in sheets.problems) and not sheets.sheets:
        return ReadForm(None, sheets.problems, (), is_closed=True)
    form = _Form(name, sheets)
    definition = form.definition()
    problems = (*form.odd_cells(), *form.found())
    if any(problem.severity is Severity.ERROR for problem in problems):
        definition = None
    not_kept = tuple(sorted(form.report.not_kept, key=_sheet_of))
    return ReadForm(definition, problems, not_kept, form.whereabouts)


class _Form:
    def __init__(self, name: str, sheets: Sheets) -> None:
        self.report = Report()
        self.whereabouts = Whereabouts(told=self.report.told)
        self._problems: list[Problem] = []
        self._sheets = sheets
        self._tables = self._split(sheets)
        self._settings = SettingsReader(name, self._tables, self.report)

    def definition(self) -> Definition | None:
        """The definition as far as it can be read, and linted."""
        kinds: tuple[tuple[str, SheetName], ...] = (
            ("survey", "survey"),
            ("panel", "survey"),
            ("choices", "choices"),
            ("dimensions", "choices"),
        )
        columns = {
            name: Columns(self._tables[name], kind, self._settings.declared, self.report)
            for name, kind in kinds
            if name in self._tables
        }
        used = [language for each in columns.values() for language in each.languages()]
        plain = "survey" in columns and _has_plain(columns["survey"])
        settings = self._settings.read(used, plain=plain)
        choices = self._choices(columns.get("choices"))
        line = self.report.places.line("survey", 0)
        root = Entries(line)
        root.put("settings", settings)
        if "dimensions" in columns:
            root.put("dimensions", self._dimensions(columns["dimensions"]))
        nodes = self._nodes(columns, "survey", choices)
        if nodes is not None:
            root.put("survey", self._survey(nodes, settings, columns["survey"]))
        panel = self._nodes(columns, "panel", choices)
        if panel:
            root.put("panel", self._panel(panel))
        if choices:
            lists: dict[str, Tree] = {
                name: Items(tuple(options), options[0].line) for name, options in choices.items()
            }
            lines = {name: tree.line for name, tree in lists.items()}
            root.put("choices", Mapped(lists, lines, line))
        # Together with what is wrong already, so that nothing is told that only follows from it.
        return definition_of(root.tree(), self.report.problems, self.whereabouts.lines)

    def odd_cells(self) -> Iterator[Problem]:
        """What is odd about the cells: nothing above the headings, no fault on other sheets."""
        tops = {table.sheet: table.heads[0].row for table in self._tables.values() if table.heads}
        for problem in self._sheets.problems:
            found = _PLACE.match(problem.place)
            sheet, row = (found[1], int(found[2])) if found else (problem.place, 0)
            if problem.place and sheet not in tops:
                yield problem.model_copy(update={"severity": Severity.WARNING})
            elif not row or row >= tops[sheet]:
                yield problem

    def found(self) -> list[Problem]:
        """Everything that is wrong or odd, with its place in the file."""
        return sorted(self.report.told([*self.report.problems, *self._problems]), key=_sheet_of)

    def _split(self, sheets: Sheets) -> dict[str, Table]:
        tables: dict[str, Table] = {}
        ours = sheets.sheet(PREFIX) is not None
        for sheet in sheets.sheets:
            name = sheet.name.strip().casefold()
            if name not in SHEETS or name in tables:
                self._drop_sheet(sheet)
                continue
            if sheet.hidden:
                self.report.odd(
                    "hidden-sheet",
                    f"The sheet «{sheet.name}» is hidden, and read like the others.",
                    "Show it, or delete it if it is not meant.",
                    self.report.places.line(sheet.name, 0),
                )
            given = below_title(_restored(sheet) if ours else sheet, name, self.report)
            table = table_of(given)
            self._problems += table.problems
            for cell in table.stray:
                self.report.drop_cell(
                    sheet.name,
                    "",
                    cell,
                    "The cell stands under no heading.",
                    "Write a heading above it, or take it out.",
                )
            tables[name] = table
        return tables

    def _drop_sheet(self, sheet: Sheet) -> None:
        count = sum(map(len, sheet.rows))
        if count:
            hidden = "hidden " if sheet.hidden else ""
            self.report.drop(
                f"The {hidden}sheet «{sheet.name}» is no part of a form; "
                f"{count} {'cell is' if count == 1 else 'cells are'} not kept.",
                f"A form has the sheets {', '.join(SHEETS)}; move there what is meant.",
                sheet.name,
                code="sheet-not-kept",
            )

    def _choices(self, columns: Columns | None) -> dict[str, list[Tree]]:
        lists: dict[str, list[Tree]] = {}
        table = self._tables.get("choices")
        if columns is None or table is None:
            return lists
        for row in table.rows:
            entry = Entries(self.report.places.line(table.sheet, row.number))
            known: dict[str, Cell] = {}
            further = Entries(entry.line)
            name = ""
            for column, cell in columns.cells(row):
                line = columns.line(cell, column.head)
                if column.key == "list_name":
                    name = cell.text.strip()
                elif column.key in Choice.model_fields and column.key != "columns":
                    known[column.head] = cell
                elif column.head == column.key and column.key != "image":
                    further.put(column.key, Scalar(cell.text, line))
                else:
                    columns.drop(column, cell)
            columns.read(Row(row.number, known), Choice, entry, default=self._settings.default)
            if further.entries:
                entry.put("columns", further.tree())
            if not name:
                self.report.wrong(
                    "choice-without-list",
                    "The choice does not say which list it belongs to.",
                    "Write the name of the list into the column «list_name» of every row.",
                    entry.line,
                )
            lists.setdefault(name or "unnamed", []).append(entry.tree())
        return lists

    def _dimensions(self, columns: Columns) -> Items:
        table = self._tables["dimensions"]
        found: list[Tree] = []
        for row in table.rows:
            entry = Entries(self.report.places.line(table.sheet, row.number))
            columns.read(row, Dimension, entry, default=self._settings.default)
            found.append(entry.tree())
        return Items(tuple(found), self.report.places.line(table.sheet, 0))

    def _nodes(
        self, columns: Mapping[str, Columns], sheet: str, choices: dict[str, list[Tree]]
    ) -> list[Node] | None:
        if sheet not in columns:
            return None
        nodes = SurveyReader(columns[sheet], self._settings.default, self.report).read(
            self._tables[sheet]
        )
        return with_others(nodes, choices, self._settings.default, self.report)

    def _survey(self, nodes: list[Node], settings: Mapped, columns: Columns) -> Items:
        line = self.report.places.line("survey", 0)
        title = settings.entries.get("form_title", Scalar("", line))
        sections = with_sections(nodes, title, self.report)
        words = numbered(sections)
        if words:
            mend = f"To choose them, write them into a column «{PREFIX}::code»."
            self.report.odd("numbered", words, mend, line)
        return Items(tuple(section.tree() for section in sections), line)

    def _panel(self, nodes: list[Node]) -> Tree:
        first = nodes[0]
        for further in nodes[1:]:
            self.report.wrong(
                "panel-of-several",
                "The panel is one group, and this stands beside it.",
                "Put it into the group.",
                further.entry.line,
            )
        return first.tree()


def _sheet_of(problem: Problem) -> int:
    """The sheets in the order in which people write them; within one, the order stays."""
    name = problem.place.partition(",")[0].casefold()
    return SHEETS.index(name) if name in SHEETS else len(SHEETS)


def _has_plain(columns: Columns) -> bool:
    return any(
        column.key in ("label", "hint") and column.language is None and not column.unknown_language
        for column in columns.columns.values()
    )


def _restored(sheet: Sheet) -> Sheet:
    """The cells of a workbook that we wrote, with the signs that a cell cannot show."""
    rows = tuple(
        tuple(Cell(_SHOWN.sub(_sign, cell.text), cell.row, cell.column) for cell in row)
        for row in sheet.rows
    )
    return Sheet(sheet.name, rows, sheet.hidden)


def _sign(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
