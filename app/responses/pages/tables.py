"""A table as it is filled in: its columns, its rows with what is in them, and empty ones."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from app.responses.pages.macros import MACROS
from app.responses.pages.options import Words, options_of
from app.responses.pages.views import Cell, Column, TableRow
from questionnaires.kinds import MAX_ROWS
from questionnaires.models import Definition, Question

EMPTY_ROWS = 1
Cells = Mapping[str, Sequence[str]]


class TableBuilder:
    """Builds the view of a table; of another question it gives nothing."""

    def __init__(
        self,
        definition: Definition,
        question: Question,
        words: Words,
        names: Callable[[Question], tuple[str, ...]],
    ) -> None:
        self.definition = definition
        self.question = question
        self.words = words
        self.names = names

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return tuple(
            Column(
                name=column.name,
                label=self.words(column.label),
                hint=self.words(column.hint),
                kind=MACROS[column.type],
                required=column.required,
                names=self.names(column),
            )
            for column in self.question.columns
        )

    @property
    def blank_row(self) -> TableRow | None:
        """For a script that adds rows: a row whose number is still to be filled in."""
        return self._row({}, -1) if self.columns else None

    def rows(
        self, fields: Mapping[str, Sequence[str]], *, at_least: int = 0
    ) -> tuple[TableRow, ...]:
        """The rows with what was posted or stored, and an empty one or as many as are wanted."""
        if not self.columns:
            return ()
        found: dict[int, dict[str, Sequence[str]]] = {}
        for name, raw in fields.items():
            _, number, column = name.split(".", 2)
            found.setdefault(int(number), {})[column] = raw
        filled = [cells for _, cells in sorted(found.items())]
        most = self.question.max_rows or MAX_ROWS
        count = max(len(filled) + EMPTY_ROWS, at_least, self.question.min_rows or 0)
        filled += [{} for _ in range(min(count, most) - len(filled))]
        return tuple(self._row(cells, number) for number, cells in enumerate(filled))

    def _row(self, cells: Cells, number: int) -> TableRow:
        at = number if number >= 0 else "__ROW__"
        return TableRow(
            number=number,
            cells=tuple(
                Cell(
                    column=column,
                    field=f"{self.question.name}.{at}.{column.name}",
                    text=next(iter(cells.get(column.name, ())), ""),
                    options=options_of(
                        self.definition.options(self.question.column(column.name)),
                        cells.get(column.name, ()),
                        self.words,
                    ),
                )
                for column in self.columns
            ),
        )
