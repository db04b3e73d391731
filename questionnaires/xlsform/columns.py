"""The columns of a sheet of a form: what each heading means, and the parts of a tree from cells."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from questionnaires.documents import Items, Mapped, Scalar, Tree
from questionnaires.expressions import ExpressionInvalid, parse
from questionnaires.models import Frozen, Question
from questionnaires.readable import is_text
from questionnaires.refused_keys import instead_of
from questionnaires.xlsform import dialect
from questionnaires.xlsform.cells import Cell, Row, Table
from questionnaires.xlsform.languages import tag_of
from questionnaires.xlsform.report import TYPOGRAPHIC, Report

EXPRESSIONS = frozenset(
    {"relevant", "constraint", "calculation", "choice_filter", "published_when"}
)
_MEANT = EXPRESSIONS | {"repeat_count", "trigger"}
"""What is asked of whom, how often and within which limits."""
_FREE = frozenset({"source", "concept", "replaces_because", "default"})
"""Not for people to read, and yet spaces at their ends harm nothing."""
_MEDIA = {
    "audio": "No sound is played beside a label; this was left out.",
    "video": "No film is shown beside a label; this was left out.",
}
_IDENTIFIERS = frozenset({"name", "form_id", "version"})
"""Spaces are no part of them."""
_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("\u00a0\u2007\u202f", " "),
        **dict.fromkeys("–−", "-"),
        "…": "...",
    }
)
_TWO = 2
_EQUALS = re.compile(r"\s*=\s*")
_BETWEEN = re.compile(r"[\s,;]+")
_NAME_IN_BRACES = re.compile(r"\$\{\s*(\w+)\s*\}")


@dataclass(slots=True)
class Entries:
    """A mapping that is being put together, each key with the cell it comes from."""

    line: int
    entries: dict[str, Tree] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def put(self, key: str, tree: Tree) -> None:
        """Set a key."""
        self.entries[key] = tree
        self.lines[key] = tree.line

    def said(self, key: str) -> str:
        """The text of a key; empty when there is none."""
        tree = self.entries.get(key)
        return (tree.text or "") if isinstance(tree, Scalar) else ""

    def tree(self) -> Mapped:
        """The mapping as it is now."""
        return Mapped(dict(self.entries), dict(self.lines), self.line)


@dataclass(frozen=True, slots=True)
class Column:
    """What a heading means."""

    head: str
    key: str
    language: str | None
    """The language after the key; ``None`` when the heading names none."""
    ours: bool
    unknown_language: bool = False


class Columns:
    """The columns of one sheet."""

    def __init__(
        self, table: Table, kind: dialect.SheetName, declared: Iterable[str], report: Report
    ) -> None:
        self.sheet = table.sheet
        self._report = report
        double = any("::" in head.text for head in table.heads)
        known = tuple(declared)
        self.columns: Mapping[str, Column] = {
            head.text: _column(head.text, kind, known, double_colon=double) for head in table.heads
        }

    def languages(self) -> Iterator[str]:
        """The languages that headings name, in order."""
        for column in self.columns.values():
            if column.language is not None:
                yield column.language

    def cells(self, row: Row) -> Iterator[tuple[Column, Cell]]:
        """The cells of a row with what their headings mean."""
        for head, cell in row.cells.items():
            yield self.columns[head], cell

    def line(self, cell: Cell, head: str) -> int:
        """The number that stands for a cell."""
        return self._report.places.line(self.sheet, cell.row, head)

    def read(self, row: Row, model: type[Frozen], into: Entries, *, default: str) -> None:
        """Put the cells of a row into a mapping of a model; report those that it has no key for."""
        for column, cell in self.cells(row):
            if column.key in ("type", "list_name"):
                continue
            if column.key not in model.model_fields or column.key in ("columns", "children"):
                self.drop(column, cell)
            elif column.unknown_language:
                self._report.drop_cell(
                    self.sheet,
                    column.head,
                    cell,
                    "The heading does not say which language this is.",
                    "Write the language with its code, as in «label::French (fr)».",
                )
            elif is_text(model, column.key):
                self._put_words(column, cell, into, default)
            elif column.language is not None:
                self.drop(column, cell)
            else:
                self._put(column, cell, model, into)

    def drop(self, column: Column, cell: Cell, why: str = "", mend: str = "") -> None:
        """Report a cell that has no place; a fault where something else would be asked without."""
        if column.key in _MEANT and not column.ours:
            self._report.wrong(
                "means-something",
                f"{why or f'There is no place for «{column.head}» here.'} It says «{cell.text}», "
                "and without it something else would be asked.",
                mend or _instead_of(column) or "Take it out, or say it where it can stand.",
                self.line(cell, column.head),
            )
            return
        self.leave(column, cell, why, mend)

    def leave(self, column: Column, cell: Cell, why: str = "", mend: str = "") -> None:
        """Report a cell that is not kept and says nothing that matters where it stands."""
        self._report.drop_cell(
            self.sheet,
            column.head,
            cell,
            why or _why_left_out(column),
            mend or _instead_of(column) or "Take it out, or say it in a hint or a note.",
        )

    def _put_words(self, column: Column, cell: Cell, into: Entries, default: str) -> None:
        line = self.line(cell, column.head)
        language = column.language or default
        words = into.entries.get(column.key)
        entries = dict(words.entries) if isinstance(words, Mapped) else {}
        lines = dict(words.key_lines) if isinstance(words, Mapped) else {}
        if language in entries:
            self._twice(column, cell, line)
            return
        entries[language] = Scalar(cell.text, line)
        lines[language] = line
        into.put(column.key, Mapped(entries, lines, words.line if words else line))

    def _put(self, column: Column, cell: Cell, model: type[Frozen], into: Entries) -> None:
        key, text = column.key, cell.text
        line = self.line(cell, column.head)
        if key in into.entries and key != "parameters":
            self._twice(column, cell, line)
            return
        annotation = model.model_fields[key].annotation
        if text != text.strip() and key not in _FREE:
            self._report.odd(
                "stray-spaces",
                "There are spaces or line breaks before or after the text.",
                "Take them out.",
                line,
            )
        if key == "parameters":
            self._put_parameters(text, line, into)
        elif key in _IDENTIFIERS:
            into.put(key, Scalar(text.strip(), line))
        elif key == "trigger":
            name = _NAME_IN_BRACES.fullmatch(text.strip())
            into.put(key, Scalar(name[1] if name else text.strip(), line))
        elif annotation is bool:
            known = dialect.truth(text)
            into.put(key, Scalar(text if known is None else str(known).lower(), line))
        elif str(annotation).startswith("tuple["):
            words = [Scalar(word.strip(), line) for word in text.split(",") if word.strip()]
            into.put(key, Items(tuple(words), line))
        else:
            into.put(key, Scalar(text, line))
        if key in EXPRESSIONS:
            self._check_signs(text, line)

    def _twice(self, column: Column, cell: Cell, line: int) -> None:
        self._report.wrong(
            "said-twice",
            f"«{column.key}» is said twice, under two headings that mean the same.",
            "Keep one of the two.",
            line,
        )
        self.leave(column, cell)

    def _put_parameters(self, text: str, line: int, into: Entries) -> None:
        pairs = [pair.split("=") for pair in _BETWEEN.split(_EQUALS.sub("=", text)) if pair]
        if any(len(pair) != _TWO or not all(pair) for pair in pairs):
            into.put("parameters", Scalar(text, line))
            return
        before = into.entries.get("parameters")
        found = dict(before.entries) if isinstance(before, Mapped) else {}
        found |= {key: Scalar(value, line) for key, value in pairs}
        into.put("parameters", Mapped(found, dict.fromkeys(found, line), line))

    def _check_signs(self, text: str, line: int) -> None:
        straight = text.translate(_STRAIGHT)
        if straight == text or _is_sound(text) or not _is_sound(straight):
            return
        self._report.wrong(
            TYPOGRAPHIC,
            "The expression holds quotation marks, spaces or dashes of typography, which a "
            "spreadsheet program puts in by itself.",
            f"Write: {straight.strip()}",
            line,
        )


def _why_left_out(column: Column) -> str:
    for medium, none in _MEDIA.items():
        if medium in column.head.lower():
            return none
    return f"There is no place for «{column.head}» here."


def _instead_of(column: Column) -> str | None:
    # A key that questions have is none of other tools; it only has no place where it stands.
    return None if column.key in Question.model_fields else instead_of(column.head)


def _is_sound(expression: str) -> bool:
    try:
        parse(expression)
    except ExpressionInvalid:
        return False
    return True


def _column(
    head: str, kind: dialect.SheetName, declared: tuple[str, ...], *, double_colon: bool
) -> Column:
    key, rest, ours = dialect.heading(head, kind, double_colon=double_colon)
    if not rest:
        return Column(head, key, None, ours)
    language = tag_of(rest, declared)
    return Column(head, key, language, ours, unknown_language=language is None)
